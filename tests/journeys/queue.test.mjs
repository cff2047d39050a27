// Triage: the query with its mistakes, counts, kept lists, columns, the keyboard alone, one application beside the list, and acts on many.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { Server } from './support/server.mjs';

let server;
let staff;
const list = (query = '') => `${server.address}/staff${query && `?q=${encodeURIComponent(query)}`}`;
const queryOf = (page) => new URL(page.url()).searchParams.get('q');
const total = (page) => page.locator('.queue__total').innerText();

before(async () => {
  server = await Server.start({ demo: 130 });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
});

test('a mistake is marked at its characters, and its correction is one click away', async () => {
  await staff.goto(list('contry:KE state:submited alignment'));
  const marks = await staff.locator('.query__marked mark').allInnerTexts();
  assert.deepEqual(marks, ['contry', 'submited']);
  assert.match(await staff.locator('#query-problems').innerText(), /Did you mean “country”\?/);
  await staff.locator('#query-problems a').first().click();
  assert.equal(queryOf(staff), 'country:KE state:submited alignment');
  await staff.locator('#query-problems a').first().click();
  assert.equal(queryOf(staff), 'country:KE state:submitted alignment');
  assert.equal(await staff.locator('#query-problems').count(), 0);
  await noSidewaysScroll(staff);
});

test('a query of ten thousand terms, and one that means to be something else, get a kind page', async () => {
  // As long as an address may be: 8 KB. Beyond that the server says 431 before it reads on.
  await staff.goto(list('word '.repeat(500)));
  assert.match(await staff.locator('#query-problems').innerText(), /parts at most/);
  await staff.goto(list('('.repeat(500)));
  assert.match(await staff.locator('#query-problems').innerText(), /Brackets/);
  await staff.goto(list(`area:"'; drop table application; --" x`));
  assert.match(await staff.locator('#query-problems').innerText(), /is no value of “area”/);
  const long = await staff.request.get(list('word '.repeat(10_000)));
  assert.ok([200, 414, 431].includes(long.status()), String(long.status()));
});

test('boxes and links of old become the query, and the query stays what it was besides', async () => {
  await staff.goto(list('submitted:>2020-01-01 -flag:honeypot'));
  await staff.locator('#filter-state').selectOption('declined');
  await staff.getByRole('button', { name: 'Apply filters' }).click();
  assert.equal(queryOf(staff), 'submitted:>2020-01-01 -flag:honeypot state:declined');
  await staff.goto(`${server.address}/staff?state=submitted&country=&from=2026-01-01&until=2026-12-31`);
  assert.equal(queryOf(staff), 'state:submitted submitted:2026-01-01..2026-12-31');
  await staff.locator('#filter-state').selectOption('');
  await staff.getByRole('button', { name: 'Apply filters' }).click();
  assert.equal(queryOf(staff), 'submitted:2026-01-01..2026-12-31');
});

test('what is chosen in a box while counts are on their way stays chosen', async () => {
  let come;
  const wanted = new Promise((resolve) => { come = resolve; });
  await staff.route('**/staff/counts*', async (route) => { await wanted; await route.continue(); });
  await staff.goto(list('model'));
  await staff.locator('#filter-state').selectOption('declined');
  await staff.locator('h1').click();
  const counted = staff.waitForResponse(/\/staff\/counts/);
  come();
  await (await counted).finished();
  await staff.waitForFunction(() => /\d/.test(document.querySelector('.queue__total').innerText));
  assert.match(await staff.locator('#filter-state option[value="declined"]').innerText(), /\(\d+\)/);
  await staff.getByRole('button', { name: 'Apply filters' }).click();
  assert.equal(queryOf(staff), 'model state:declined');
  await staff.unroute('**/staff/counts*');
});

