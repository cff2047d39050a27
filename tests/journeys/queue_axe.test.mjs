// Nobody is kept out of the queue: its pages and states by axe, in light, dark, forced colours and narrow.
import { after, before, test } from 'node:test';
import { cleanEverywhere } from './support/axe.mjs';
import { closeBrowser, openStaff } from './support/browser.mjs';
import { Server } from './support/server.mjs';

let server;
let staff;
before(async () => {
  server = await Server.start({ demo: 60 });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
  await closeBrowser();
  await server.stop();
});

const clean = (what) => cleanEverywhere(staff, what);

test('the list: full, with mistakes, empty, with an application beside it, after an act, kept, and narrow', async () => {
  const go = (path) => staff.goto(`${server.address}${path}`);
  await go('/staff');
  await clean('full');
  for (const panel of await staff.locator('.views__keep summary, .query__help summary').all()) await panel.click();
  await clean('panels');
  await go(`/staff?q=${encodeURIComponent('contry:KE state:submited "open amount:lots')}`);
  await clean('mistakes');
  await go(`/staff?q=${encodeURIComponent('country:KE amount:>900000000')}`);
  await clean('empty');
  await go('/staff');
  await staff.locator('tbody th a').first().click();
  await staff.locator('#opened').waitFor();
  await clean('beside');
  await staff.locator('input[name="row"]').first().check();
  await staff.locator('#act').selectOption('screen');
  await staff.locator('#bulk button').click();
  await staff.locator('#bulk-told').waitFor();
  await clean('acted');
  await staff.locator('#bulk-told form button').click();
  await clean('taken back');
  await go('/staff/views');
  await clean('no list kept');
  await go('/staff');
  await staff.getByText('Keep this list').click();
  await staff.getByLabel('Name', { exact: true }).fill('A name that is as long as a name may be '.repeat(2));
  await staff.getByRole('button', { name: 'Save' }).click();
  await go('/staff/views');
  await staff.getByText('Rename or delete').click();
  await clean('a list kept');
  await staff.setViewportSize({ width: 320, height: 700 });
  await go('/staff');
  await clean('narrow');
});
