// Staff's program at the API. It wants each thing done once: every order has a key of its own, and one that got no answer is sent
// again with the same key when the server is back (docs/api.md, "Changes").
import { randomUUID } from 'node:crypto';
import { ask, Unanswered } from './visit.mjs';

export class Desk {
  unanswered = new Map(); // by key, in the order in which they were given

  // Several tokens: one may have ten thousand keys at a time.
  constructor(server, tokens, tally) {
    this.server = server;
    this.tokens = tokens;
    this.tally = tally;
    this.given = 0;
  }

  // Gives an order. `settle` is told the answer once it was acknowledged, perhaps only after a restart; `mayRefuse`: the statuses
  // by which it may be refused, and then nothing was done. Throws Unanswered.
  async order(path, body, settle, { mayRefuse = [] } = {}) {
    const key = randomUUID();
    const order = { key, path, body, settle, mayRefuse, token: this.tokens[this.given++ % this.tokens.length] };
    this.unanswered.set(key, order);
    return this.give(order);
  }

  async give(order) {
    const answer = await this.call('POST', order.path, order);
    this.unanswered.delete(order.key);
    if (answer.status < 300) order.settle(answer.body);
    else if (!order.mayRefuse.includes(answer.status)) this.tally.fault('refused', `POST ${order.path}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return answer;
  }

  async call(method, path, { body, key, token = this.tokens[0] } = {}) {
    const headers = { Authorization: `Bearer ${token}`, ...(key ? { 'Idempotency-Key': key } : {}), ...(body ? { 'Content-Type': 'application/json' } : {}) };
    const answer = await ask(`${this.server.address}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    return { ...answer, body: answer.text ? JSON.parse(answer.text) : undefined, repeated: answer.headers.get('Idempotency-Replayed') === 'true' };
  }

  // After a restart: everything that nobody knows of is settled now.
  async repeat() {
    for (const order of [...this.unanswered.values()]) {
      try {
        const answer = await this.give(order);
        this.tally.add(answer.repeated ? 'done_unanswered' : 'given_again');
      } catch (problem) {
        if (!(problem instanceof Unanswered)) throw problem;
        this.tally.fault('refused', `POST ${order.path} again: ${problem.message}`);
      }
    }
  }
}
