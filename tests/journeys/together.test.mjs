// Several people and one application: who is invited, what each may do, what they and the program write to each other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { mailTo } from './support/maildir.mjs';
import { logIn, openInvitation } from './support/people.mjs';
import { Server } from './support/server.mjs';

let server, staff, ada, bo, reference, home, privateLink;
const shown = (page) => page.locator('main').innerText();
const places = (page, name) => page.locator('.places').getByRole('link', { name });

before(async () => {
  server = await Server.start();
  staff = await openStaff(server);
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'ada@example.org' });
  await submit(page);
  await page.waitForURL(/\/application\//);
  privateLink = page.url();
  reference = await page.locator('.confirmation__reference strong').innerText();
  ada = await logIn(server, 'ada@example.org', { page });
  await ada.getByRole('link', { name: reference, exact: true }).click();
  home = ada.url();
});
after(async () => {
  await bo?.end();
  await ada?.end();
  await staff?.end();
  await closeBrowser();
  await server.stop();
});

async function invite(email, relation, { submits = false } = {}) {
  await ada.goto(`${home}/people`);
  await ada.getByLabel('Their e-mail address').fill(email);
  await ada.getByLabel(relation, { exact: true }).check();
  if (submits) await ada.getByLabel('A co-editor may also submit it').check();
  await ada.getByRole('button', { name: 'Send the invitation' }).click();
}

test('an address that is none is refused, and what was typed stays', async () => {
  await invite('bo at example', 'Investigator');
  assert.match(await shown(ada), /That is no e-mail address/);
  assert.equal(await ada.getByLabel('Their e-mail address').inputValue(), 'bo at example');
  assert.ok(await ada.getByLabel('Investigator', { exact: true }).isChecked());
  await invite('Ada@Example.org', 'Co-editor');
  assert.match(await shown(ada), /That is your own address/);
});

test('somebody is invited, logs in and joins; before, they see nothing of it', async () => {
  await invite('bo@example.org', 'Co-editor');
  assert.match(await shown(ada), /The invitation is on its way/);
  assert.match(await shown(ada), /Invited, until/);
  bo = await openInvitation(server, 'bo@example.org');
  assert.match(await shown(bo), /invites you as co-editor/);
  assert.doesNotMatch(await shown(bo), new RegExp(reference));
  assert.equal((await bo.request.get(home)).status(), 404);
  await bo.getByRole('button', { name: 'Accept' }).click();
  await bo.waitForURL(/\?done=joined$/);
  assert.match(await shown(bo), /You belong to this application now/);
  assert.match(await shown(bo), new RegExp(`${reference}[\\s\\S]*Co-editor`));
  assert.equal(await bo.getByText('Withdraw').count(), 0);
  assert.equal(await bo.getByText('The private link', { exact: true }).count(), 0);
  await bo.goBack();
  await bo.reload();
  assert.match(await shown(bo), /This invitation has ended/);
});

