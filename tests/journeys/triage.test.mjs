// An afternoon: fifty are screened by keyboard alone, forty of them decided at once, three of these undone, the others
// released: exactly thirty-seven applicants are written to. An auditor sees all of it and can change nothing.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { closeBrowser, openStaff } from './support/browser.mjs';
import { openColleague } from './support/people.mjs';
import { Server } from './support/server.mjs';

const WORDS = 'There was a long row of good plans.';
let server, staff, auditor;
const triaged = [], undone = [];
before(async () => {
  server = await Server.start({ demo: 700, words: ['--undo-seconds', '3'] });
  staff = await openStaff(server);
});
after(async () => {
  await auditor?.end();
  await staff?.end();
  await closeBrowser();
  await server.stop();
});

const shown = (page) => page.locator('main').innerText();
const REFERENCE = /RA-[0-9A-Z]{4}-[0-9A-Z]{5}/;
const mails = () => {
  const folder = `${server.data}/mail/new`;
  if (!existsSync(folder)) return []; // nothing was sent yet
  return readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'latin1')).filter((mail) => mail.includes('row of good'));
};

test('fifty are screened by keyboard alone, each once', async () => {
  await staff.goto(`${server.address}/staff?q=state:submitted`);
  await staff.keyboard.press('j');
  const first = REFERENCE.exec(await staff.evaluate(() => document.activeElement.closest('tr').textContent))[0];
  await staff.goto(`${server.address}/staff/applications/${first}/screening`);
  while (triaged.length < 50) {
    const here = staff.url().split('?')[0];
    const reference = REFERENCE.exec(here)[0];
    assert.ok(!triaged.includes(reference), `${reference} came twice`);
    triaged.push(reference);
    await Promise.all([staff.waitForURL((url) => url.href.split('?')[0] !== here), staff.keyboard.press('r')]);
  }
  for (const reference of [triaged[0], triaged[49]]) {
    await staff.goto(`${server.address}/staff/applications/${reference}`);
    assert.match(await shown(staff), /In review/);
  }
});

test('forty are decided at once, with a preview, and three of these undone', async () => {
  const chosen = triaged.slice(0, 40);
  await staff.goto(`${server.address}/staff/decisions/many?references=${chosen.join('%20')}`);
  await staff.getByLabel('Decline').check();
  await staff.getByLabel('Ground').selectOption('limited-funds');
  await staff.getByLabel('To the applicant').fill(WORDS);
  await staff.getByRole('button', { name: 'Preview' }).click();
  assert.match(await shown(staff), new RegExp(WORDS));
  await staff.getByRole('button', { name: 'Decide on 40' }).click();
  assert.match(await staff.locator('.notice--success').innerText(), /40 decided, 0 not/);
  for (const reference of chosen.slice(0, 3)) {
    await staff.goto(`${server.address}/staff/applications/${reference}/decision`);
    await staff.keyboard.press('u');
    await staff.waitForSelector('.notice--success');
    undone.push(reference);
  }
  assert.equal(mails().length, 0);
});

test('they are released, and exactly thirty-seven messages arrive, none at those that were undone', async () => {
  await staff.goto(`${server.address}/staff/decisions`);
  await staff.getByRole('button', { name: 'Release all pending (37)' }).click();
  await staff.waitForURL(/releases\//);
  for (let i = 0; i < 80 && mails().length < 37; ++i) await staff.waitForTimeout(250);
  await staff.waitForTimeout(1500);
  assert.equal(mails().length, 37);
  assert.equal(new Set(mails().map((mail) => /^Message-ID: (.*)$/im.exec(mail)[1])).size, 37);
  for (const reference of undone) {
    assert.ok(!mails().some((mail) => mail.includes(reference)));
    await staff.goto(`${server.address}/staff/applications/${reference}`);
    assert.match(await shown(staff), /In review/);
  }
});

test('an auditor sees all of it and can change nothing', async () => {
  auditor = await openColleague(server, staff, 'dana@example.org', 'auditor');
  const go = (path) => auditor.goto(`${server.address}${path}`);
  await go('/staff/audit');
  assert.match(await shown(auditor), /Release/);
  await go(`/staff/applications/${triaged[5]}`);
  assert.match(await shown(auditor), /Declined/);
  await go(`/staff/applications/${triaged[5]}/decision`);
  assert.match(await shown(auditor), new RegExp(WORDS));
  await go('/staff/decisions');
  assert.equal(await auditor.locator('main form[method="post"]').count(), 0);
  const token = await auditor.evaluate(() => document.querySelector('[name="_token"]')?.value ?? '');
  for (const [path, form] of [
    [`/staff/applications/${undone[0]}/screening`, { _action: 'review', seen: 'in_review' }],
    [`/staff/applications/${undone[0]}/decision`, { _action: 'decide', outcome: 'decline' }],
    ['/staff/decisions/many', { references: undone.join(' '), _action: 'decide' }],
    ['/staff/decisions/releases', {}],
  ]) {
    const answer = await auditor.request.post(server.address + path, { form: { _token: token, ...form }, headers: { Origin: server.address } });
    assert.equal(answer.status(), 404, path);
  }
});