test('counts stand in the boxes, those that take longer come after the list, and each is what its filter finds', async () => {
  await staff.goto(list());
  assert.equal(await total(staff), '130 applications');
  const label = await staff.locator('#filter-state option[value="declined"]').innerText();
  const declined = Number(/\((\d+)\)/.exec(label)[1]);
  await staff.goto(list('state:declined'));
  assert.equal(await total(staff), `${declined} applications`);
  // Words are counted by the page that comes after.
  await staff.goto(list('model'));
  await staff.waitForFunction(() => /\d/.test(document.querySelector('.queue__total').innerText));
  const found = Number(/\d+/.exec(await total(staff))[0]);
  assert.ok(found > 0);
  const sum = (await staff.locator('#filter-state option').allInnerTexts()).reduce((all, text) => all + Number(/\((\d+)\)/.exec(text)?.[1] ?? 0), 0);
  assert.equal(sum, found);
});

test('without script everything is there: query, boxes, counts, an application beside the list, acts and taking back', async () => {
  const plain = await openPage(server, { javaScriptEnabled: false });
  await plain.context().addCookies(await staff.context().cookies());
  await plain.goto(list('model'));
  await plain.getByRole('link', { name: 'Count them' }).click();
  assert.match(await total(plain), /\d+ applications?/);
  await plain.goto(list('state:submitted'));
  const first = plain.locator('tbody tr').first();
  const reference = (await first.getAttribute('id')).slice(4);
  await first.locator('input[type=checkbox]').check();
  await plain.locator('#act').selectOption('screen');
  await plain.getByRole('button', { name: 'Do it' }).click();
  assert.match(plain.url(), /\/staff\/bulk\/\d+$/);
  assert.match(await plain.locator('main').innerText(), /Finished: 1 application\s+1 done/);
  await plain.getByRole('button', { name: 'Take it back' }).click();
  assert.match(await plain.locator('main').innerText(), /1 taken back/);
  await plain.goto(`${list('state:submitted')}&open=${reference}`);
  assert.ok((await plain.locator('#pane').innerText()).includes(reference));
  await plain.getByRole('link', { name: 'Close' }).click();
  assert.equal(await plain.locator('#opened').count(), 0);
  await plain.end();
});

test('by keyboard alone: move, tick, act, go to a list, and nothing while somebody types', async () => {
  await staff.goto(list('state:submitted'));
  const before = Number(/\d+/.exec(await total(staff))[0]);
  for (const key of ['j', 'x', 'j', 'x']) await staff.keyboard.press(key);
  assert.equal(await staff.locator('[data-selected]').innerText(), '2 selected');
  await staff.keyboard.press('a');
  assert.equal(await staff.evaluate(() => document.activeElement.id), 'act');
  await staff.locator('#act').selectOption('screen');
  await staff.keyboard.press('Tab');
  await staff.keyboard.press('Enter');
  await staff.locator('#bulk-told').waitFor();
  assert.match(await staff.locator('#bulk-told').innerText(), /2 done/);
  await staff.keyboard.press('g');
  await staff.keyboard.press('m');
  await staff.waitForURL(/assigned%3Ame/);
  await staff.goto(list('state:submitted'));
  assert.equal(Number(/\d+/.exec(await total(staff))[0]), before - 2);
  await staff.keyboard.press('/');
  assert.equal(await staff.evaluate(() => document.activeElement.id), 'q');
  await staff.keyboard.type('jxa?');
  assert.equal(await staff.locator('#q').inputValue(), 'state:submittedjxa?');
  assert.equal(await staff.locator('tr[aria-current]').count(), 0);
});

test('keys that are turned off do nothing', async () => {
  await staff.goto(list());
  await staff.keyboard.press('?');
  await staff.locator('#keys-on').uncheck();
  await staff.getByRole('button', { name: 'Close' }).first().click();
  await staff.keyboard.press('j');
  assert.equal(await staff.locator('tr[aria-current]').count(), 0);
  await staff.locator('[popovertarget="keys"]').first().click();
  await staff.locator('#keys-on').check();
});

