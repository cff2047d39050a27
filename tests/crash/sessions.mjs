// Sessions: one that was begun goes on after a crash, one that was ended stays ended, and a link opens once.
import { oneOf, upTo } from './options.mjs';
import { openPage, sendForm, sessionOf, tokenOn } from './visit.mjs';

// What each kind of session opens, and what ends it.
const PLACES = {
  staff: { page: '/staff', logOut: '/staff/log-out' },
  applicant: { page: '/my', logOut: '/log-out' },
};
const OLD_ONES = 20; // of earlier rounds, looked at after each round

export class Sessions {
  all = []; // {cookie, kind, link, alive, ending, busy, kept, round}; busy: somebody works with it; kept: to the end
  round = 0;

  constructor(server, tally) {
    Object.assign(this, { server, tally });
  }

  // Opens a one-time link. The session; nothing where the link does not open (any more).
  async open(link, kind) {
    const answer = await sendForm(this.server, link, {});
    const cookie = sessionOf(answer);
    if (!cookie) return undefined;
    const session = { cookie, kind, link, alive: true, ending: false, round: this.round };
    this.all.push(session);
    this.tally.add('sessions');
    this.tally.add(`sessions_of_${kind}`);
    return session;
  }

  // Somebody at the machine makes a link; a newer one ends it, so one at a time.
  async openAsStaff() {
    let link;
    try {
      link = await this.server.makeStaffLink();
    } catch {
      return; // its database is away
    }
    if (!await this.open(link, 'staff')) this.tally.fault('refused', 'a new link for staff does not open');
  }

  alive(kind) {
    return this.all.filter((one) => one.kind === kind && one.alive && !one.ending && !one.busy && !one.kept);
  }

  async logOut(kind) {
    const those = this.alive(kind);
    if (those.length === 0) return;
    const session = oneOf(those);
    session.ending = true; // until there is an answer nobody knows
    const page = await openPage(this.server, PLACES[kind].page, session.cookie);
    const answer = await sendForm(this.server, PLACES[kind].logOut, { _token: tokenOn(page) }, session.cookie);
    if (answer.status !== 303) return void this.tally.fault('refused', `a log-out: ${answer.status}`);
    Object.assign(session, { alive: false, ending: false, round: this.round });
    this.tally.add('log_outs');
  }

  // After a restart: at those of this round and some older ones, or at every one.
  async look(everyOne = false) {
    const older = this.all.filter((one) => one.round < this.round);
    while (!everyOne && older.length > OLD_ONES) older.splice(upTo(older.length), 1);
    for (const session of [...older, ...this.all.filter((one) => one.round === this.round)]) {
      const { status } = await openPage(this.server, PLACES[session.kind].page, session.cookie);
      const opens = status === 200;
      if (session.ending) Object.assign(session, { alive: opens, ending: false });
      else if (session.alive && !opens) this.tally.fault('lost', `a session of ${session.kind}: ${status}`);
      else if (!session.alive && opens) this.tally.fault('revived', `a session of ${session.kind} that was ended`);
      session.alive = opens;
    }
    for (const { link } of this.all.filter((one) => one.round === this.round)) {
      if (sessionOf(await sendForm(this.server, link, {}))) this.tally.fault('duplicated', 'a link opened a second time');
    }
    ++this.round;
  }
}
