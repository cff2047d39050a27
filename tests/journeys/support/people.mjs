// People of the applicant's side, each in a browser of their own.
import { openPage } from './browser.mjs';
import { codeNow } from './code_app.mjs';
import { codeIn, mailTo } from './maildir.mjs';

async function typeCode(page, server, email, many) {
  await page.waitForURL(/\/log-in\/code$/);
  await page.locator('#code').fill(codeIn(await mailTo(server, email, many, /type this code/)));
  await page.locator('main form button').click();
  await page.waitForURL(/\/my$/);
}

// Logged in by the code that was mailed; `many`: how many codes went to that address by then.
export async function logIn(server, email, { page, many = 1, ...options } = {}) {
  page ??= await openPage(server, options);
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill(email);
  await page.locator('main form button[type=submit]').click();
  await typeCode(page, server, email, many);
  return page;
}

// Whoever was invited follows the link of that mail, logs in from there, and is on the invitation's page again.
export async function openInvitation(server, email, options = {}) {
  const page = await openPage(server, options);
  const path = /\/together\/[A-Za-z0-9_-]+/.exec(await mailTo(server, email, 1, /\/together\//))[0];
  await page.goto(server.address + path);
  await page.getByRole('button', { name: 'Send me the code' }).click();
  await typeCode(page, server, email, 1);
  await page.getByRole('link', { name: 'Answer the invitation' }).click();
  return page;
}

// Somebody of the staff with that role, in a browser of their own: invited by `admin`, in by password and code.
export async function openColleague(server, admin, email, role) {
  const password = 'moss under seven quiet bridges';
  await admin.goto(`${server.address}/staff/people`);
  await admin.locator('#email').fill(email);
  await admin.getByLabel(role, { exact: false }).last().check();
  await admin.getByRole('button', { name: 'Send the invitation' }).click();
  await admin.waitForURL(/done=invited/);
  const page = await openPage(server);
  const [path] = /\/staff\/invitation\/[A-Za-z0-9_-]+/.exec(await mailTo(server, email));
  await page.goto(server.address + path);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(/\/my\/account$/);
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await page.locator('code.secret').innerText();
  await page.locator('#code').fill(codeNow(secret));
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.locator('.recovery-codes').waitFor();
  await page.goto(`${server.address}/staff/sign-in`);
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.waitForURL(/\/staff\/sign-in\/code$/);
  await page.locator('#code').fill(codeNow(secret, 1));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/staff$/);
  return page;
}
