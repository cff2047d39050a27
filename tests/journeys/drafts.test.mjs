// Nothing that was typed is lost: autosave, another device, two tabs, the server killed while somebody types.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, openPage } from './support/browser.mjs';
import { Server } from './support/server.mjs';

let server;
before(async () => { server = await Server.start(); });
after(async () => {
  await closeBrowser();
  assert.equal(await server.stop(), 0);
});

const saveState = (page) => page.locator('[data-save-state]').first();
const saved = (page) => page.waitForFunction(() => /Saved \d\d:\d\d/.test(document.querySelector('[data-save-state]')?.textContent ?? ''), null, { timeout: 10_000 });

async function startDraft(page, name) {
  await page.goto(`${server.address}/apply`);
  await page.locator('[name="first_name"]').fill(name);
  await page.waitForURL(/\/draft\//, { timeout: 10_000 });
  await saved(page);
  return page.url();
}

test('a draft is saved by itself and goes on in a second profile', async () => {
  const page = await openPage(server);
  const link = await startDraft(page, 'Adaeze');
  await page.locator('[name="project_description"]').fill('Line one\nLine two: "quotes" & <tags>, 日本語, 👩‍🔬');
  await page.waitForTimeout(3000);
  await page.end();

  const other = await openPage(server);
  await other.goto(link);
  assert.equal(await other.locator('[name="first_name"]').inputValue(), 'Adaeze');
  assert.equal(await other.locator('[name="project_description"]').inputValue(), 'Line one\nLine two: "quotes" & <tags>, 日本語, 👩‍🔬');
  await fill(other, { first_name: 'Adaeze', email: 'adaeze@example.org' });
  await submit(other);
  await other.waitForURL(/\/application\//);
  await other.end();
});

test('the server is killed while somebody types: the page says so, recovers, and nothing is lost', async () => {
  const page = await openPage(server);
  const link = await startDraft(page, 'Bohdan');
  const box = page.locator('[name="project_description"]');
  await box.pressSequentially('The first half. ', { delay: 10 });
  await server.kill();
  await box.pressSequentially('The second half, typed while nobody listened.', { delay: 10 });
  await page.waitForFunction(() => /Not saved, retrying/.test(document.querySelector('[data-save-state]')?.textContent ?? ''), null, { timeout: 15_000 });
  await server.resume();
  await saved(page);
  await page.end();

  const other = await openPage(server);
  await other.goto(link);
  assert.equal(await other.locator('[name="project_description"]').inputValue(), 'The first half. The second half, typed while nobody listened.');
  await other.end();
});

test('two tabs meet a conflict that shows both texts', async () => {
  const one = await openPage(server);
  const link = await startDraft(one, 'Chiara');
  const two = await openPage(server);
  await two.goto(link);
  await one.locator('[name="project_description"]').fill('what the first tab says');
  await saved(one);
  await one.waitForTimeout(2500);
  await two.locator('[name="project_description"]').fill('what the second tab says');
  await two.waitForFunction(() => document.body.innerText.includes('what the first tab says'), null, { timeout: 10_000 });
  assert.equal(await two.locator('[name="project_description"]').inputValue(), 'what the second tab says');
  await one.end();
  await two.end();
});

test('without JavaScript: save and come back later', async () => {
  const page = await openPage(server, { javaScriptEnabled: false });
  await page.goto(`${server.address}/apply`);
  await page.locator('[name="first_name"]').fill('Dilnoza');
  await page.locator('button[name="_action"][value="save"]').click();
  assert.match(await page.locator('main').innerText(), /\/draft\//);
  const link = /https?:\/\/\S+\/draft\/[A-Za-z0-9_-]+/.exec(await page.locator('main').innerHTML())?.[0] ?? page.url();
  const other = await openPage(server, { javaScriptEnabled: false });
  await other.goto(link.replace(/^https?:\/\/[^/]+/, server.address));
  assert.equal(await other.locator('[name="first_name"]').inputValue(), 'Dilnoza');
  await page.end();
  await other.end();
});

test('a wrong link says so and gives nothing away', async () => {
  const page = await openPage(server);
  const answer = await page.goto(`${server.address}/draft/0000000000000-AAAAAAAAAAAAAAAAAAAAAA`);
  assert.equal(answer.status(), 404);
  await page.end();
});

test('the state of saving is told politely', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  assert.equal(await saveState(page).getAttribute('role'), 'status', 'a live region that waits for its turn');
  await page.end();
});
