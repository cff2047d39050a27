// html-validate over the pages as they are served: node tests/quality/html.mjs. Everything is fetched by a browser without script, so
// that what is read is what the server wrote. Public pages are found by following links; what only a person with a draft, an
// application or a staff link sees is gone to by hand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import { fill } from '../journeys/support/application.mjs';
import { closeBrowser, openPage, openStaff } from '../journeys/support/browser.mjs';
import { linkIn, mailTo } from '../journeys/support/maildir.mjs';
import { Server } from '../journeys/support/server.mjs';

const PAGES = 'build/html';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }], // as all our tags
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button'] }], // the answers to one question have one name
    'long-title': 'off', // titles are made of what a program is called
    'valid-id': ['error', { relaxed: true }], // anchors are made of headings: HTML asks only that no white space is in them
  },
});
// Firefox gives hidden inputs the values that script put there before a reload; this is what keeps it from that.
const MEANT = ['"off" cannot be used on <input type="hidden">'];

const found = [];
const seen = new Set();
async function read(response) {
  if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) return;
  if (response.status() >= 300 && response.status() < 400) return;
  const { pathname, search } = new URL(response.url());
  const name = `${response.request().method()} ${response.status()} ${pathname.replace(/[A-Za-z0-9_-]{30,}/g, '…')}${search}`;
  const html = await response.text();
  seen.add(name);
  writeFileSync(`${PAGES}/${name.replaceAll(/[^A-Za-z0-9]+/g, '_')}.html`, html);
  const report = await validator.validateString(html, name);
  for (const { messages } of report.results) {
    found.push(...messages.filter(({ message }) => !MEANT.includes(message)).map((message) => ({ name, ...message })));
  }
}

// Every page that a link on a public page leads to, in both languages.
async function crawl(server) {
  for (const locale of ['en-GB', 'es']) {
    const page = await openPage(server, { javaScriptEnabled: false, locale });
    const wanted = ['/', '/search', '/search?q=policy', '/search?q=nothinglikethis', '/countries/find?q=ken', '/receipt', '/staff/sign-in', '/transparency', '/api', '/no-such-page'];
    const done = new Set();
    for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
      if (done.has(path)) continue;
      done.add(path);
      await read(await page.goto(server.address + path));
      const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      wanted.push(...links.map((link) => link.replace(/#.*/, '')).filter((link) => link && !/^\/(draft|application|staff)\/|\.[a-z]+$/.test(link)));
    }
    await page.context().close();
  }
}

// Presses a button and reads the page that comes of it.
async function press(page, button) {
  const [response] = await Promise.all([page.waitForEvent('response', (each) => each.status() < 300 || each.status() >= 400), button.click()]);
  await page.waitForLoadState();
  await read(response);
}
const action = (page, value) => page.locator(`button[name="_action"][value="${value}"]`);

async function readAsApplicant(server) {
  const page = await openPage(server, { javaScriptEnabled: false });
  await read(await page.goto(`${server.address}/apply`));
  await press(page, action(page, 'submit'));
  await page.locator('[name="first_name"]').fill('Ama <b>"&');
  await press(page, action(page, 'save'));
  const draft = /\/draft\/[A-Za-z0-9_-]+/.exec(await page.locator('main').innerHTML())[0];
  await read(await page.goto(server.address + draft));
  const other = await page.context().newPage();
  await other.goto(server.address + draft);
  await other.locator('[name="first_name"]').fill('Kofi');
  await press(other, action(other, 'save'));
  await page.locator('[name="first_name"]').fill('Esi');
  await press(page, action(page, 'save'));
  await read(await page.goto(`${server.address}${draft}/check`));
  await read(await page.goto(server.address + draft));
  await fill(page);
  await press(page, action(page, 'check'));
  await press(page, page.locator('main button[value="submit"]'));
  const application = new URL(page.url()).pathname;
  await read(await page.goto(server.address + draft));
  await read(await page.goto(`${server.address}${application}`));
  await page.context().close();
}

async function readAsPerson(server) {
  const page = await openPage(server, { javaScriptEnabled: false });
  const pressFirst = (page) => press(page, page.locator('main form button').first());
  await read(await page.goto(`${server.address}/log-in/code`));
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill('no address');
  await pressFirst(page);
  await page.locator('#email').fill('wanjiru@example.org');
  await pressFirst(page);
  await page.locator('#code').fill('ZZZZZZ');
  await pressFirst(page);
  await page.goto(linkIn(await mailTo(server, 'wanjiru@example.org', 1, /log-in\/link\//), server));
  await read(await page.goto(page.url()));
  await pressFirst(page);
  await read(await page.goto(`${server.address}/my`));
  await page.context().close();
}

async function readAsStaff(server) {
  const stranger = await openPage(server, { javaScriptEnabled: false });
  await read(await stranger.goto(server.staffLink));
  await stranger.context().close();
  const page = await openStaff(server, { javaScriptEnabled: false });
  for (const path of ['/my/account', '/staff/people', '/confirm', '/staff/invitation/nothing', '/staff/sign-in/code', '/staff/audit', '/staff/audit?who=nobody@example.org&from=never',
    '/staff/audit?kind=erased', '/staff/privacy', '/staff/privacy?who=nobody@example.org', '/my/data', '/data-erased',
    '/staff/decisions', '/staff/decisions/many', '/staff/overdue', '/staff/messages', '/staff/messages?state=failed', '/staff/messages/templates',
    '/staff/webhooks', '/staff/insights', '/staff/insights?from=2020-01&to=2020-02']) await read(await page.goto(`${server.address}${path}`));
  for (const path of ['/staff', '/staff?state=submitted&country=KE', '/staff?q=model', '/staff?q=nothinglikethis', '/staff?state=wrong']) {
    await read(await page.goto(server.address + path));
  }
  await page.goto(`${server.address}/staff`);
  const [first] = await page.locator('tbody a').evaluateAll((all) => all.map(({ href }) => href.split('?')[0]));
  for (const place of ['screening', 'decision', 'messages']) await read(await page.goto(`${first}/${place}`));
  await page.goto(`${server.address}/staff`);
  for (const link of await page.locator('tbody a').evaluateAll((all) => all.slice(0, 8).map(({ href }) => href))) await read(await page.goto(link));
  await read(await page.goto(server.staffLink));
  await page.context().close();
}

mkdirSync(PAGES, { recursive: true });
const server = await Server.start({ demo: 60 });
try {
  await crawl(server);
  await readAsApplicant(server);
  await readAsPerson(server);
  await readAsStaff(server);
} finally {
  await closeBrowser();
  await server.stop();
}
for (const { name, line, column, ruleId, message } of found) console.log(`${name}:${line}:${column}: ${message} (${ruleId})`);
console.log(`${seen.size} pages, ${found.length} findings; the pages are in ${PAGES}/`);
process.exitCode = found.length === 0 ? 0 : 1;