test('an investigator declines from the mail alone, in Spanish, without a script, at 320 px', async () => {
  await invite('cy@example.org', 'Investigator');
  const cy = await openPage(server, { javaScriptEnabled: false, locale: 'es-ES', viewport: { width: 320, height: 800 } });
  const path = /\/together\/[A-Za-z0-9_-]+/.exec(await mailTo(server, 'cy@example.org', 1, /\/together\//))[0];
  await cy.goto(server.address + path);
  await noSidewaysScroll(cy);
  await cy.locator('button[value="decline"]').click();
  assert.equal(await cy.locator('html').getAttribute('lang'), 'es');
  await noSidewaysScroll(cy);
  await ada.goto(`${home}/people`);
  assert.match(await shown(ada), /cy@example\.org[\s\S]*Declined/);
  await cy.end();
});

test('a co-editor makes the changes that are asked for, and submits once the owner says so', async () => {
  await staff.goto(`${server.address}/staff/applications/${reference}/screening`);
  await staff.getByText('Ask for changes', { exact: false }).first().click();
  await staff.locator('#changes').fill('Who watches over the annotators?');
  await staff.locator('button[value="return"]').click();
  await bo.goto(`${server.address}/my`);
  assert.match(await shown(bo), /1 thing waits for you/);
  await bo.getByRole('link', { name: /See what is asked for/ }).click();
  await bo.getByRole('button', { name: 'Make the changes' }).click();
  await bo.waitForURL(/\/draft$/);
  assert.match(await shown(bo), /You edit this draft as somebody who belongs to it/);
  assert.equal(await bo.locator('button[name="_action"][value="submit"]').count(), 0);
  await bo.locator('[name="project_description"]').fill('Two supervisors watch over the annotators.');
  await bo.locator('button[name="_action"][value="save"]').click();
  await bo.waitForURL(/\?done=saved$/);
  await ada.goto(`${home}/people`);
  await ada.getByRole('button', { name: /^Let submit/ }).click();
  assert.match(await shown(ada), /That is changed/);
  await bo.getByRole('button', { name: /Go on/ }).click();
  await submit(bo);
  await bo.waitForURL(/\?done=submitted$/);
  assert.match(await shown(bo), /Submission 2/);
  await ada.goto(home);
  assert.match(await shown(ada), /It was submitted again, changed/);
});

test('messages go both ways; what is new waits for each of them until they have read it', async () => {
  await staff.goto(`${server.address}/staff/applications/${reference}/messages`);
  await staff.locator('#letter').fill('Which annotators do you mean?');
  await staff.locator('button[value="send"], main form button[type=submit]').last().click();
  await ada.goto(`${server.address}/my`);
  assert.match(await shown(ada), /There is a new message/);
  assert.match(await ada.locator('header').innerText(), /1/);
  await ada.getByRole('link', { name: /Read the message/ }).click();
  assert.match(await shown(ada), /Which annotators do you mean\?/);
  await ada.getByRole('button', { name: 'I have read it' }).waitFor({ state: 'hidden' });
  await ada.goto(`${server.address}/my`);
  assert.doesNotMatch(await shown(ada), /waits? for you/);
  await bo.goto(`${server.address}/my`);
  assert.match(await shown(bo), /There is a new message/); // who has not read it
  await bo.getByRole('link', { name: /Read the message/ }).click();
  await bo.locator('#letter').fill('Those of the second task.');
  await bo.getByRole('button', { name: 'Send', exact: true }).click();
  assert.match(await shown(bo), /Your message is with us/);
  assert.match(await shown(bo), /You[\s\S]*Those of the second task\./);
  await bo.locator('#letter').fill('   ');
  await bo.getByRole('button', { name: 'Send', exact: true }).click();
  assert.ok(await bo.locator('#error-summary').isVisible());
  await staff.reload();
  assert.match(await shown(staff), /Those of the second task\./);
  await mailTo(server, 'ada@example.org', 1, /Which annotators do you mean/);
});

test('a private link made anew ends the one before', async () => {
  await ada.goto(home);
  await ada.getByText('The private link', { exact: true }).click();
  await ada.getByRole('button', { name: 'Make a new private link' }).click();
  assert.match(await shown(ada), /There is a new private link/);
  assert.equal((await ada.request.get(privateLink)).status(), 404);
  await ada.getByText('The private link', { exact: true }).click();
  privateLink = await ada.locator('main details a').first().getAttribute('href');
  assert.equal((await ada.request.get(server.address + new URL(privateLink).pathname)).status(), 200);
});

test('it is handed over: the new owner alone invites, and who was the owner can be removed', async () => {
  await ada.goto(`${home}/people`);
  await ada.getByText('Hand over').first().click();
  await ada.getByRole('button', { name: 'Hand it over' }).click();
  await ada.waitForURL((url) => url.href.startsWith(home));
  await mailTo(server, 'bo@example.org', 1, new RegExp(reference));
  assert.equal((await ada.request.get(server.address + new URL(privateLink).pathname)).status(), 404);
  await ada.goto(`${home}/people`);
  assert.equal(await ada.getByRole('button', { name: 'Send the invitation' }).count(), 0);
  await bo.goto(home);
  await places(bo, 'People').click();
  await bo.getByRole('button', { name: /^Remove/ }).click();
  assert.match(await shown(bo), /They have no access any more/);
  assert.equal((await ada.request.get(home)).status(), 404);
  await ada.goto(`${server.address}/my`);
  assert.doesNotMatch(await shown(ada), new RegExp(reference));
});
