// axe-core finds nothing on any page of the applicant's portal, in any state and any colours; nothing scrolls sideways at 320 px.
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { cleanEverywhere } from './support/axe.mjs';
import { closeBrowser, openPage, openStaff } from './support/browser.mjs';
import { mailTo } from './support/maildir.mjs';
import { logIn, openInvitation } from './support/people.mjs';
import { Server } from './support/server.mjs';

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen '.repeat(5);

let server, staff, page, reference, home;
before(async () => {
  server = await Server.start();
  staff = await openStaff(server);
  page = await openPage(server);
  await page.goto(`${server.address}/apply`);
  await fill(page, { email: 'ada@example.org', first_name: LONG.slice(0, 190) });
  await submit(page);
  await page.waitForURL(/\/application\//);
  reference = await page.locator('.confirmation__reference strong').innerText();
  await logIn(server, 'ada@example.org', { page });
});
after(async () => {
  await page?.end();
  await staff?.end();
  await closeBrowser();
  await server.stop();
});

const unfold = (one) => one.locator('main details').evaluateAll((all) => all.forEach((element) => { element.open = true; }));
const send = () => page.locator('main form button[type=submit]').last().click();

test('one that was submitted: overview, submission, no messages, nobody invited', async () => {
  await cleanEverywhere(page, 'my applications');
  await page.getByRole('link', { name: reference, exact: true }).click();
  home = page.url();
  await unfold(page);
  await cleanEverywhere(page, 'overview');
  await page.getByRole('link', { name: 'Submission 1', exact: true }).click();
  await cleanEverywhere(page, 'what was submitted');
  await page.goto(`${home}/messages`);
  await cleanEverywhere(page, 'no messages but the confirmation');
  await send();
  await page.waitForSelector('.error-summary');
  await cleanEverywhere(page, 'an empty message');
  await page.goto(`${home}/people`);
  await cleanEverywhere(page, 'nobody invited');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.waitForSelector('.error-summary');
  await cleanEverywhere(page, 'an invitation to nobody');
});

test('invitations: waiting, answered, over', async () => {
  const invite = async (email) => {
    await page.goto(`${home}/people`);
    await page.getByLabel('Their e-mail address').fill(email);
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.waitForURL(/done=invited/);
  };
  await invite(`${'somebody-with-a-long-name-'.repeat(2)}@departmentofcomparativecomputationallinguistics.example.org`);
  await invite('bo@example.org');
  await invite('cy@example.org');
  const stranger = await openPage(server);
  const path = /\/together\/[A-Za-z0-9_-]+/.exec(await mailTo(server, 'cy@example.org', 1, /\/together\//))[0];
  await stranger.goto(server.address + path);
  await cleanEverywhere(stranger, 'an invitation, not logged in');
  await stranger.locator('button[value="decline"]').click();
  await cleanEverywhere(stranger, 'declined');
  await stranger.goto(server.address + path);
  await cleanEverywhere(stranger, 'an invitation that has ended');
  await stranger.end();
  const bo = await openInvitation(server, 'bo@example.org');
  await cleanEverywhere(bo, 'an invitation');
  await bo.goto(`${server.address}/my`);
  await cleanEverywhere(bo, 'an invitation waits');
  await bo.getByRole('link', { name: 'Answer the invitation' }).click();
  await bo.getByRole('button', { name: 'Accept' }).click();
  await unfold(bo);
  await cleanEverywhere(bo, 'a co-editor\'s overview');
  await bo.end();
  await page.goto(`${home}/people`);
  await unfold(page);
  await cleanEverywhere(page, 'people of each kind');
});

test('what waits: changes, a message, a draft that is edited together', async () => {
  await staff.goto(`${server.address}/staff/applications/${reference}/messages`);
  await staff.locator('#letter').fill(LONG);
  await staff.locator('main form button[type=submit]').last().click();
  await staff.goto(`${server.address}/staff/applications/${reference}/screening`);
  await staff.getByText('Ask for changes', { exact: false }).first().click();
  await staff.locator('#changes').fill(LONG);
  await staff.locator('button[value="return"]').click();
  await page.goto(`${server.address}/my`);
  await cleanEverywhere(page, 'two things wait');
  await page.goto(home);
  await cleanEverywhere(page, 'changes are asked for');
  await page.goto(`${home}/messages`);
  await cleanEverywhere(page, 'a new message');
  await page.locator('#letter').fill('Thank you, we shall see to it.');
  await send();
  await page.waitForURL(/done=sent/);
  await unfold(page);
  await cleanEverywhere(page, 'both have written');
  await page.goto(home);
  await page.getByRole('button', { name: 'Make the changes' }).click();
  await page.waitForURL(/\/draft$/);
  await cleanEverywhere(page, 'the changes');
});