test('Shift ticks a stretch, the head ticks the page, and "all that match" is said before it is done', async () => {
  await staff.goto(list());
  const boxes = staff.locator('input[name="row"]');
  await boxes.nth(1).click();
  await boxes.nth(5).click({ modifiers: ['Shift'] });
  assert.equal(await staff.locator('[data-selected]').innerText(), '5 selected');
  await staff.locator('[data-select-page]').check();
  assert.equal(await staff.locator('[data-selected]').innerText(), '50 selected');
  await staff.goto(list('state:submitted'));
  const all = Number(/\d+/.exec(await total(staff))[0]);
  await staff.locator('#bulk-all').check();
  assert.equal(await staff.locator('[data-selected]').innerText(), `All ${all} that match`);
  const value = await staff.locator('#act option', { hasText: 'Give to Administrator' }).getAttribute('value');
  await staff.locator('#act').selectOption(value);
  await staff.locator('#bulk button').click();
  await staff.locator('#bulk-told').waitFor();
  assert.match(await staff.locator('#bulk-told').innerText(), new RegExp(`${all} done`));
  await staff.goto(list('assigned:me'));
  assert.equal(await total(staff), `${all} applications`);
  // And back, by the button that the result brings.
  await staff.goto(list('state:submitted assigned:me'));
  await staff.locator('#bulk-all').check();
  await staff.locator('#act').selectOption('assign:');
  await staff.locator('#bulk button').click();
  await staff.locator('#bulk-told').waitFor();
  await staff.getByRole('button', { name: 'Take it back' }).click();
  assert.match(await staff.locator('main').innerText(), new RegExp(`${all} taken back`));
  await staff.goto(list('assigned:me'));
  assert.equal(await total(staff), `${all} applications`);
});

test('what a colleague changed meanwhile is left alone and told', async () => {
  await staff.goto(list('state:submitted'));
  const other = await staff.context().newPage();
  await other.goto(list('state:submitted'));
  for (const page of [staff, other]) {
    await page.locator('input[name="row"]').first().check();
    await page.locator('#act').selectOption('screen');
  }
  await other.locator('#bulk button').click();
  await other.locator('#bulk-told').waitFor();
  assert.match(await other.locator('#bulk-told').innerText(), /1 done/);
  await staff.locator('#bulk button').click();
  await staff.locator('#bulk-told').waitFor();
  assert.match(await staff.locator('#bulk-told').innerText(), /1 changed meanwhile and was left alone/);
  await other.close();
});

test('on a wide screen an application opens beside the list; focus, scroll and address follow', async () => {
  await staff.goto(list());
  for (let i = 0; i < 12; ++i) await staff.keyboard.press('j');
  const reference = (await staff.locator('tr[aria-current]').getAttribute('id')).slice(4);
  const scrolled = await staff.evaluate(() => scrollY);
  await staff.keyboard.press('Enter');
  await staff.locator('#opened').waitFor();
  assert.ok((await staff.locator('#pane').innerText()).includes(reference));
  assert.equal(new URL(staff.url()).searchParams.get('open'), reference);
  assert.equal(await staff.locator(`#row-${reference} a`).evaluate((link) => link === document.activeElement), true);
  await staff.keyboard.press('j');
  await staff.keyboard.press('Enter');
  await staff.waitForFunction((old) => !document.querySelector('#opened-title').innerText.includes(old), reference);
  await staff.goBack();
  await staff.waitForFunction((old) => document.querySelector('#opened-title')?.innerText.includes(old), reference);
  assert.ok(Math.abs(await staff.evaluate(() => scrollY) - scrolled) < 400);
  await staff.reload();
  assert.ok((await staff.locator('#pane').innerText()).includes(reference));
  // An act on it: the pane and the list show what became of it, and the focus stays where it was.
  await staff.locator(`#row-${reference} input`).check();
  await staff.locator('#act').focus();
  await staff.locator('#act').selectOption('assign:');
  await staff.locator('#bulk button').click();
  await staff.locator('#bulk-told').waitFor();
  assert.ok((await staff.locator('#pane').innerText()).includes(reference));
  assert.equal(await staff.evaluate(() => document.activeElement.closest('#bulk') !== null), true);
  await noSidewaysScroll(staff);
  await staff.getByRole('link', { name: 'Close' }).click();
  assert.equal(await staff.locator('#pane').isVisible(), false);
  assert.equal(new URL(staff.url()).searchParams.get('open'), null);
});

