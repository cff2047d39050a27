// A coordinator screens by keyboard, decides many, releases, keeps three back, and exactly the others are written to; what is pending is told to nobody.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { cleanEverywhere } from './support/axe.mjs';
import { closeBrowser, noSidewaysScroll, openStaff } from './support/browser.mjs';
import { binary, Server } from './support/server.mjs';

let server;
let staff;
before(async () => {
  server = await Server.start({ demo: 60, words: ['--undo-seconds', '4', '--bounce-address', 'bounce@example.org'] });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
});

const references = async (state) => {
  await staff.goto(`${server.address}/staff?q=state:${state}`);
  return staff.evaluate(() => [...document.querySelectorAll('tbody tr')].map((row) => /RA-[0-9A-Z]{4}-[0-9A-Z]{5}/.exec(row.textContent)?.[0]).filter(Boolean));
};
const mails = (text) => {
  const folder = `${server.data}/mail/new`;
  if (!existsSync(folder)) return []; // nothing was sent yet
  return readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'latin1')).filter((mail) => mail.includes(text));
};

test('screening by keyboard alone: to review and on to the next', async () => {
  const [first] = await references('submitted');
  await staff.goto(`${server.address}/staff/applications/${first}/screening`);
  await noSidewaysScroll(staff);
  const seen = new Set();
  for (let i = 0; i < 3; ++i) {
    const here = staff.url().split('?')[0];
    assert.ok(!seen.has(here));
    seen.add(here);
    await Promise.all([staff.waitForURL((url) => url.href.split('?')[0] !== here), staff.keyboard.press('r')]);
    assert.match(await staff.locator('.notice--success').innerText(), /in review now/);
  }
});

test('a note is kept, and the page says what is missing', async () => {
  await staff.locator('#note').fill('');
  await staff.getByRole('button', { name: 'Write the note' }).click();
  assert.match(await staff.locator('.error-summary').innerText(), /Write something here/);
  await staff.locator('#note').fill('Spoke with the sponsor.');
  await staff.getByRole('button', { name: 'Write the note' }).click();
  assert.match(await staff.locator('main').innerText(), /Spoke with the sponsor/);
});

test('many are decided with a preview, three are kept back, and exactly the others are written to, once', async () => {
  const chosen = (await references('in_review')).slice(0, 8);
  assert.equal(chosen.length, 8);
  await staff.goto(`${server.address}/staff/decisions/many?references=${chosen.join('%20')}`);
  await staff.getByLabel('Decline').check();
  await staff.getByLabel('Ground').selectOption('limited-funds');
  await staff.getByLabel('To the applicant').fill('There was a long row of good plans.');
  await staff.getByRole('button', { name: 'Preview' }).click();
  assert.match(await staff.locator('main').innerText(), /There was a long row of good plans/);
  await staff.getByRole('button', { name: 'Decide on 8' }).click();
  assert.match(await staff.locator('.notice--success').innerText(), /8 decided, 0 not/);
  await staff.goto(`${server.address}/staff/decisions`);
  await staff.getByRole('button', { name: 'Release all pending (8)' }).click();
  await staff.waitForURL(/releases\//);
  for (let i = 0; i < 3; ++i) {
    await staff.getByRole('button', { name: /Keep back/ }).first().click();
    await staff.waitForSelector('.notice--success');
  }
  assert.equal(mails('There was a long row').length, 0);
  let text = '';
  for (let i = 0; i < 60 && !text.includes('Everything has left'); ++i) {
    await staff.waitForTimeout(250);
    await staff.reload();
    text = await staff.locator('main').innerText();
  }
  assert.match(text, /Everything has left/);
  for (let i = 0; i < 40 && mails('row of good').length < 5; ++i) await staff.waitForTimeout(250);
  await staff.waitForTimeout(1500);
  assert.equal(mails('row of good').length, 5);
});

test('those ticked in the queue, or all that match, are brought to the page that decides', async () => {
  await staff.goto(`${server.address}/staff?q=state:in_review`);
  const box = (n) => staff.locator('tbody input[type=checkbox]').nth(n);
  const of = async (n) => (await box(n).getAttribute('value')).split(':')[0];
  const ticked = [await of(0), await of(2)];
  await box(0).check();
  await box(2).check();
  await staff.locator('#act').selectOption({ label: 'Decide on them…' });
  await staff.locator('#bulk button[type=submit]').click();
  assert.deepEqual((await staff.locator('#references').inputValue()).split(' ').sort(), ticked.sort());
  await staff.getByLabel('Waiting list').check();
  await staff.getByRole('button', { name: 'Preview' }).click();
  await staff.getByRole('button', { name: 'Decide on 2' }).click();
  assert.match(await staff.locator('.notice--success').innerText(), /2 decided, 0 not/);

  await staff.goto(`${server.address}/staff?q=state:screening`);
  const many = Number((await staff.locator('.bulk__all').innerText()).replace(/\D/g, ''));
  await staff.locator('#bulk-all').check();
  await staff.locator('#act').selectOption({ label: 'Decide on them…' });
  await staff.locator('#bulk button[type=submit]').click();
  assert.equal((await staff.locator('#references').inputValue()).split(' ').length, many);
});

test('mail that came back marks its message, once', async () => {
  await staff.goto(`${server.address}/staff/messages`);
  assert.match(await staff.locator('main').innerText(), /Our decision on your application/);
  const [mail] = mails('row of good');
  const id = /^Message-ID: <(\d+)\./im.exec(mail)[1];
  const run = (recipient) => spawnSync(binary, ['bounce', '--data', server.data, '--recipient', recipient], { input: 'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 No such user\r\n\r\n--b--\r\n', encoding: 'utf8' });
  assert.match(run('bounce+nothing@example.org').stdout, /about no message of ours/);
  await staff.goto(`${server.address}/staff/messages/${id}`);
  assert.match(await staff.locator('main').innerText(), /Sent/);
  const envelope = /^Return-Path: <(bounce\+[^>]+)>/im.exec(mail)[1];
  assert.match(run(envelope).stdout, /marked as failed/);
  assert.match(run(envelope.toUpperCase()).stdout, /nothing to change/);
  await staff.reload();
  assert.match(await staff.locator('main').innerText(), /550 No such user/);
  const reference = /RA-[0-9A-Z]{4}-[0-9A-Z]{5}/.exec(mail)[0];
  await staff.goto(`${server.address}/staff/applications/${reference}/messages`);
  assert.match(await staff.locator('.notice--warning').innerText(), /came back/);
});

test('overdue, messages and templates fit a narrow screen', async () => {
  await staff.setViewportSize({ width: 320, height: 800 });
  for (const path of ['/staff/decisions', '/staff/overdue', '/staff/messages', '/staff/messages/templates', '/staff/decisions/many']) {
    await staff.goto(server.address + path);
    await noSidewaysScroll(staff);
  }
});

test('axe finds nothing on any of these pages, in any colours; at 320 px they fit', async () => {
  await staff.setViewportSize({ width: 1200, height: 800 });
  const [submitted] = await references('submitted');
  const [message] = await staff.goto(`${server.address}/staff/messages`).then(() => staff.locator('tbody a').evaluateAll((all) => all.map((link) => link.getAttribute('href'))));
  const paths = ['/staff/decisions', '/staff/decisions/many', '/staff/overdue', '/staff/messages', '/staff/messages/templates?key=returned&reference=' + submitted, message,
    ...['screening', 'decision', 'messages'].map((place) => `/staff/applications/${submitted}/${place}`)];
  for (const path of paths) {
    await staff.goto(server.address + path);
    await staff.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
    await cleanEverywhere(staff, path);
  }
});
