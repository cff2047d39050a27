// Staff decide, change, undo, release and take back. What was acknowledged stands as it was acknowledged; what was not is done
// whole or not at all.
import { oneOf, random, upTo } from './options.mjs';
import { openPage, sendForm, tokenOn } from './visit.mjs';

// As they are stored.
const PENDING = 0, LEAVING = 1, RELEASED = 2, UNDONE = 3;
const KINDS = ['award', 'decline', 'waitlist'];
const MANY = 400; // more than a release takes in one transaction (kBatch in decisions/release.cpp)

// A decision's row stands as was said. What is leaving leaves by itself.
function stands(row, said) {
  if (row.reason !== said.reason) return false;
  return (row.state === said.state && row.version === said.version) ||
    (said.state === LEAVING && row.state === RELEASED && row.version === said.version + 1);
}

export class Decisions {
  made = new Map(); // by id: {id, reference, said: {state, version, reason}, perhaps: [the same], busy}
  asked = new Map(); // reason by reference: decisions that nobody knows of yet
  number = 0;

  // `references`: of applications that can be decided upon; `cookie`: of somebody at the console.
  constructor(desk, references, cookie, tally) {
    Object.assign(this, { desk, free: references, cookie, tally });
  }

  step() {
    const chance = random();
    if (chance < 0.4) return this.decide();
    if (chance < 0.45) return this.decideMany();
    if (chance < 0.6) return this.change();
    if (chance < 0.75) return this.undo();
    return chance < 0.93 ? this.release() : this.releaseOnPage();
  }

  choice() {
    return { kind: oneOf(KINDS), criterion: 'limited-funds', reason: `There was a long row of good plans; yours was number ${++this.number}.` };
  }
  acknowledge(id, reference, reason) {
    this.asked.delete(reference);
    this.made.set(id, { id, reference, said: { state: PENDING, version: 1, reason }, perhaps: [], busy: false });
    this.tally.add('decisions');
  }
  // Pending, and nobody is at it.
  pending(most) {
    const all = [...this.made.values()].filter((one) => !one.busy && one.said.state === PENDING);
    while (all.length > most) all.splice(upTo(all.length), 1);
    return all;
  }
  take(many) {
    return Array.from({ length: Math.min(many, this.free.length) }, () => this.free.splice(upTo(this.free.length), 1)[0]);
  }

  async decide() {
    const [reference] = this.take(1);
    if (!reference) return;
    const choice = this.choice();
    this.asked.set(reference, choice.reason);
    await this.desk.order(`/applications/${reference}/decision`, choice, ({ decision }) => this.acknowledge(decision, reference, choice.reason));
  }

  async decideMany() {
    const references = this.take(random() < 0.1 ? MANY : 2 + upTo(14));
    if (references.length === 0) return;
    const choice = this.choice();
    for (const reference of references) this.asked.set(reference, choice.reason);
    await this.desk.order('/decisions', { ...choice, references }, ({ made }) => {
      if (made.length !== references.length) this.tally.fault('refused', `${made.length} of ${references.length} decisions were made`);
      for (const { reference, decision } of made) this.acknowledge(decision, reference, choice.reason);
    });
  }

  // Does it to `these`, each of which may stand as `next` says until the answer is there. Unanswered they stay busy until a look
  // at the store tells how they stand.
  async doing(these, next, act) {
    const steps = these.map((one) => ({ one, after: next(one) }));
    for (const { one, after } of steps) Object.assign(one, { busy: true, perhaps: [after] });
    const done = () => {
      for (const { one, after } of steps) if (one.said.version < after.version) one.said = after;
    };
    await act(done);
    for (const one of these) Object.assign(one, { busy: false, perhaps: [] });
  }

  async change() {
    const [one] = this.pending(1);
    if (!one) return;
    const choice = this.choice();
    await this.doing([one], ({ said }) => ({ ...said, version: said.version + 1, reason: choice.reason }), async (done) => {
      const answer = await this.desk.call('PUT', `/applications/${one.reference}/decision`, { body: { ...choice, version: one.said.version } });
      if (answer.status !== 200) return this.tally.fault('refused', `a change: ${answer.status} ${answer.text.slice(0, 300)}`);
      this.tally.add('changed_decisions');
      return done();
    });
  }

