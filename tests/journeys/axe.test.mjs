// axe-core finds nothing on any page in any state: empty, with errors, filled, with long text; light, dark, forced colours.
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { withAuthenticator } from './support/authenticator.mjs';
import { cleanEverywhere, expectClean, THEMES } from './support/axe.mjs';
import { closeBrowser, openPage, openStaff } from './support/browser.mjs';
import { codeIn, mailTo } from './support/maildir.mjs';
import { binary, Server } from './support/server.mjs';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen '.repeat(40);

// Each opens once, and the newest alone.
const newLink = () => execFileSync(binary, ['staff', 'link', '--data', server.data, '--public-address', server.address], { encoding: 'utf8' }).trim();

let server;
before(async () => { server = await Server.start({ demo: 60 }); });
after(async () => {
  await closeBrowser();
  await server.stop();
});

const PAGES = ['/', '/apply', '/policy', '/countries', '/countries?q=kenya', '/questions', '/privacy', '/terms', '/search?q=policy', '/search?q=nothinglikethis', '/log-in', '/sign-up',
  '/receipt', '/no-such-page', '/about', '/transparency', '/api'];

for (const [theme, options] of Object.entries(THEMES)) {
  test(`public pages, ${theme}`, async () => {
    const page = await openPage(server, options);
    for (const path of PAGES) {
      await page.goto(`${server.address}${path}`);
      await expectClean(page, theme);
    }
    await page.end();
  });

  test(`the form: errors, filled, long text, draft, check, confirmation, ${theme}`, async () => {
    const page = await openPage(server, options);
    await page.goto(`${server.address}/apply`);
    await submit(page);
    await page.waitForSelector('.error-summary');
    await expectClean(page, `${theme}, errors`);
    await fill(page, { project_description: LONG, first_name: LONG.slice(0, 190), email: `${theme}@example.org` });
    await page.locator('input[name="models"]').first().check();
    await expectClean(page, `${theme}, filled with long text`);
    await page.locator('textarea[name="model_reason"]').fill('It is the only one with the base distribution.');
    await page.locator('button[name="_action"][value="save"]').click();
    await page.waitForURL(/\/draft\//);
    await expectClean(page, `${theme}, draft`);
    await page.goto(page.url().replace(/[?#].*$/, '').replace(/(\/draft\/[^/]+).*/, '$1/check'));
    await expectClean(page, `${theme}, check`);
    await page.locator('button[value="submit"]').click();
    await page.waitForURL(/\/application\//);
    await expectClean(page, `${theme}, confirmation`);
    await page.end();
  });
}

test('logging in and what is one\'s own, light, dark and forced colours', async () => {
  const page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'own@example.org' });
  await page.locator('button[name="_action"][value="save"]').click();
  await page.waitForURL(/\/draft\//);
  const everywhere = (what) => cleanEverywhere(page, what);
  const press = () => page.locator('main form button').first().click();
  await page.goto(`${server.address}/log-in/code`);
  await everywhere('no code was asked for');
  await page.goto(`${server.address}/log-in/link/unknown`);
  await everywhere('no such link');
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill(LONG.slice(0, 300));
  await press();
  await page.waitForSelector('.error-summary');
  await everywhere('no address');
  await page.locator('#email').fill('own@example.org');
  await press();
  await page.waitForURL(/\/code$/);
  await everywhere('the code');
  await page.locator('#code').fill('ZZZZZZ');
  await press();
  await page.waitForSelector('.error-summary');
  await everywhere('a wrong code');
  await page.locator('#code').fill(codeIn(await mailTo(server, 'own@example.org')));
  await press();
  await page.waitForURL(/\/my$/);
  await everywhere('my applications');
  await page.end();
});

test('ways in, one\'s own account and people, light, dark and forced colours', async () => {
  const staff = await openStaff(server, { link: newLink() });
  await withAuthenticator(staff);
  const everywhere = (what) => cleanEverywhere(staff, what);
  const go = (path) => staff.goto(`${server.address}${path}`);
  await go('/my/account');
  await everywhere('an empty account');
  await staff.locator('#name').fill(LONG.slice(0, 190));
  await staff.getByRole('button', { name: 'Save' }).click();
  await staff.waitForURL(/done=name/);
  await staff.getByRole('button', { name: 'Add a passkey' }).click();
  await staff.waitForURL(/done=passkey/);
  await everywhere('an account with a passkey');
  await staff.locator('#email').fill('no address');
  await staff.getByRole('button', { name: 'Send a code there' }).click();
  await staff.waitForSelector('.error-summary');
  await everywhere('an address that is none');
  await staff.getByRole('button', { name: 'Set up' }).click();
  await everywhere('an app for codes');
  await staff.locator('main form button[type=submit]').click();
  await staff.waitForSelector('.error-summary');
  await everywhere('no password');
  await go('/confirm');
  await everywhere('asked once more');
  for (const [path, what] of [['/staff/audit', 'what was done'], ['/staff/audit?who=nobody@example.org&from=never', 'filters that cannot be read'],
    ['/staff/privacy', 'personal data'], ['/staff/privacy?who=nobody@example.org', 'nobody found'], ['/my/data', 'my data'], ['/data-erased', 'everything erased']]) {
    await go(path);
    await everywhere(what);
  }
  await go('/staff/people');
  await everywhere('people');
  await staff.getByRole('button', { name: 'Send the invitation' }).click();
  await staff.waitForSelector('.error-summary');
  await everywhere('nobody invited');
  await staff.locator('#email').fill('somebody@example.org');
  await staff.getByRole('button', { name: 'Send the invitation' }).click();
  await staff.waitForURL(/done=invited/);
  await everywhere('somebody invited');
  await staff.context().clearCookies();
  await go('/staff/sign-in');
  await everywhere('signing in');
  await staff.locator('main form button[type=submit]').click();
  await staff.waitForSelector('.error-summary');
  await everywhere('a wrong password');
  await go('/staff/sign-in/code');
  await everywhere('no code is awaited');
  await go('/staff/invitation/nothing');
  await everywhere('no such invitation');
  await staff.end();
});

test('the console, light, dark and forced colours', async () => {
  const link = newLink();
  const stranger = await openPage(server);
  await stranger.goto(link);
  await expectClean(stranger, 'staff link');
  await stranger.end();
  const staff = await openStaff(server, { link });
  for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', forcedColors: 'active' }]) {
    await staff.emulateMedia(media);
    for (const path of ['/staff', '/staff?state=submitted&country=KE', '/staff?q=nothinglikethis', '/staff?state=wrong']) {
      await staff.goto(`${server.address}${path}`);
      await expectClean(staff, JSON.stringify(media));
    }
    await staff.goto(`${server.address}/staff`);
    await staff.locator('tbody a').first().click();
    await staff.waitForURL(/open=/); // it stands beside the list
    await expectClean(staff, JSON.stringify(media));
  }
  await staff.end();
});
