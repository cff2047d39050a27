// Mail: what the post office accepted against what the outbox says. A message is accepted once. More often only after staff were
// told that it may have been sent, and sent it again.
import { setTimeout as sleep } from 'node:timers/promises';
import { oneOf } from './options.mjs';

// As they are stored.
const SENT = 2, FAILED = 3, MAYBE_SENT = 4, HELD = 5, CANCELLED = 6;
// Longer than an outbox waits until it gives up what a crash left half sent.
const PATIENCE = 400; // seconds
const FEW = 20; // messages
const WHILE = 4; // seconds

export class Outbox {
  sentAgain = new Map(); // how often that was acknowledged, by the message's id

  constructor(desk, office, tally) {
    Object.assign(this, { desk, office, tally });
  }

  // Staff look at what may have been sent and send one of these again.
  async step() {
    const { body } = await this.desk.call('GET', '/messages?state=maybe_sent&limit=50');
    if (!body?.items?.length) return;
    await this.sendAgain(oneOf(body.items).id);
  }
  sendAgain(id) {
    // Somebody else may have been quicker: 409.
    return this.desk.order(`/messages/${id}/resend`, undefined, () => {
      this.sentAgain.set(id, (this.sentAgain.get(id) ?? 0) + 1);
      this.tally.add('sent_again');
    }, { mayRefuse: [409] });
  }

  // Since `began` (microseconds).
  look(store, began) {
    // In this order: what is accepted or sent again meanwhile accuses nobody.
    const accepted = new Map([...this.office.accepted].map(([id, recipients]) => [id, [...recipients]]));
    const rows = new Map(store.rows(`select cast(id as text), state, recipient, template from message where created_at >= ${began}`)
      .map(([id, state, recipient, template]) => [id, { state: Number(state), recipient, template }]));
    const again = new Map(); // by staff, as the events tell
    for (const [detail, times] of store.rows("select detail, count(*) from event where kind = 'message_sent_again' group by detail")) again.set(/\d+/.exec(detail)[0], Number(times));
    for (const [id, recipients] of accepted) {
      const row = rows.get(id);
      if (!row) this.tally.fault('unasked', `mail ${id}, which no row tells of`);
      else if (row.state === HELD || row.state === CANCELLED) this.tally.fault('left_early', `message ${id} (${row.template}) was accepted in state ${row.state}`);
      else if (recipients.some((one) => one !== row.recipient)) this.tally.fault('unasked', `message ${id} went to another address`);
      const times = 1 + (again.get(id) ?? 0);
      if (recipients.length > times) this.tally.fault('twice_untold', `message ${id} (${row?.template}) was accepted ${recipients.length} times, and was to be sent ${times} times`);
    }
    for (const [id, { state, template }] of rows) {
      if (state === SENT && !this.office.accepted.has(id)) this.tally.fault('not_sent', `message ${id} (${template}) is called sent`);
    }
    for (const [id, times] of this.sentAgain) if ((again.get(id) ?? 0) < times) this.tally.fault('lost', `that message ${id} was sent again`);
    return rows;
  }

  // Between two rounds, for a while, so that mail of one round leaves in the next ones, and not all of it at the end.
  async catchUp(store) {
    for (const end = Date.now() + WHILE * 1000; Date.now() < end; await sleep(200)) {
      const [[many]] = store.rows('select count(*) from message where state = 0');
      if (Number(many) < FEW) return;
    }
  }

  // Until nothing waits and nothing is in doubt but what staff are told of.
  async drain(store) {
    this.office.calm = true;
    for (const end = Date.now() + PATIENCE * 1000; Date.now() < end; await sleep(1000)) {
      const [[many]] = store.rows('select (select count(*) from message where state in (0, 1)) + (select count(*) from decision where state = 1)');
      if (Number(many) === 0) return;
    }
    this.tally.fault('not_sent', `something still waits after ${PATIENCE} s`);
  }

  // What may have been sent is sent again, all of it: then everything was accepted, and twice only what was told.
  async settle(store, began) {
    await this.drain(store);
    for (const [id, { state }] of this.look(store, began)) {
      if (state !== MAYBE_SENT) continue;
      this.tally.add(this.office.accepted.has(id) ? 'maybe_sent_arrived' : 'maybe_sent_lost');
      await this.sendAgain(id);
    }
    await this.drain(store);
    for (const [id, { state, template }] of this.look(store, began)) {
      // A link to log in with may be used up or over when its mail is made: such a one ends as failed.
      const given = state === SENT || (state === FAILED && template === 'sign_in');
      if (!given) this.tally.fault('not_sent', `message ${id} (${template}) ended in state ${state}`);
    }
    for (const [id, recipients] of this.office.accepted) {
      this.tally.add('mails', recipients.length);
      if (recipients.length > 1 && this.sentAgain.has(id)) this.tally.add('twice_told');
    }
  }
}
