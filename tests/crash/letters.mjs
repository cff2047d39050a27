// Letters both ways: each that was acknowledged is there once, about the application that it was written about.
import { oneOf } from './options.mjs';

export class Letters {
  written = new Map(); // {reference, fromApplicant} by text
  asked = new Map(); // the same: nobody knows of these yet
  number = 0;

  constructor(desk, references, tally) {
    Object.assign(this, { desk, references, tally });
  }

  text() {
    return `Letter ${++this.number}: we have a question about your plan.`;
  }
  acknowledge(text) {
    this.written.set(text, this.asked.get(text));
    this.asked.delete(text);
    this.tally.add('letters');
  }

  async writeToApplicant() {
    const reference = oneOf(this.references);
    const text = this.text();
    this.asked.set(text, { reference, fromApplicant: 0 });
    await this.desk.order(`/applications/${reference}/messages`, { text }, () => this.acknowledge(text));
  }

  // `send` posts it by the portal, which has no keys: unanswered it may have arrived, and is not sent again. It returns why it was
  // refused, if it was.
  async writeToStaff(reference, send) {
    const text = this.text();
    this.asked.set(text, { reference, fromApplicant: 1 });
    const problem = await send(text);
    if (!problem) return this.acknowledge(text);
    this.asked.delete(text);
    return this.tally.fault('refused', `a letter about ${reference}: ${problem}`);
  }

  look(store) {
    const times = new Map();
    for (const [text, reference, fromApplicant] of store.rows('select l.body, a.reference, l.from_applicant from letter l join application a on a.id = l.application_id')) {
      times.set(text, (times.get(text) ?? 0) + 1);
      const said = this.written.get(text) ?? this.asked.get(text);
      if (said?.reference !== reference || said.fromApplicant !== Number(fromApplicant)) this.tally.fault('unasked', `about ${reference}: ${text}`);
    }
    for (const [text, many] of times) if (many > 1) this.tally.fault('duplicated', `${many} times: ${text}`);
    for (const text of this.written.keys()) {
      if (times.has(text)) continue;
      this.tally.fault('lost', text);
      this.written.delete(text);
    }
    // Of what applicants sent, this is the last word; what staff sent is sent again.
    for (const [text, { fromApplicant }] of this.asked) {
      if (!fromApplicant) continue;
      if (times.has(text)) this.acknowledge(text);
      else this.asked.delete(text);
    }
  }
}
