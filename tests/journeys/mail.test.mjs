// Mail through a real mail server: delivered once, whatever the server does, and never to the wrong one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Api, makeToken } from './support/api.mjs';
import { answers, fill, submit } from './support/application.mjs';
import { closeBrowser, openPage, openStaff } from './support/browser.mjs';
import { headersOf, MailServer, partsOf } from './support/mail_server.mjs';
import { Server } from './support/server.mjs';

let mail;
let server;
let staff;
before(async () => {
  mail = await MailServer.start();
  server = await Server.start({ words: [...mail.words(), '--no-defence'] });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
  await mail.stop();
});

async function until(what, holds, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const held = await holds();
    if (held) return held;
    assert.ok(Date.now() < end, `in ${seconds} s not: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

// As a browser without script posts it; gives the private page's path.
async function apply(email, where = server) {
  const body = new URLSearchParams({ ...answers, email, country: 'KE', research_areas: 'robustness', model_types: 'natural-language', accept_policy: '', accept_processing: '' });
  const form = await (await fetch(`${where.address}/apply`)).text();
  for (const name of ['accept_policy', 'accept_processing']) body.set(name, new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(form)[1]);
  const posted = await fetch(`${where.address}/apply`, { method: 'POST', body, redirect: 'manual', headers: { origin: where.address } });
  assert.equal(posted.status, 303, await posted.text());
  return posted.headers.get('location');
}
const to = (email) => mail.mails.filter((one) => one.to.includes(email));
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const metric = async (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(await (await fetch(`${server.address}/metrics`)).text())[1]);

// What staff read about the last application's mail.
async function timeline() {
  await staff.goto(`${server.address}/staff`);
  await staff.locator('tbody a').first().click();
  return staff.locator('.timeline').innerText();
}

test('a confirmation arrives once, whole, over TLS, with a link that opens', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'once@example.org', first_name: 'Zoë' });
  await submit(page);
  await page.waitForURL(/\/application\//);
  const reference = /RA-[0-9A-Z-]+/.exec(await page.locator('.confirmation__reference').innerText())[0];
  const [one] = await until('delivered', () => to('once@example.org').length && to('once@example.org'));
  assert.deepEqual([one.from, one.to, one.user, one.secure, one.utf8], ['apply@example.org', ['once@example.org'], 'bursary', true, false]);
  const headers = headersOf(one.text);
  assert.match(headers.get('message-id'), /^<\d+\.[\w-]+@[\w.-]+>$/);
  assert.equal(headers.get('auto-submitted'), 'auto-generated');
  assert.match(headers.get('content-type'), /^multipart\/alternative; boundary=/);
  assert.equal(headers.get('to'), 'once@example.org');
  assert.match(headers.get('from'), /<apply@example\.org>$/);
  assert.match(headers.get('subject'), new RegExp(reference));
  assert.ok(Math.abs(new Date(headers.get('date')) - Date.now()) < 60_000);
  assert.ok(!/[^\x00-\x7F]/.test(one.text), 'it is 7 bit');
  const [plain, html] = partsOf(one.text);
  assert.match(plain.type, /^text\/plain; charset=utf-8/i);
  assert.match(html.type, /^text\/html; charset=utf-8/i);
  for (const part of [plain, html]) assert.ok(part.text.includes('Zoë') && part.text.includes(reference));
  const link = /https?:\/\/[^\s)"]+(\/application\/[^\s)"]+)/.exec(plain.text)[1];
  assert.equal(link, new URL(page.url()).pathname);
  await page.goto(`${server.address}${link}`);
  assert.match(await page.locator('main').innerText(), new RegExp(reference));
  await page.end();
  await pause(1500);
  assert.equal(to('once@example.org').length, 1);
});

test('no private link stands in the database, in what staff see or in the log', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await page.locator('[name="first_name"]').fill('Amina');
  await page.waitForURL(/\/draft\//);
  await page.locator('button[name="_action"][value="save"]').first().click();
  await page.waitForURL(/\/saved$/);
  await page.locator('[name="_email"]').fill('draft@example.org');
  await page.locator('button[value="mail_link"]').click();
  await page.waitForURL(/mailed=1/);
  const draft = /\/draft\/([^/]+)/.exec(page.url())[1];
  await page.end();
  const [one] = await until('delivered', () => to('draft@example.org').length && to('draft@example.org'));
  const [plain] = partsOf(one.text);
  assert.ok(plain.text.includes(`/draft/${draft}`));
  assert.equal((await fetch(`${server.address}/draft/${draft}`)).status, 200);
  const application = (await apply('hidden@example.org')).replace('/application/', '');
  await until('delivered', () => to('hidden@example.org').length);
  assert.doesNotMatch(await timeline() + await staff.content(), new RegExp(application));
  let looked = 0;
  for (const name of readdirSync(server.data)) {
    if (!name.startsWith('bursary.db')) continue;
    const bytes = readFileSync(join(server.data, name));
    looked += bytes.includes('hidden@example.org') ? 1 : 0;
    for (const token of [draft, application]) {
      assert.ok(!bytes.includes(token), name);
      assert.ok(!bytes.includes(token.slice(token.indexOf('-') + 1)), name);
    }
  }
  assert.ok(looked > 0);
  for (const token of [draft, application]) assert.ok(!server.log.includes(token.slice(token.indexOf('-') + 1)));
  assert.match(server.log, /"route":"\/draft\/\{link\}"/);
});

test('addresses in every script are reached', async () => {
  await apply('jose@exámple.org');
  const [domain] = await until('delivered', () => to('jose@exámple.org').length && to('jose@exámple.org'));
  assert.equal(headersOf(domain.text).get('to'), 'jose@xn--exmple-qta.org');
  assert.equal(domain.utf8, false);
  await apply('josé@exámple.org');
  const name = await until('delivered', () => mail.mails.find((one) => one.to.some((address) => address.startsWith('josé@'))));
  assert.equal(name.utf8, true);
  assert.equal(headersOf(name.text).get('to'), 'josé@xn--exmple-qta.org');
});

test('a server that is down gets the mail when it is up again, once', async () => {
  await mail.down();
  await apply('later@example.org');
  await until('postponed', async () => (await metric('bursary_mail_postponed_total')) >= 1);
  assert.match(server.log, /"event":"log".*message \d+ is waiting: /);
  await mail.up();
  await until('delivered', () => to('later@example.org').length);
  await pause(2000);
  assert.equal(to('later@example.org').length, 1);
});

test('a refusal for now is tried again, with the same Message-ID as ever', async () => {
  mail.next = [451, 'later'];
  const before = mail.conversations;
  await apply('slowly@example.org');
  const [one] = await until('delivered', () => to('slowly@example.org').length && to('slowly@example.org'));
  assert.equal(mail.conversations - before, 3);
  const first = mail.refused.find((text) => text.to.includes('slowly@example.org'));
  assert.equal(headersOf(one.text).get('message-id'), headersOf(first.text).get('message-id'));
  await pause(1500);
  assert.equal(to('slowly@example.org').length, 1);
});

test('a refusal for good is not tried again; staff read why, the log names nobody', async () => {
  mail.next = [550];
  const before = mail.conversations;
  await apply('nobody@example.org');
  await until('failed', async () => (await metric('bursary_mail_failed_total')) === 1);
  await pause(2500);
  assert.equal(mail.conversations - before, 1);
  assert.equal(to('nobody@example.org').length, 0);
  const told = await timeline();
  assert.match(told, /nobody@example\.org/);
  assert.match(told, /550 not for/);
  assert.match(server.log, /message \d+ is failed: .*550/);
  assert.ok(!server.log.includes('nobody@example.org'));
});

test('a connection cut after the final dot: perhaps sent, never sent again, told to staff', async () => {
  mail.next = ['cut'];
  await apply('perhaps@example.org');
  await until('in doubt', async () => (await metric('bursary_mail_maybe_sent_total')) === 1);
  await pause(2500);
  assert.equal(to('perhaps@example.org').length, 1);
  assert.match(await timeline(), /perhaps/i);
  // Not after a start either.
  await server.pause();
  await server.resume();
  await pause(1500);
  assert.equal(to('perhaps@example.org').length, 1);
});

test('a program sends again what failed, with the same Message-ID, and takes back what has not left', async () => {
  const api = await Api.open(server);
  api.token = await makeToken(staff, server, { scopes: ['read_messages', 'send_messages'] });
  mail.next = ['never'];
  await apply('second@example.org');
  const failed = await until('failed', async () => (await api.call('GET', '/messages?state=failed')).body.items.find((one) => one.recipient === 'second@example.org'));
  const [refused] = mail.refused.filter((one) => one.to.includes('second@example.org'));
  assert.equal(to('second@example.org').length, 0);
  assert.equal((await api.call('POST', `/messages/${failed.id}/resend`)).status, 200);
  const [arrived] = await until('delivered', () => to('second@example.org').length && to('second@example.org'));
  assert.equal(headersOf(arrived.text).get('message-id'), headersOf(refused.text).get('message-id'));
  assert.equal((await api.call('POST', `/messages/${failed.id}/cancel`)).status, 409);
  await mail.down();
  await apply('never@example.org');
  const waiting = await until('waiting', async () => (await api.call('GET', '/messages?state=waiting')).body.items.find((one) => one.recipient === 'never@example.org' && one.attempts > 0));
  assert.equal((await api.call('POST', `/messages/${waiting.id}/cancel`)).status, 200);
  await mail.up();
  await pause(4000);
  assert.equal(to('never@example.org').length, 0);
  assert.equal((await api.call('GET', `/messages/${waiting.id}`)).body.state, 'cancelled');
  assert.deepEqual(['resendMessage', 'cancelMessage'].filter((id) => !api.done.has(id)), []);
});

test('a server with a certificate of nobody that we trust gets neither password nor mail', async () => {
  const other = await Server.start({ words: [...mail.words({ trusted: false }), '--no-defence'] });
  try {
    const before = mail.conversations;
    await apply('secret@example.org', other);
    await until('refused', () => /message \d+ is waiting: .*certificate/i.test(other.log));
    assert.ok(mail.conversations > before);
    assert.equal(to('secret@example.org').length, 0);
  } finally {
    await other.stop();
  }
});

test('a server without STARTTLS, or with another password, gets no mail', async () => {
  const bare = await MailServer.start({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  const wrong = await MailServer.start();
  writeFileSync(wrong.passwordFile, 'not it\n', { mode: 0o600 });
  for (const one of [bare, wrong]) {
    const other = await Server.start({ words: [...one.words(), '--no-defence'] });
    try {
      await apply('secret@example.org', other);
      await until('postponed', () => /message \d+ is waiting: /.test(other.log));
      assert.equal(one.mails.length, 0);
      assert.ok(!other.log.includes('not it') && !other.log.includes('open sesame'));
    } finally {
      await other.stop();
      await one.stop();
    }
  }
});
