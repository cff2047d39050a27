// People and their ways in: passkeys, passwords with codes, sessions, addresses, invitations, and asking once more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withAuthenticator } from './support/authenticator.mjs';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { codeNow } from './support/code_app.mjs';
import { codeIn, mailTo } from './support/maildir.mjs';
import { Server } from './support/server.mjs';

const PASSWORD = 'moss under seven quiet bridges';

let server;
before(async () => { server = await Server.start(); });
after(async () => {
  await closeBrowser();
  await server.stop();
});

const shown = (page) => page.locator('main').innerText();

// `many`: how many messages this address has then had.
async function logInByMail(page, email, many = 1) {
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill(email);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/\/log-in\/code$/);
  await page.locator('#code').fill(codeIn(await mailTo(server, email, many)));
  await page.locator('main form button').click();
  await page.waitForURL(/\/my$/);
}

async function addPasskey(page) {
  await page.goto(`${server.address}/my/account`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.waitForURL(/done=passkey/);
}

test('an applicant adds a passkey and logs in with it', async () => {
  const page = await openPage(server);
  await withAuthenticator(page);
  await logInByMail(page, 'ada@example.org');
  await addPasskey(page);
  assert.match(await shown(page), /The passkey was added/);
  await page.getByRole('button', { name: 'Log out', exact: true }).last().click();
  await page.waitForURL(/\/$/);
  await page.goto(`${server.address}/log-in`);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.waitForURL(/\/my$/);
  assert.match(await shown(page), /ada@example\.org/);
  // Whoever has a passkey cannot add another way in by mail alone.
  const stolen = await openPage(server);
  await withAuthenticator(stolen);
  await logInByMail(stolen, 'ada@example.org', 2);
  await stolen.goto(`${server.address}/my/account`);
  assert.match(await shown(stolen), /first show that it is you/);
  await stolen.getByRole('button', { name: 'Add a passkey' }).click();
  await stolen.locator('.passkey__status', { hasText: 'confirm first' }).waitFor();
  await stolen.end();
  // All sessions are told, and the other can be ended from here.
  await page.goto(`${server.address}/my/account`);
  assert.equal(await page.locator('#sessions ~ ul > li').count(), 2);
  await page.getByRole('button', { name: 'Log out everywhere else' }).click();
  await page.waitForURL(/done=others_ended/);
  assert.equal(await page.locator('#sessions ~ ul > li').count(), 1);
  await page.end();
});

test('a person whose device does not verify them is not let in', async () => {
  const page = await openPage(server);
  const device = await withAuthenticator(page);
  await logInByMail(page, 'bo@example.org');
  await addPasskey(page);
  await page.goto(`${server.address}/log-in`);
  await device.verify(false);
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await page.locator('.passkey__status', { hasText: /\S/ }).waitFor();
  assert.match(page.url(), /\/log-in$/);
  await page.end();
});

test('an address is added by a code, and both let in to one account', async () => {
  const page = await openPage(server);
  await logInByMail(page, 'cy@example.org');
  await page.goto(`${server.address}/my/account`);
  await page.locator('#email').fill('cy@work.example');
  await page.getByRole('button', { name: 'Send a code there' }).click();
  await page.waitForURL(/asked=/);
  await page.locator('#code').fill('AAAAAA');
  await page.getByRole('button', { name: 'Add the address' }).click();
  assert.match(await page.title(), /^Error: /);
  await page.locator('#code').fill(codeIn(await mailTo(server, 'cy@work.example')));
  await page.getByRole('button', { name: 'Add the address' }).click();
  await page.waitForURL(/done=address/);
  const other = await openPage(server);
  await logInByMail(other, 'cy@work.example', 2);
  await other.goto(`${server.address}/my/account`);
  assert.match(await shown(other), /cy@example\.org/);
  await other.end();
  await page.end();
});

test('staff: invited by mail, kept out until they have more than mail, in by password and code', async () => {
  const admin = await openStaff(server);
  await admin.goto(`${server.address}/staff/people`);
  await admin.locator('#email').fill('dana@example.org');
  await admin.getByLabel('auditor', { exact: false }).last().check();
  await admin.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.waitForURL(/done=invited/);
  assert.match(await shown(admin), /dana@example\.org/);

  const page = await openPage(server);
  const [link] = /https?:\S+\/staff\/invitation\/\S+/.exec((await mailTo(server, 'dana@example.org')).replace(/=\n/g, ''));
  await page.goto(link);
  await page.goto(link);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(/\/my\/account$/);
  assert.match(await shown(page), /The console is closed/);
  await page.goto(`${server.address}/staff`);
  assert.match(await shown(page), /not found/i);
  await page.goto(`${server.address}/my/account`);
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await page.locator('code.secret').innerText();
  await page.locator('#code').fill(codeNow(secret));
  await page.locator('#password').fill('password1234');
  await page.getByRole('button', { name: 'Set up' }).click();
  assert.match(await shown(page), /among the first that somebody tries/);
  await page.locator('#code').fill(codeNow(secret));
  await page.locator('#password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set up' }).click();
  const codes = await page.locator('.recovery-codes code').allInnerTexts();
  assert.equal(codes.length, 10);

  await page.goto(`${server.address}/staff/sign-in`);
  await page.locator('#email').fill('dana@example.org');
  await page.locator('#password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL(/\/staff\/sign-in\/code$/);
  await page.goto(`${server.address}/staff`);
  assert.match(await shown(page), /not found/i); // half of it opens nothing
  await page.goto(`${server.address}/staff/sign-in/code`);
  await page.locator('#code').fill(codeNow(secret, 1));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/staff$/);
  // An auditor sees the list and nothing of people.
  assert.equal(await page.locator('header a[href="/staff/people"]').count(), 0);
  await page.goto(`${server.address}/staff/people`);
  assert.match(await shown(page), /not found/i);
  // By a recovery code, in another browser.
  const other = await openPage(server, { javaScriptEnabled: false });
  await other.goto(`${server.address}/staff/sign-in`);
  await other.locator('#email').fill('dana@example.org');
  await other.locator('#password').fill(PASSWORD);
  await other.getByRole('button', { name: 'Go on' }).click();
  await other.locator('#code').fill(codes[0].toLowerCase());
  await other.getByRole('button', { name: 'Sign in' }).click();
  await other.waitForURL(/\/staff$/);
  await other.end();
  // The role is taken back: the next request is nobody's.
  await admin.goto(`${server.address}/staff/people`);
  await admin.locator('tr', { hasText: 'dana@example.org' }).getByRole('button', { name: /Take back/ }).click();
  await admin.waitForURL(/done=changed/);
  await page.goto(`${server.address}/staff`);
  assert.match(await shown(page), /not found/i);
  await page.end();
  await admin.end();
});

test('at 320 px nothing of an account scrolls sideways', async () => {
  const page = await openPage(server, { viewport: { width: 320, height: 700 } });
  await logInByMail(page, 'eli@example.org');
  await page.goto(`${server.address}/my/account`);
  await noSidewaysScroll(page);
  await page.goto(`${server.address}/staff/sign-in`);
  await noSidewaysScroll(page);
  await page.end();
});
