// A person applies: with JavaScript and without, by keyboard alone, at 320 px, in Spanish.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answers, fill, submit } from './support/application.mjs';
import { browser, closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { Server } from './support/server.mjs';

let server;
before(async () => { server = await Server.start(); });
after(async () => {
  await closeBrowser();
  assert.equal(await server.stop(), 0);
});

const REFERENCE = /RA-[0-9A-Z]{4}-[0-9A-Z]{5}/;

async function expectConfirmation(page) {
  await page.waitForURL(/\/application\//);
  assert.match(await page.locator('.confirmation__reference').innerText(), REFERENCE);
  const again = await page.reload();
  assert.equal(again.status(), 200, 'the confirmation can be bookmarked');
  assert.match(await page.locator('main').innerText(), /Wanjiru/);
}

test('with JavaScript', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page);
  await submit(page);
  await expectConfirmation(page);
  await page.end();
});

test('without JavaScript', async () => {
  const page = await openPage(server, { javaScriptEnabled: false });
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'noscript@example.org' });
  await submit(page);
  await expectConfirmation(page);
  await page.end();
});

test('at 320 px', async () => {
  const page = await openPage(server, { viewport: { width: 320, height: 640 } });
  for (const path of ['/', '/apply', '/policy', '/countries', '/questions', '/search?q=policy', '/log-in']) {
    await page.goto(`${server.address}${path}`);
    await noSidewaysScroll(page);
  }
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'narrow@example.org' });
  await noSidewaysScroll(page);
  await submit(page);
  await expectConfirmation(page);
  await noSidewaysScroll(page);
  await page.end();
});

test('in Spanish, by the language of the browser', async () => {
  const page = await openPage(server, { locale: 'es-MX' });
  await page.goto(`${server.address}/apply`);
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await submit(page);
  const summary = await page.locator('.error-summary').innerText();
  assert.doesNotMatch(summary, /Enter|Choose|There is a problem/);
  await fill(page, { email: 'lucia@example.org', country: 'Kenia' });
  await submit(page);
  await page.waitForURL(/\/application\//);
  assert.match(await page.locator('.confirmation__reference').innerText(), REFERENCE);
  await page.end();
});

test('by the switch the language stays', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/`);
  await page.getByRole('link', { name: 'Español' }).first().click();
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await page.goto(`${server.address}/apply`);
  assert.equal(await page.getAttribute('html', 'lang'), 'es');
  await page.end();
});

test('with the keyboard alone', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  const typed = { ...answers, email: 'keys@example.org' };
  const wanted = new Map(Object.entries(typed));
  const boxes = new Set(['research_areas=robustness', 'model_types=natural-language']);
  let submitted = false;
  for (let step = 0; step < 200 && !submitted; ++step) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      return { name: e.name, value: e.value, type: e.type, combobox: e.getAttribute('role') === 'combobox' && e.name !== 'institution', label: e.textContent };
    });
    if (at.combobox || (at.name === 'country' && at.type === 'select-one')) {
      await page.keyboard.type('Kenya', { delay: 5 });
      if (at.combobox) {
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
      }
    } else if (wanted.has(at.name)) {
      await page.keyboard.type(wanted.get(at.name));
      wanted.delete(at.name);
    } else if (at.type === 'checkbox' && (boxes.has(`${at.name}=${at.value}`) || at.name.startsWith('accept_'))) {
      await page.keyboard.press('Space');
    } else if (at.name === '_action' && at.value === 'submit') {
      await page.keyboard.press('Enter');
      submitted = true;
    }
  }
  assert.ok(submitted, 'the keyboard reaches Submit');
  await expectConfirmation(page);
  await page.end();
});

test('an empty form says what is missing, in the words beside each field', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await openPage(server, { javaScriptEnabled });
    await page.goto(`${server.address}/apply`);
    await submit(page);
    await page.waitForSelector('.error-summary');
    assert.match(await page.title(), /^Error: /);
    const links = await page.locator('.error-summary__list a').all();
    assert.ok(links.length >= 12, `${links.length} problems`);
    for (const link of links) {
      const target = (await link.getAttribute('href')).replace(/^.*#/, '');
      const field = page.locator(`.field:has([id="${target}"])`).first();
      const beside = (await field.locator('.field__error').first().innerText()).replace(/^Error:\s*/, '');
      assert.equal((await link.innerText()).trim(), beside.trim());
    }
    await page.end();
  }
});

test('a double click is one application', async () => {
  const staff = await openStaff(server);
  const listed = async () => {
    await staff.goto(`${server.address}/staff`);
    return staff.locator('tbody tr').count();
  };
  const before = await listed();
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'twice@example.org' });
  await page.locator('button[name="_action"][value="submit"]').dblclick();
  await expectConfirmation(page);
  assert.equal(await listed(), before + 1);
  await page.end();
  await staff.end();
});

test('the browser is one that exists', async () => assert.ok((await browser()).version()));
