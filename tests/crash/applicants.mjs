// Applicants log in by the link that was mailed to them, and write to staff in the portal.
import { oneOf, random, upTo } from './options.mjs';
import { openPage, sendForm, tokenOn } from './visit.mjs';

const WAITING = 8; // for their mail, at most
const LETTERS = 15; // of one applicant; twenty a day are taken
const PATIENCE = 8; // rounds: then somebody else asks

export class Applicants {
  waiting = new Map(); // {reference, rounds} by address: no mail has come yet
  asked = new Map(); // {acknowledged, perhaps} by address: how many links, for the whole run
  inside = []; // {session, reference, letters}

  // `people`: {email, reference}, each of one application.
  constructor({ server, people, office, sessions, letters, tally }) {
    Object.assign(this, { server, people, office, sessions, letters, tally });
  }

  async step() {
    const email = [...this.waiting.keys()].find((one) => this.office.links.has(one));
    if (email) return this.comeIn(email);
    if (this.waiting.size < WAITING && random() < 0.5) return this.ask();
    if (random() < 0.15) return this.sessions.logOut('applicant');
    return this.write();
  }

  async ask() {
    const [person] = this.people.splice(upTo(this.people.length), 1);
    if (!person) return;
    const count = this.asked.get(person.email) ?? { acknowledged: 0, perhaps: 0 };
    this.asked.set(person.email, count);
    ++count.perhaps;
    const answer = await sendForm(this.server, '/log-in', { email: person.email });
    if (answer.status !== 303) return void this.tally.fault('refused', `asking for a link: ${answer.status}`);
    --count.perhaps;
    ++count.acknowledged;
    this.waiting.set(person.email, { reference: person.reference, rounds: 0 });
  }

  // Unanswered, the link may be used up: another is not asked for.
  async comeIn(email) {
    const { reference } = this.waiting.get(email);
    this.waiting.delete(email);
    const session = await this.sessions.open(this.office.links.get(email), 'applicant');
    if (session) this.inside.push({ session, reference, letters: 0 });
  }

  async write() {
    const those = this.inside.filter(({ session, letters }) => session.alive && !session.ending && !session.busy && letters < LETTERS);
    if (those.length === 0) return;
    const one = oneOf(those);
    ++one.letters;
    one.session.busy = true;
    try {
      await this.writeAs(one);
    } finally {
      one.session.busy = false;
    }
  }
  async writeAs(one) {
    const { cookie } = one.session;
    const my = await openPage(this.server, '/my', cookie);
    const path = /\/my\/applications\/\d+/.exec(my.text)?.[0];
    if (!path) return void (one.letters = LETTERS); // the address has not been indexed yet
    const page = await openPage(this.server, `${path}/messages`, cookie);
    await this.letters.writeToStaff(one.reference, async (letter) => {
      const answer = await sendForm(this.server, `${path}/messages`, { _token: tokenOn(page), shown: '0', letter }, cookie);
      return answer.status === 303 ? '' : `${answer.status}`;
    });
  }

  // Mail that was promised is queued.
  look(store, began) {
    for (const [email, one] of this.waiting) if (++one.rounds > PATIENCE) this.waiting.delete(email);
    const queued = new Map(store.rows(`select recipient, count(*) from message where template = 'sign_in' and created_at >= ${began} group by recipient`).map(([email, many]) => [email, Number(many)]));
    for (const [email, count] of this.asked) {
      const many = queued.get(email) ?? 0;
      if (many < count.acknowledged) this.tally.fault('lost', `the link for ${email}`);
      if (many > count.acknowledged + count.perhaps) this.tally.fault('duplicated', `${many} links for ${email}`);
      Object.assign(count, { acknowledged: many, perhaps: 0 });
    }
  }
}
