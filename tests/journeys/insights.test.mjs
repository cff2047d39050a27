// Figures: staff see those of a rehearsal of known size, the file says what the table says, and the public page keeps small numbers back.
import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { cleanEverywhere } from './support/axe.mjs';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { Server } from './support/server.mjs';

const COUNT = 60;
const LAST_YEAR = new Date().getUTCFullYear() - 1;

let server;
let staff;
before(async () => {
  server = await Server.start({ demo: COUNT });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
});

const figure = (id) => staff.locator(`section[aria-labelledby="${id}"]`);
const rows = (place) => place.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
const csv = (text) => text.trim().split('\r\n').map((line) => line.match(/("([^"]|"")*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, '').replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')).slice(0, line.endsWith(',') ? undefined : -1));

// What was sealed is counted some seconds behind.
async function counted(step, n) {
  for (let i = 0; i < 80; ++i) {
    await staff.goto(`${server.address}/staff/insights`);
    if (await figure('funnel').locator('table').count() > 0 && (await rows(figure('funnel'))).some(([name, count]) => name === step && count === String(n))) return;
    await staff.waitForTimeout(250);
  }
  assert.fail(`${step} is not ${n}: ${await figure('funnel').innerText()}`);
}

const clean = (page) => cleanEverywhere(page, 'insights');

test('the page shows what there is, each chart with its numbers and the same as a file', async () => {
  await counted('Submitted', COUNT);
  const countries = await rows(figure('countries'));
  assert.equal(countries.reduce((sum, [, n]) => sum + Number(n), 0), COUNT);
  const database = new DatabaseSync(`${server.data}/bursary.db`, { readOnly: true });
  const held = (states) => String(database.prepare(`select count(*) as n from application where state in (${states})`).get().n);
  const funnel = Object.fromEntries(await rows(figure('funnel')));
  assert.equal(funnel.Awarded, held('5'));
  assert.equal(funnel.Declined, held('6, 11'), 'what is closed in a rehearsal was declined');
  assert.equal(funnel.Decided, held('4, 5, 6, 7, 11'));
  database.close();
  for (const id of ['funnel', 'turnaround', 'steps', 'weeks', 'months', 'areas', 'countries', 'open']) {
    const place = figure(id);
    assert.equal(await place.locator('svg.chart[role="img"] > title').count(), 1, id);
    const heads = await place.locator('thead th').allTextContents();
    const file = await staff.request.get(server.address + await place.locator('a[href*="/csv"]').getAttribute('href'));
    assert.match(file.headers()['content-disposition'], /attachment/);
    assert.deepEqual(csv(await file.text()), [heads, ...await rows(place)], id);
  }
  for (const summary of await staff.locator('.figure summary').all()) await summary.click();
  await clean(staff);
  await staff.setViewportSize({ width: 320, height: 700 });
  await noSidewaysScroll(staff);
  await staff.setViewportSize({ width: 1280, height: 900 });
});

test('what is screened is counted as such', async () => {
  await staff.goto(`${server.address}/staff?q=state:submitted`);
  await staff.locator('tbody th a').first().click();
  await staff.locator('#opened').waitFor();
  const before = (await staff.request.get(`${server.address}/staff/insights/funnel/csv`).then((file) => file.text()).then(csv)).find(([step]) => step === 'In screening')[1];
  await staff.goto(`${server.address}/staff?q=state:submitted`);
  await staff.locator('input[name="row"]').first().check();
  await staff.locator('#act').selectOption('screen');
  await staff.locator('#bulk button').click();
  await staff.locator('#bulk-told').waitFor();
  await counted('In screening', Number(before) + 1);
});

test('months without anything say so, and a stranger is told nothing', async () => {
  await staff.goto(`${server.address}/staff/insights?from=2020-01&to=2020-02`);
  assert.match(await figure('funnel').innerText(), /Nothing in these months/);
  await clean(staff);
  const stranger = await openPage(server);
  for (const path of ['/staff/insights', '/staff/insights/funnel/csv']) {
    const answer = await stranger.request.get(server.address + path, { maxRedirects: 0 });
    assert.notEqual(answer.status(), 200);
    assert.doesNotMatch(await answer.text(), /Applications,|chart__shape/);
  }
  await stranger.end();
});

// As if last year had been counted: 100 from Kenya, 60 from India, 3 from Brazil, few of them awarded.
function countLastYear() {
  const database = new DatabaseSync(`${server.data}/bursary.db`);
  database.exec('pragma busy_timeout = 10000');
  const { program } = database.prepare('select program from insight limit 1').get();
  const day = (month) => Date.UTC(LAST_YEAR, month, 1) / 86_400_000;
  const add = database.prepare('insert into insight (program, measure, day, part, bucket, n) values (?, ?, ?, ?, ?, ?)');
  add.run(program, 0, day(1), 'submitted', 0, 163);
  for (const [country, came, awarded, declined] of [['KE', 100, 30, 60], ['IN', 60, 12, 40], ['BR', 3, 1, 2]]) {
    [came, awarded, declined].forEach((n, bucket) => add.run(program, 3, day(1), country, bucket, n));
    const area = { KE: 'alignment', IN: 'robustness', BR: 'other' }[country];
    [came, awarded, declined].forEach((n, bucket) => add.run(program, 2, day(1), area, bucket, n));
  }
  database.close();
}

test('the public page keeps small numbers back, and what would tell them', async () => {
  countLastYear();
  const reader = await openPage(server);
  await reader.goto(`${server.address}/terms`);
  await reader.locator('main a[href="/transparency"]').click();
  await reader.goto(`${server.address}/transparency?year=${LAST_YEAR}`);
  const table = Object.fromEntries((await rows(reader.locator('section[aria-labelledby="regions"]'))).map(([name, ...cells]) => [name, cells]));
  assert.deepEqual(table['Latin America and the Caribbean'].slice(0, 3), ['Fewer than 5', 'Fewer than 5', 'Fewer than 5']);
  assert.deepEqual(table.Africa.slice(0, 1), ['100']);
  assert.match(await reader.locator('.summary-list').innerText(), /Applications\s+163/);
  // Six parts of the world are small: they hide each other, and nothing else need be hidden.
  assert.deepEqual(table.Asia.slice(0, 3), ['60', '12', '40']);
  await clean(reader);
  await reader.setViewportSize({ width: 320, height: 700 });
  await noSidewaysScroll(reader);
  const file = csv(await reader.request.get(server.address + await reader.locator('main a[href*="/csv"]').getAttribute('href')).then((answer) => answer.text()));
  assert.deepEqual(file.find(([, name]) => name === 'Latin America and the Caribbean').slice(2, 5), ['<5', '<5', '<5']);
  assert.deepEqual(file.find(([, name]) => name === 'Africa').slice(2, 7), ['100', '30', '60', '90', '33']);
  await reader.goto(`${server.address}/transparency?year=1999`);
  assert.match(await reader.locator('h1').innerText(), /not found/i);
  await reader.end();
});
