// Staff read what came: one-time link, list, filters, search, one application, export.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { binary, Server } from './support/server.mjs';

let server;
let staff;
before(async () => {
  server = await Server.start({ demo: 120 });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
});

test('the list shows fifty, and the next page goes on', async () => {
  await staff.goto(`${server.address}/staff`);
  assert.equal(await staff.locator('tbody tr').count(), 50);
  const first = await staff.locator('tbody tr').first().innerText();
  await staff.getByRole('link', { name: 'Older' }).click();
  assert.equal(await staff.locator('tbody tr').count(), 50);
  assert.notEqual(await staff.locator('tbody tr').first().innerText(), first);
  await staff.getByRole('link', { name: 'Newer' }).click();
  assert.equal(await staff.locator('tbody tr').first().innerText(), first);
});

test('filters stand in the address and can be taken off one by one', async () => {
  await staff.goto(`${server.address}/staff`);
  await staff.locator('#filter-state').selectOption('submitted');
  await staff.locator('#filter-area').selectOption('robustness');
  await staff.getByRole('button', { name: 'Apply filters' }).click();
  assert.equal(new URL(staff.url()).searchParams.get('q'), 'state:submitted area:robustness');
  for (const row of await staff.locator('tbody tr').all()) assert.match(await row.innerText(), /Submitted/);
  assert.equal(await staff.locator('.chip').count(), 2);
  await staff.locator('.chip').first().click();
  assert.equal(await staff.locator('.chip').count(), 1);
});

test('a fresh submission is listed at once and found by its words within seconds', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'fresh@example.org', project_description: 'We count xylographic pangolins in prompts.' });
  await submit(page);
  await page.waitForURL(/\/application\//);
  const reference = /RA-[0-9A-Z-]+/.exec(await page.locator('.confirmation__reference').innerText())[0];
  await page.end();
  await staff.goto(`${server.address}/staff`);
  assert.match(await staff.locator('tbody tr').first().innerText(), new RegExp(reference));
  let found = '';
  for (let i = 0; i < 20 && !found.includes(reference); ++i) {
    await staff.goto(`${server.address}/staff?q=xylographic+pangolins`);
    found = await staff.locator('main').innerText();
    if (!found.includes(reference)) await staff.waitForTimeout(200);
  }
  assert.ok(found.includes(reference));
  await staff.getByRole('link', { name: 'Wanjiru Otieno' }).first().click();
  await staff.locator('#opened').waitFor();
  const text = await staff.locator('main').innerText();
  for (const part of [reference, 'xylographic pangolins', 'Kenya', 'Timeline', 'US$5,000', '6 months', '2 people', 'Accepted', 'fresh@example.org']) assert.ok(text.includes(part), part);
});

test('who is signed in can fill in the public form too: autosave, its link, and the submission', async () => {
  const page = await staff.context().newPage();
  await page.goto(`${server.address}/apply`);
  await page.locator('[name="first_name"]').fill('Wanjiru');
  await page.waitForURL(/\/draft\//);
  await page.locator('button[name="_action"][value="save"]').first().click();
  await page.waitForURL(/\/saved$/);
  await page.goto(page.url().replace('/saved', ''));
  await fill(page, { email: 'by-staff@example.org' });
  await submit(page);
  await page.waitForURL(/\/application\//);
  assert.match(await page.locator('.confirmation__reference').innerText(), /RA-[0-9A-Z-]+/);
  // Straight from the stored form, too, as a browser without script posts it.
  await page.close();
  const posted = await staff.request.post(`${server.address}/apply`, { headers: { Origin: server.address }, form: { _action: 'save', first_name: 'Amina' } });
  assert.match(posted.url(), /\/draft\/[^/]+\/saved$/);
  // The session itself is still guarded by its token.
  const forged = await staff.request.post(`${server.address}/staff/log-out`, { headers: { Origin: server.address }, form: {} });
  assert.equal(forged.status(), 403);
});

test('export streams every application as CSV and as JSON Lines', async () => {
  const csv = await (await staff.request.get(`${server.address}/staff/export?format=csv`)).text();
  assert.ok(csv.trimEnd().split('\r\n').length >= 121);
  assert.match(csv, /^reference,state,submitted_at/);
  const lines = (await (await staff.request.get(`${server.address}/staff/export?format=jsonl`)).text()).trimEnd().split('\n');
  assert.equal(lines.length, 122);
  assert.ok(JSON.parse(lines[0]).answers.email);
});

test('nobody else sees any of it', async () => {
  const stranger = await openPage(server);
  for (const path of ['/staff', '/staff/export?format=csv', '/staff/applications/RA-0000-00000']) {
    assert.equal((await stranger.request.get(`${server.address}${path}`)).status(), 404, path);
  }
  await stranger.end();
});

test('the link opened one session and no second one', async () => {
  const other = await openPage(server);
  await other.goto(server.staffLink);
  if (await other.locator('main button').count() > 0) await other.locator('main button').first().click();
  assert.notEqual(new URL(other.url()).pathname, '/staff');
  await other.end();
});

test('at 1,200 px every row is one line under its own column, with a short date', async () => {
  await staff.setViewportSize({ width: 1200, height: 800 });
  await staff.goto(`${server.address}/staff`);
  await noSidewaysScroll(staff);
  const heights = await staff.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
  assert.ok(Math.max(...heights) <= 30, `${Math.max(...heights)} px`);
  const [heads, cells] = await Promise.all(['thead th', 'tbody tr:first-child > *'].map((cell) => staff.locator(cell).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().x))));
  assert.deepEqual(cells, heads);
  for (const time of await staff.locator('tbody time').all()) {
    assert.match(await time.innerText(), /^\d{1,2} \p{L}{3,4}( \d{4})?$/u);
    assert.match(await time.getAttribute('title'), /\d{4}, \d\d:\d\d/);
  }
  await staff.setViewportSize({ width: 1280, height: 900 });
});

test('on a narrow screen the filters open when asked, and narrow the list', async () => {
  await staff.setViewportSize({ width: 320, height: 640 });
  await staff.goto(`${server.address}/staff`);
  assert.equal(await staff.locator('#filter-state').isVisible(), false);
  await staff.getByRole('button', { name: 'Filter applications' }).click();
  await noSidewaysScroll(staff);
  await staff.locator('#filter-state').selectOption('declined');
  await staff.getByRole('button', { name: 'Apply filters' }).click();
  await staff.waitForURL(/q=state%3Adeclined/);
  for (const row of await staff.locator('tbody tr').all()) assert.match(await row.innerText(), /Declined/);
  await staff.setViewportSize({ width: 1280, height: 900 });
});

test('at 320 px nothing scrolls sideways', async () => {
  await staff.setViewportSize({ width: 320, height: 640 });
  await staff.goto(`${server.address}/staff`);
  await noSidewaysScroll(staff);
  await staff.locator('tbody a').first().click();
  await noSidewaysScroll(staff);
  await staff.setViewportSize({ width: 1280, height: 900 });
});

test('`bursary staff link` opens another session while the server runs', async () => {
  const printed = spawnSync(binary, ['staff', 'link', '--data', server.data, '--public-address', server.address], { encoding: 'utf8' });
  assert.equal(printed.status, 0, printed.stderr);
  const other = await openStaff(server, { link: printed.stdout.trim() });
  await other.end();
});
