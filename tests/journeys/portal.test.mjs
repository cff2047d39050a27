// What an applicant does after sending: changes what was asked for, withdraws, begins another from it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { codeIn, mailTo } from './support/maildir.mjs';
import { Server } from './support/server.mjs';

let server, staff;
before(async () => {
  server = await Server.start();
  staff = await openStaff(server);
});
after(async () => {
  await staff?.end();
  await closeBrowser();
  await server.stop();
});

const shown = (page) => page.locator('main').innerText();

async function apply(page, email) {
  await page.goto(`${server.address}/apply`);
  await fill(page, { email });
  await submit(page);
  await page.waitForURL(/\/application\//);
  return page.locator('.confirmation__reference strong').innerText();
}

async function askForChanges(reference, what) {
  await staff.goto(`${server.address}/staff/applications/${reference}/screening`);
  await staff.getByText('Ask for changes', { exact: false }).first().click();
  await staff.locator('#changes').fill(what);
  await staff.locator('button[value="return"]').click();
  await staff.waitForURL(/screening/);
}

test('changes are asked for, made and sent again, from my applications', async () => {
  const page = await openPage(server);
  const reference = await apply(page, 'ada@example.org');
  await askForChanges(reference, 'Please say who watches over the annotators.');
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill('ada@example.org');
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL(/\/log-in\/code$/);
  await page.locator('#code').fill(codeIn(await mailTo(server, 'ada@example.org', 1, /type this code/)));
  await page.locator('main form button').click();
  await page.waitForURL(/\/my$/);
  for (let look = 0; look < 50 && !(await shown(page)).includes(reference); ++look) {
    await page.waitForTimeout(100);
    await page.reload();
  }
  assert.match(await shown(page), /Returned to you/);
  assert.match(await shown(page), /1 thing waits for you/);
  await page.getByRole('link', { name: reference, exact: true }).click();
  assert.match(await shown(page), /who watches over the annotators/);
  await page.getByRole('button', { name: 'Make the changes' }).click();
  await page.waitForURL(/\/draft$/);
  const description = page.locator('[name="project_description"]');
  assert.match(await description.inputValue(), /small changes of wording/);
  await description.fill('We ask which small changes of wording flip the answers; two supervisors watch over the annotators.');
  await submit(page);
  await page.waitForURL(/\/my\/applications\/\d+\?done=submitted/);
  assert.match(await shown(page), new RegExp(reference));
  assert.doesNotMatch(await shown(page), /waits for you/);
  await page.getByRole('link', { name: 'Submission 2', exact: true }).click();
  assert.match(await shown(page), /two supervisors watch/);
  await staff.goto(`${server.address}/staff/applications/${reference}`);
  assert.match(await shown(staff), /two supervisors watch/);
  assert.match(await shown(staff), /Submitted again, changed/);
  await page.end();
});

test('changes are begun, given up, and what was sent stays', async () => {
  const page = await openPage(server, { javaScriptEnabled: false });
  await apply(page, 'bo@example.org');
  await page.getByRole('button', { name: 'Change my answers' }).click();
  await page.waitForURL(/\/draft\//);
  await page.locator('[name="project_description"]').fill('Something else.');
  await page.locator('button[name="_action"][value="save"]').click();
  await page.waitForURL(/\/saved/);
  await page.goto(page.url().replace('/draft/', '/application/').replace(/\/saved.*/, ''));
  assert.doesNotMatch(await shown(page), /Something else/);
  await page.getByRole('button', { name: 'Give my changes up' }).click();
  await page.waitForURL(/done=changes_dropped/);
  assert.match(await shown(page), /What you had submitted stays/);
  await page.end();
});

test('an application is withdrawn, and another begun from it, at 320 px', async () => {
  const page = await openPage(server, { viewport: { width: 320, height: 700 } });
  const reference = await apply(page, 'cy@example.org');
  const application = page.url();
  await page.getByText('Withdraw this application').click();
  await noSidewaysScroll(page);
  await page.getByRole('button', { name: 'Withdraw it' }).click();
  await page.waitForURL(/done=withdrawn/);
  assert.match(await shown(page), /Withdrawn/);
  assert.equal(await page.getByRole('button', { name: 'Change my answers' }).count(), 0);
  await staff.goto(`${server.address}/staff/applications/${reference}`);
  assert.match(await shown(staff), /Withdrawn/);
  await page.goto(application);
  await page.getByRole('button', { name: 'Begin another application from this one' }).click();
  await page.waitForURL(/\/draft\//);
  assert.match(await page.locator('[name="project_description"]').inputValue(), /small changes of wording/);
  assert.equal(await page.locator('[name="accept_policy"]').isChecked(), false);
  await page.end();
});
