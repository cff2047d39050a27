// Another program is told of what happens: by the reference library's own check of the signature, through a server that is down,
// through one that redirects, and with a new secret; nothing reaches a private address that the operator did not name.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { Api, makeToken } from './support/api.mjs';
import { cleanEverywhere } from './support/axe.mjs';
import { closeBrowser, openStaff } from './support/browser.mjs';
import { freePort, Server } from './support/server.mjs';

// What the receiver was sent, each with what it answered.
class Receiver {
  got = [];
  status = 204;
  headers = {};
  async listen(port) {
    this.server = createServer(async (request, response) => {
      let body = '';
      for await (const piece of request) body += piece;
      this.got.push({ headers: request.headers, body, path: request.url });
      response.writeHead(this.status, this.headers).end();
    });
    this.server.listen(port, 'localhost');
    await once(this.server, 'listening');
  }
  async close() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
  async wait(many) {
    for (let i = 0; i < 400 && this.got.length < many; ++i) await pause(50);
    assert.ok(this.got.length >= many, `${this.got.length} of ${many} arrived`);
  }
}

let server;
let staff;
let port;
const receiver = new Receiver();
before(async () => {
  port = await freePort();
  await receiver.listen(port);
  server = await Server.start({ demo: 60, words: ['--private-webhook', `localhost:${port}`] });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await receiver.close();
  await server.stop();
});

const press = async (name) => {
  await Promise.all([staff.waitForNavigation(), staff.getByRole('button', { name, exact: true }).click()]);
};
const secret = async (button) => {
  await press(button);
  return staff.locator('code.secret').innerText();
};
async function add(url, ...kinds) {
  await staff.goto(`${server.address}/staff/webhooks`);
  await staff.getByLabel('Address', { exact: true }).fill(url);
  for (const kind of kinds) await staff.locator(`[id="kind-${kind}"]`).check();
  await press('Add webhook');
}
const clean = () => cleanEverywhere(staff, 'webhooks');

test('what is typed wrong is said and kept, and nothing is added', async () => {
  await add('http://10.0.0.1/in');
  await clean();
  assert.match(await staff.locator('#error-summary').innerText(), /https:\/\/[\s\S]*at least one event/);
  assert.equal(await staff.getByLabel('Address', { exact: true }).inputValue(), 'http://10.0.0.1/in');
  await staff.goto(`${server.address}/staff/webhooks`);
  assert.match(await staff.locator('main').innerText(), /No webhook yet/);
});