  async undo() {
    const [one] = this.pending(1);
    if (!one) return;
    await this.doing([one], ({ said }) => ({ ...said, state: UNDONE, version: said.version + 1 }), (done) =>
      this.desk.order(`/applications/${one.reference}/decision/undo`, { version: one.said.version }, () => this.undone(one, done)));
  }
  undone(one, done) {
    done();
    this.free.push(one.reference);
    this.tally.add('undone');
  }

  // Some of them, or one; now and then it is taken back at once.
  async release() {
    const these = this.pending(random() < 0.5 ? 1 : 1 + upTo(20));
    if (these.length === 0) return;
    let release;
    await this.doing(these, leaving, (done) =>
      this.desk.order('/releases', { decisions: these.map(({ id, said }) => ({ decision: id, version: said.version })) }, (answer) => {
        if (answer.taken !== these.length) this.tally.fault('refused', `a release took ${answer.taken} of ${these.length}`);
        release = answer.release;
        this.tally.add('released', these.length);
        done();
      }));
    const chance = random();
    if (release && chance < 0.2) await this.undoRelease(release, these);
    else if (release && chance < 0.3) await this.keepBack(release, oneOf(these));
  }

  // As a coordinator does it, at the console, without a key; of MANY in several transactions.
  async releaseOnPage() {
    const these = this.pending(random() < 0.4 ? MANY : 1 + upTo(40));
    if (these.length === 0) return;
    await this.doing(these, leaving, async (done) => {
      const page = await openPage(this.desk.server, '/staff/decisions', this.cookie);
      const fields = [['_token', tokenOn(page)], ['_action', 'chosen'], ...these.map(({ id, said }) => ['decision', `${id}:${said.version}`])];
      const answer = await sendForm(this.desk.server, '/staff/decisions/releases', fields, this.cookie);
      const whole = answer.status === 303 && !/skipped/.test(answer.headers.get('location'));
      if (!whole) return this.tally.fault('refused', `a release at the console: ${answer.status} ${answer.headers.get('location')}`);
      this.tally.add('released', these.length);
      return done();
    });
  }

  // Either may come too late: 409.
  async undoRelease(release, these) {
    await this.doing(these, ({ said }) => ({ ...said, state: PENDING, version: said.version + 1 }), (done) =>
      this.desk.order(`/releases/${release}/undo`, undefined, () => {
        done();
        this.tally.add('taken_back', these.length);
      }, { mayRefuse: [409] }));
  }
  async keepBack(release, one) {
    await this.doing([one], ({ said }) => ({ ...said, state: UNDONE, version: said.version + 1 }), (done) =>
      this.desk.order(`/releases/${release}/keep-back`, { decision: one.id, version: one.said.version }, () => this.undone(one, done), { mayRefuse: [409] }));
  }

  // After a restart, before anything is sent again.
  look(store) {
    const found = new Map();
    const times = new Map();
    for (const [id, state, version, reason, reference] of store.rows('select cast(d.id as text), d.state, d.version, d.reason, a.reference from decision d join application a on a.id = d.application_id')) {
      found.set(id, { state: Number(state), version: Number(version), reason });
      const key = `${reference} ${reason}`;
      times.set(key, (times.get(key) ?? 0) + 1);
      if (!this.made.has(id) && this.asked.get(reference) !== reason) this.tally.fault('unasked', `decision ${id} upon ${reference}: ${reason}`);
    }
    for (const [what, many] of times) if (many > 1) this.tally.fault('duplicated', `${many} decisions upon ${what}`);
    for (const one of this.made.values()) {
      const row = found.get(one.id);
      if (!row) {
        this.tally.fault('lost', `decision ${one.id} upon ${one.reference}`);
        this.made.delete(one.id);
        continue;
      }
      if (![one.said, ...one.perhaps].some((said) => stands(row, said))) this.tally.fault('changed', `decision ${one.id}: ${JSON.stringify(row)}, said was ${JSON.stringify([one.said, ...one.perhaps])}`);
      Object.assign(one, { said: row, perhaps: [], busy: false });
    }
  }
}

const leaving = ({ said }) => ({ ...said, state: LEAVING, version: said.version + 1 });
