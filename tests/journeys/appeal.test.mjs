// An application with a file is declined; its applicant appeals once, in their own words; whoever decided first may not answer, somebody
// else hears it, and the applicant reads what they say.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Api, makeToken } from './support/api.mjs';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, openPage, openStaff } from './support/browser.mjs';
import { openColleague } from './support/people.mjs';
import { Server } from './support/server.mjs';

const QUESTION = `[[section.question]]
key = "plan"
type = "file"
label = "Research plan"
file_types = ["pdf"]

`;
const PLAN = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const WORDS = 'Two of the referees read an older draft.';

let folder, server, staff, other, applicant, api, reference, told;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bursary-program-'));
  cpSync('programs/researcher-access', folder, { recursive: true });
  const form = readFileSync(join(folder, 'form.toml'), 'utf8');
  const end = '[[section]]\nkey = "agreement"';
  assert.ok(form.includes(end));
  writeFileSync(join(folder, 'form.toml'), form.replace(end, QUESTION + end));
  const spanish = readFileSync(join(folder, 'es/form.toml'), 'utf8');
  writeFileSync(join(folder, 'es/form.toml'), `${spanish}\n[questions.plan]\nlabel = "Plan de investigación"\n`);
  server = await Server.start({ words: ['--program', folder, '--undo-seconds', '0', '--no-defence'] });
  staff = await openStaff(server);
  other = await openColleague(server, staff, 'second@example.org', 'Administrator');
  api = await Api.open(server);
});
after(async () => {
  for (const page of [applicant, other, staff]) await page?.end();
  await closeBrowser();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});
const shown = (page) => page.locator('main').innerText();
const token = (page, name) => makeToken(page, server, { name, scopes: ['read_applications', 'screen_applications', 'decide_applications'] });

test('a file is sent with the form, and staff and their programs get it byte for byte', async () => {
  applicant = await openPage(server);
  await applicant.goto(`${server.address}/apply`);
  await fill(applicant, { email: 'appeals@example.org' });
  await applicant.locator('input[type=file]').setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: PLAN });
  await submit(applicant);
  await applicant.waitForURL(/\/application\//);
  told = `${applicant.url().split('?')[0]}/decision`;
  reference = /RA-[0-9A-Z]{4}-[0-9A-Z]{5}/.exec(await shown(applicant))[0];
  api.token = await token(staff, 'first');
  const { body } = await api.call('GET', `/applications/${reference}`);
  const [file] = body.files;
  assert.equal(file.name, 'plan.pdf');
  const got = await fetch(`${api.address}/applications/${reference}/files/${file.id}`, { headers: { Authorization: `Bearer ${api.token}` } });
  assert.deepEqual(Buffer.from(await got.arrayBuffer()), PLAN);
  assert.match(got.headers.get('content-disposition'), /^attachment/);
  assert.match(got.headers.get('content-security-policy'), /sandbox/);
  assert.equal((await api.call('GET', `/applications/${reference}/files/${file.id}`)).status, 200);
  assert.equal((await api.call('GET', `/applications/${reference}/files/no-such-file`)).status, 404);
});

test('declined for a reason; before the release nobody outside can know, afterwards its applicant reads it', async () => {
  await staff.goto(`${server.address}/staff/applications/${reference}/screening`);
  await staff.keyboard.press('r');
  await staff.waitForURL(/done=review_next/);
  await staff.goto(`${server.address}/staff/applications/${reference}/decision`);
  await staff.getByLabel('Decline').check();
  await staff.getByLabel('Ground').selectOption('limited-funds');
  await staff.getByLabel('To the applicant').fill('There was a long row of good plans.');
  await staff.getByRole('button', { name: 'Decide', exact: true }).click();
  await staff.waitForSelector('.notice--success');
  assert.equal((await applicant.goto(told)).status(), 404);
  await staff.goto(`${server.address}/staff/decisions`);
  await staff.getByRole('button', { name: 'Release all pending (1)' }).click();
  await staff.waitForURL(/releases\//);
  for (let i = 0; i < 80 && (await applicant.goto(told)).status() !== 200; ++i) await applicant.waitForTimeout(100);
  assert.match(await shown(applicant), /There was a long row of good plans/);
});

test('an appeal says something, and is made once', async () => {
  await applicant.getByRole('button', { name: 'Ask us to look again' }).click();
  assert.match(await applicant.locator('#appeal-error').innerText(), /\S/);
  await applicant.locator('#appeal').fill(WORDS);
  await applicant.getByRole('button', { name: 'Ask us to look again' }).click();
  await applicant.waitForSelector('.notice--success');
  assert.match(await shown(applicant), new RegExp(WORDS));
  assert.equal(await applicant.locator('#appeal').count(), 0);
});

test('not answered by who decided first, neither on the page nor by their program', async () => {
  await staff.goto(`${server.address}/staff/applications/${reference}/decision`);
  assert.match(await shown(staff), new RegExp(WORDS));
  assert.equal(await staff.locator('#answer').count(), 0);
  const { status } = await api.call('POST', `/applications/${reference}/appeal`, { body: { heard: true, answer: 'Heard.' } });
  assert.equal(status, 403);
});

test('somebody else hears it, and the applicant reads why', async () => {
  api.token = await token(other, 'second');
  const path = `/applications/${reference}/appeal`;
  const heard = await api.call('POST', path, { body: { heard: true, answer: 'You are right: we look at it again.' } });
  assert.equal(heard.status, 200, heard.text);
  assert.equal(heard.body.state, 'in_review');
  assert.equal((await api.call('POST', path, { body: { heard: false, answer: 'No.' } })).status, 409);
  await applicant.goto(told);
  assert.match(await shown(applicant), /we look at it again/);
  assert.deepEqual(['downloadFile', 'decideAppeal'].filter((id) => !api.done.has(id)), []);
});
