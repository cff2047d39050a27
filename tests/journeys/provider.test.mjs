// Logging in with an account elsewhere, at a real OpenID provider.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { closeBrowser, openPage, openStaff } from './support/browser.mjs';
import { IdentityProvider } from './support/identity_provider.mjs';
import { codeIn, mailTo } from './support/maildir.mjs';
import { Server } from './support/server.mjs';

const PEOPLE = {
  ada: { name: 'Ada Byron', email: 'ada@institute.example', email_verified: true },
  eve: { name: 'Eve', email: 'ada@institute.example', email_verified: false },
  bo: { name: 'Bo', email: 'bo@institute.example', email_verified: true },
  mallory: { name: 'Mallory', email: 'cy@institute.example', email_verified: true },
};

let provider, server, folder;
before(async () => {
  provider = await IdentityProvider.start(PEOPLE);
  folder = mkdtempSync(join(tmpdir(), 'bursary-provider-'));
  writeFileSync(join(folder, 'institute.secret'), `${provider.secret}\n`);
  chmodSync(join(folder, 'institute.secret'), 0o600);
  const line = (key, extra) => `[[provider]]\nkey = "${key}"\nname = "The Institute"\nissuer = "${provider.issuer}"\nclient_id = "bursary"
client_secret_file = "institute.secret"\nprivate_network = true\n${extra}\n`;
  writeFileSync(join(folder, 'providers.toml'), line('institute', 'trust_email = true'));
  server = await Server.start({ words: ['--identity-providers', join(folder, 'providers.toml')] });
  provider.serve(server.address);
});
after(async () => {
  await closeBrowser();
  await server?.stop();
  await provider?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const shown = (page) => page.locator('main').innerText();
// Requests to the provider are what this is about.
async function open(options) {
  const page = await openPage(server, options);
  page.leave = () => { page.troubles = page.troubles.filter((one) => !one.startsWith('request to localhost')); return page.end(); };
  return page;
}
async function beSomebody(page, login) {
  await page.waitForURL(`${provider.issuer}/**`);
  await page.locator('[name=login]').fill(login);
  await page.locator('button[type=submit]').click();
}
async function logIn(page, login) {
  await page.goto(`${server.address}/log-in`);
  await page.getByRole('link', { name: 'Log in with The Institute' }).click();
  await beSomebody(page, login);
}

test('whoever the provider vouches for is in, and is the same person the next time', async () => {
  const page = await open();
  await logIn(page, 'ada');
  await page.waitForURL(/\/my$/);
  await page.goto(`${server.address}/my/account`);
  assert.equal(await page.locator('#name').inputValue(), 'Ada Byron');
  assert.match(await shown(page), /ada@institute\.example/);
  assert.match(await shown(page), /The Institute/);
  const again = await open({ javaScriptEnabled: false });
  await logIn(again, 'ada');
  await again.getByRole('button', { name: 'Log in' }).click();
  await again.waitForURL(/\/my$/);
  await again.goto(`${server.address}/my/account`);
  assert.equal(await again.locator('#name').inputValue(), 'Ada Byron');
  await again.leave();
  await page.leave();
});

test('an address that the provider has not verified attaches to nothing', async () => {
  const page = await open();
  await logIn(page, 'eve');
  await page.waitForURL(/\/my$/);
  await page.goto(`${server.address}/my/account`);
  assert.doesNotMatch(await shown(page), /ada@institute/);
  await page.leave();
});

test('an address of an account with a role is not taken over by a provider', async () => {
  const admin = await openStaff(server);
  await admin.goto(`${server.address}/staff/people`);
  await admin.locator('#email').fill('cy@institute.example');
  await admin.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.waitForURL(/done=invited/);
  const [link] = /https?:\S+\/staff\/invitation\/\S+/.exec(await mailTo(server, 'cy@institute.example'));
  const cy = await open();
  await cy.goto(link);
  await cy.getByRole('button', { name: 'Accept' }).click();
  await cy.waitForURL(/\/my\/account$/);
  await cy.leave();
  const page = await open();
  await logIn(page, 'mallory');
  await page.getByRole('heading', { name: 'Not logged in' }).waitFor();
  assert.match(await shown(page), /has its own way in/);
  await page.goto(`${server.address}/my`);
  assert.match(page.url(), /\/log-in$/);
  await page.leave();
  await admin.end();
});

test('an account is connected by whoever is logged in to both, and to one person alone', async () => {
  const page = await open();
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill('bo@home.example');
  await page.locator('main form button[type=submit]').click();
  await page.locator('#code').fill(codeIn(await mailTo(server, 'bo@home.example')));
  await page.locator('main form button').click();
  await page.waitForURL(/\/my$/);
  await page.goto(`${server.address}/my/account`);
  await page.getByRole('button', { name: 'Connect The Institute' }).click();
  await page.getByRole('link', { name: 'Go on to The Institute' }).click();
  await beSomebody(page, 'bo');
  await page.waitForURL(/done=identity/);
  const again = await open();
  await logIn(again, 'bo');
  await again.waitForURL(/\/my$/);
  await again.goto(`${server.address}/my/account`);
  assert.match(await shown(again), /bo@home\.example/);
  await again.leave();
  await page.leave();
});

test('what another browser began, or nobody, signs nobody in', async () => {
  // The attacker stops where the code comes back, and hands the address to somebody else.
  const attacker = await open({ javaScriptEnabled: false });
  await logIn(attacker, 'bo');
  await attacker.getByRole('button', { name: 'Log in' }).waitFor();
  const address = attacker.url();
  const victim = await open();
  await victim.goto(address);
  await victim.getByRole('heading', { name: 'Not logged in' }).waitFor();
  await victim.goto(`${server.address}/my`);
  assert.match(victim.url(), /\/log-in$/);
  await victim.leave();
  // The same code twice: once for its own browser.
  await attacker.getByRole('button', { name: 'Log in' }).click();
  await attacker.waitForURL(/\/my$/);
  await attacker.goto(address);
  await attacker.getByRole('button', { name: 'Log in' }).click();
  await attacker.getByRole('heading', { name: 'Not logged in' }).waitFor();
  await attacker.leave();
  const turned = await open();
  await turned.goto(`${server.address}/log-in/with/institute/back?error=access_denied&state=x`);
  assert.match(await shown(turned), /turned back/);
  await turned.goto(`${server.address}/log-in/with/nobody`);
  assert.match(await shown(turned), /not find|not found/i);
  await turned.leave();
});