let own;
let first;
test('a trial and a move arrive, and the reference library accepts their signatures', async () => {
  await add(`http://localhost:${port}/in`, 'application.moved', 'application.submitted');
  assert.match(await staff.locator('main').innerText(), /The webhook was added/);
  own = staff.url().replace(/[?#].*/, '');
  first = await secret('Show the secret');
  assert.match(first, /^whsec_[A-Za-z0-9+/]{43}=$/);
  await staff.goto(own);
  assert.ok(!(await staff.content()).includes('whsec_'));
  await press('Send a trial');
  await receiver.wait(1);
  const trial = new Webhook(first).verify(receiver.got[0].body, receiver.got[0].headers);
  assert.equal(trial.type, 'webhook.trial');
  assert.throws(() => new Webhook(first).verify(receiver.got[0].body.replace('trial', 'truth'), receiver.got[0].headers));

  await staff.goto(`${server.address}/staff?q=state:submitted`);
  const reference = /RA-[0-9A-Z]{4}-[0-9A-Z]{5}/.exec(await staff.locator('tbody tr').first().innerText())[0];
  await staff.goto(`${server.address}/staff/applications/${reference}/screening`);
  await staff.keyboard.press('r');
  await receiver.wait(3); // to screening, and on to review
  const moved = new Webhook(first).verify(receiver.got[1].body, receiver.got[1].headers);
  assert.equal(moved.type, 'application.moved');
  assert.equal(moved.data.reference, reference);
  assert.equal(moved.data.from, 'submitted');
  assert.ok(!receiver.got[1].body.includes('@'), 'nobody is named');
  await staff.goto(own);
  assert.equal(await staff.locator('#deliveries .tag', { hasText: 'Arrived' }).count(), 3);
  await clean();
});

test('a server that redirects gets nothing at the other place, and the same id again', async () => {
  receiver.status = 302;
  receiver.headers = { Location: `http://localhost:${port}/elsewhere` };
  await press('Send a trial');
  await receiver.wait(4);
  receiver.status = 200;
  receiver.headers = {};
  await receiver.wait(5);
  assert.equal(receiver.got[4].headers['webhook-id'], receiver.got[3].headers['webhook-id']);
  assert.ok(receiver.got.every(({ path }) => path === '/in'));
});

test('what happened while it was down arrives when it is back, also after a power cut here', async () => {
  await receiver.close();
  await staff.goto(own);
  await press('Send a trial');
  for (let i = 0; i < 100 && !(await staff.locator('#deliveries').innerText()).includes('Waits'); ++i) await staff.reload();
  await server.kill();
  await server.resume();
  const before = receiver.got.length;
  await receiver.listen(port);
  await receiver.wait(before + 1);
  new Webhook(first).verify(receiver.got.at(-1).body, receiver.got.at(-1).headers);
});

test('a new secret and the one before both hold for a day', async () => {
  await staff.goto(own);
  const second = await secret('Make a new secret');
  assert.notEqual(second, first);
  await clean();
  await staff.goto(own);
  const before = receiver.got.length;
  await press('Send a trial');
  await receiver.wait(before + 1);
  for (const each of [first, second]) new Webhook(each).verify(receiver.got.at(-1).body, receiver.got.at(-1).headers);
});

test('a name that leads to this machine is not asked, whatever it says', async () => {
  const before = receiver.got.length;
  await add(`https://127.0.0.1:${port}/in`, 'application.moved');
  await press('Send a trial');
  for (let i = 0; i < 100 && !(await staff.locator('#deliveries').innerText()).includes('a private address'); ++i) await staff.reload();
  assert.match(await staff.locator('#deliveries').innerText(), /a private address/);
  assert.equal(receiver.got.length, before);
  await press('Remove');
  assert.match(await staff.locator('main').innerText(), /was removed/);
});

test('paused it is told nothing; its acts are in the audit trail', async () => {
  await staff.goto(own);
  await press('Pause');
  await clean();
  assert.match(await staff.locator('main').innerText(), /Paused/);
  await press('Resume');
  await staff.goto(`${server.address}/staff/audit?kind=webhook_secret_renewed`);
  assert.equal(await staff.locator('tbody tr').count(), 1);
});

test('a program looks after webhooks, and is told no secret', async () => {
  const api = await Api.open(server);
  api.token = await makeToken(staff, server, { scopes: ['manage_program'] });
  const path = `/webhooks/${own.split('/').at(-1)}`;
  const ask = (method, end = '') => api.call(method, path + end);
  const [listed] = (await api.call('GET', '/webhooks')).body.items;
  assert.deepEqual(listed, (await ask('GET')).body);
  assert.ok(!JSON.stringify(listed).includes('whsec_'));
  assert.equal(listed.state, 'active');
  assert.equal((await ask('POST', '/pause')).status, 200);
  assert.equal((await ask('GET')).body.state, 'paused');
  assert.equal((await ask('POST', '/trial')).status, 409);
  assert.equal((await ask('POST', '/resume')).status, 200);
  const before = receiver.got.length;
  assert.equal((await ask('POST', '/trial')).status, 200);
  await receiver.wait(before + 1);
  let newest;
  for (let i = 0; i < 100 && newest?.state !== 'arrived'; ++i) [newest] = (await ask('GET', '/deliveries?limit=5')).body.items;
  assert.equal(newest.kind, 'webhook.trial');
  assert.equal((await ask('POST', `/deliveries/${newest.id}/resend`)).status, 200);
  await receiver.wait(before + 2);
  assert.equal(receiver.got.at(-1).headers['webhook-id'], receiver.got.at(-2).headers['webhook-id']);
  for (const none of ['/webhooks/1', '/webhooks/1/deliveries']) assert.equal((await api.call('GET', none)).status, 404);
  assert.equal((await ask('POST', '/deliveries/1/resend')).status, 404);
  const narrow = await makeToken(staff, server, { scopes: ['read_audit'] });
  assert.equal((await api.call('GET', '/webhooks', { token: narrow })).status, 404);
  assert.deepEqual(api.operations().filter((id) => /webhook|deliver/i.test(id) && !api.done.has(id)), []);
});