test('at 320 px it opens as a page of its own, and nothing scrolls sideways', async () => {
  await staff.setViewportSize({ width: 320, height: 700 });
  await staff.goto(list('state:submitted'));
  await noSidewaysScroll(staff);
  for (const panel of await staff.locator('.views__keep summary').all()) {
    await panel.click();
    await noSidewaysScroll(staff);
  }
  const reference = (await staff.locator('tbody tr').first().getAttribute('id')).slice(4);
  await staff.locator('tbody th a').first().click();
  await staff.waitForURL(new RegExp(`/staff/applications/${reference}$`));
  await staff.goto(`${list('state:submitted')}&open=${reference}`);
  await noSidewaysScroll(staff);
  await staff.setViewportSize({ width: 1280, height: 900 });
});

test('a list is kept, shared, renamed and deleted; it counts as it goes', async () => {
  await staff.goto(list('country:KE'));
  const kenya = await total(staff);
  await staff.getByText('Keep this list').click();
  await staff.getByLabel('Name', { exact: true }).fill('From <Kenya> & "so on"');
  await staff.locator('#view-shared').check();
  await staff.getByRole('button', { name: 'Save' }).click();
  const link = staff.locator('.views__link[aria-current]');
  assert.match(await link.innerText(), /^From <Kenya> & "so on" \d+$/);
  assert.ok(kenya.startsWith(/\d+$/.exec(await link.innerText())[0]));
  await staff.goto(list());
  await staff.keyboard.press('g');
  await staff.keyboard.press('1');
  await staff.waitForURL(/view=/);
  assert.equal(queryOf(staff), 'country:KE');
  await staff.getByRole('link', { name: 'Manage lists' }).click();
  await staff.getByText('Rename or delete').click();
  await staff.getByLabel('Name', { exact: true }).fill('Kenya');
  await staff.locator('main').getByRole('button', { name: 'Save' }).click();
  assert.match(await staff.locator('.views-list').innerText(), /Kenya/);
  await noSidewaysScroll(staff);
  await staff.getByText('Rename or delete').click();
  await staff.getByRole('button', { name: /Delete/ }).click();
  assert.equal(await staff.locator('.views-list').count(), 0);
});

test('columns and density are each reader’s own', async () => {
  await staff.goto(list('state:submitted'));
  await staff.getByText('Columns', { exact: true }).click();
  await staff.locator('#column-amount').check();
  await staff.locator('#column-assignee').check();
  await staff.locator('#column-reference').uncheck();
  await staff.locator('#density-roomy').check();
  await staff.getByRole('button', { name: 'Show', exact: true }).click();
  assert.equal(queryOf(staff), 'state:submitted');
  const heads = (await staff.locator('thead th').allInnerTexts()).map((text) => text.trim());
  assert.ok(heads.includes('Budget') && heads.includes('Assigned to') && !heads.includes('Reference'), heads.join());
  await noSidewaysScroll(staff);
  await staff.getByText('Columns', { exact: true }).click();
  await staff.locator('#column-amount').uncheck();
  await staff.locator('#column-assignee').uncheck();
  await staff.locator('#column-reference').check();
  await staff.locator('#density-dense').check();
  await staff.getByRole('button', { name: 'Show', exact: true }).click();
});

test('acts are for those who may, with the token of their session, and on what there is', async () => {
  const headers = { Origin: server.address };
  const stranger = await openPage(server);
  assert.equal((await stranger.request.post(`${server.address}/staff/bulk`, { headers, form: { act: 'screen', all: '1', q: '', as_of: '9' } })).status(), 404);
  await stranger.end();
  const token = await staff.locator('input[name="_token"]').first().inputValue();
  const post = async (form) => (await staff.request.post(`${server.address}/staff/bulk`, { headers, form })).status();
  assert.equal(await post({ act: 'screen', row: 'x' }), 403);
  for (const form of [{ act: 'screen' }, { act: 'nonsense', row: 'x' }, { act: 'screen', row: "RA-0000'--:submitted" }, { act: 'assign:1', row: 'x' },
    { act: 'screen', all: '1', q: 'contry:KE', as_of: '9223372036854775806' }, { act: 'screen', all: '1', q: '', as_of: 'x' }]) {
    assert.equal(await post({ _token: token, ...form }), 422, JSON.stringify(form));
  }
  assert.equal((await staff.request.get(`${server.address}/staff/bulk/1`)).status(), 404);
});
