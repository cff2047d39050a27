// Who reads the mail of an address may log in with it, by code or by link, and finds what is their own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, noSidewaysScroll, openPage } from './support/browser.mjs';
import { codeIn, linkIn, mailTo } from './support/maildir.mjs';
import { Server } from './support/server.mjs';

let server;
before(async () => { server = await Server.start(); });
after(async () => {
  await closeBrowser();
  await server.stop();
});

async function apply(email) {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email });
  await submit(page);
  await page.waitForURL(/\/application\//);
  const reference = await page.locator('.confirmation__reference strong').innerText();
  await page.end();
  return reference;
}

async function ask(page, email) {
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill(email);
  await page.locator('main form button').click();
  await page.waitForURL(/\/log-in\/code$/);
}

async function type(page, code) {
  await page.locator('#code').fill(code);
  await page.locator('main form button').click();
}

const shown = (page) => page.locator('main').innerText();
const reload = async (page) => { // the index job lists an address just after the commit
  for (let look = 0; look < 50 && !(await shown(page)).includes('RA-'); ++look) {
    await page.waitForTimeout(100);
    await page.reload();
  }
};

test('with a code: my applications are there, and nobody else\'s', async () => {
  const reference = await apply('Ada.Byron@example.org');
  const foreign = await apply('eve@example.org');
  const page = await openPage(server);
  await ask(page, 'ada.byron@example.org');
  const mail = await mailTo(server, 'ada.byron@example.org');
  const code = codeIn(mail).toLowerCase();
  await type(page, `${code.slice(0, 3)} ${code.slice(3)}`);
  await page.waitForURL(/\/my$/);
  await reload(page);
  assert.match(await shown(page), new RegExp(reference));
  assert.doesNotMatch(await shown(page), new RegExp(foreign));
  await page.getByRole('link', { name: reference }).click();
  assert.match(await shown(page), new RegExp(reference));
  await page.goto(`${server.address}/my`);
  await page.locator('form[action="/log-out"] button').click();
  await page.goto(`${server.address}/my`);
  assert.match(page.url(), /\/log-in$/);
  await page.end();
});

test('with a link, without script, in another browser; it works once, and looking at it changes nothing', async () => {
  const asking = await openPage(server);
  await ask(asking, 'bo@example.org');
  const link = linkIn(await mailTo(server, 'bo@example.org'), server);
  const page = await openPage(server, { javaScriptEnabled: false });
  await page.goto(link);
  await page.goto(link);
  await page.locator('main form button').click();
  await page.waitForURL(/\/my$/);
  assert.match(await shown(page), /bo@example\.org/);
  await page.goto(link);
  assert.match(await shown(page), /used already/);
  await type(asking, codeIn(await mailTo(server, 'bo@example.org')));
  assert.match(await shown(asking), /does not work any more/);
  await page.end();
  await asking.end();
});

test('a wrong code is said beside the field, and the right one still works', async () => {
  const page = await openPage(server);
  await ask(page, 'cy@example.org');
  await type(page, 'ZZZZZZ');
  await page.waitForSelector('.error-summary');
  assert.match(await page.title(), /^Error: /);
  assert.equal(await page.locator('#code').getAttribute('aria-invalid'), 'true');
  await type(page, codeIn(await mailTo(server, 'cy@example.org')));
  await page.waitForURL(/\/my$/);
  await page.end();
});

test('what is no address is said, and what was typed stays', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill('nobody at home');
  await page.locator('main form button').click();
  await page.waitForSelector('.error-summary');
  assert.equal(await page.locator('#email').inputValue(), 'nobody at home');
  await page.end();
});

test('a draft is found again, in Spanish, at 320 px', async () => {
  const page = await openPage(server, { locale: 'es', viewport: { width: 320, height: 640 } });
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'di@example.org', country: 'Kenia' });
  await page.locator('button[name="_action"][value="save"]').click();
  await page.waitForURL(/\/draft\//);
  await ask(page, 'di@example.org');
  await noSidewaysScroll(page);
  const mail = await mailTo(server, 'di@example.org');
  assert.match(mail, /escriba este código/);
  await type(page, codeIn(mail));
  await page.waitForURL(/\/my$/);
  await noSidewaysScroll(page);
  await page.getByRole('link', { name: 'Borrador de solicitud' }).click();
  await noSidewaysScroll(page);
  await page.getByRole('link', { name: 'Continuar con el borrador' }).click();
  assert.equal(await page.locator('[name="email"]').inputValue(), 'di@example.org');
  await page.end();
});

test('mail alone opens no console', async () => {
  const page = await openPage(server);
  await ask(page, 'fi@example.org');
  await type(page, codeIn(await mailTo(server, 'fi@example.org')));
  await page.waitForURL(/\/my$/);
  const answer = await page.goto(`${server.address}/staff`);
  assert.equal(answer.status(), 404);
  await page.context().close();
});
