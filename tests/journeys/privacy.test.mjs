// Who asks what is kept about them gets it; who asks to be erased is; and staff see that it was done.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fill, submit } from './support/application.mjs';
import { closeBrowser, noSidewaysScroll, openPage, openStaff } from './support/browser.mjs';
import { codeIn, mailTo } from './support/maildir.mjs';
import { binary, Server } from './support/server.mjs';

let server;
let staff;
before(async () => {
  server = await Server.start({ demo: 20 });
  staff = await openStaff(server);
});
after(async () => {
  await staff.end();
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

async function logIn(email) {
  const page = await openPage(server);
  await page.goto(`${server.address}/log-in`);
  await page.locator('#email').fill(email);
  await page.locator('main form button').click();
  await page.waitForURL(/\/log-in\/code$/);
  await page.locator('#code').fill(codeIn(await mailTo(server, email)));
  await page.locator('main form button').click();
  await page.waitForURL(/\/my$/);
  return page;
}

const filesOfDatabase = () => readdirSync(server.data).filter((name) => name.startsWith('bursary.db')).map((name) => readFileSync(join(server.data, name)));
const holds = (word) => filesOfDatabase().some((bytes) => bytes.includes(word));
const run = (...words) => spawnSync(binary, [...words, '--data', server.data], { encoding: 'utf8', timeout: 60_000 });

test('an applicant downloads everything, deletes everything, and nothing of them is left in the files', async () => {
  const reference = await apply('Quetzal@example.org');
  const page = await logIn('quetzal@example.org');
  await page.getByRole('link', { name: 'My data' }).click();
  await page.getByText(reference).waitFor();
  await noSidewaysScroll(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download my data' }).click()]);
  const zip = readFileSync(await download.path());
  assert.equal(zip.subarray(0, 2).toString(), 'PK');
  assert.ok(holds('Quetzal@example.org'));

  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByText('Tick the box if you are sure').waitFor();
  await page.getByLabel('Yes, erase my account').check();
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.waitForURL(/\/data-erased$/);
  await page.goto(`${server.address}/my`);
  assert.match(page.url(), /\/log-in/);
  await page.end();

  await staff.goto(`${server.address}/staff/applications/${reference}`);
  assert.match(await staff.locator('h1').innerText(), /not found/i);
  await staff.goto(`${server.address}/staff/audit?application=${reference}`);
  assert.match(await staff.locator('main').innerText(), /Application erased/);
  let left = true;
  for (let look = 0; look < 200 && left; ++look) {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    left = holds('quetzal') || holds('Quetzal');
  }
  assert.equal(left, false, 'the address is still in the database\'s files');
  assert.equal(run('audit', 'verify').status, 0);
});

test('staff look somebody up and erase them; that asks for proof of who they are', async () => {
  const reference = await apply('ibis@example.org');
  await staff.goto(`${server.address}/staff/privacy`);
  await staff.getByLabel('E-mail address or reference').fill(reference);
  await staff.getByRole('button', { name: 'Find' }).click();
  await staff.getByText('What is kept').waitFor();
  await noSidewaysScroll(staff);
  await staff.getByLabel('I made sure').check();
  await staff.getByRole('button', { name: 'Erase for ever' }).click();
  await staff.getByText('It was erased.').waitFor();
  await staff.goto(`${server.address}/staff/privacy?who=${reference}`);
  await staff.getByText('Nothing is kept about this address or reference.').waitFor();
});

test('a backup from before is told what was erased', async () => {
  const reference = await apply('plover@example.org');
  const place = mkdtempSync(join(tmpdir(), 'bursary-backup-'));
  const backup = join(place, 'backup');
  try {
    assert.equal(run('backup', '--to', backup).status, 0);
    const exported = run('privacy', 'export', 'plover@example.org', '--to', join(place, 'plover.zip'));
    assert.equal(exported.status, 0, exported.stderr);
    assert.equal(readFileSync(join(place, 'plover.zip')).subarray(0, 2).toString(), 'PK');
    assert.equal(run('privacy', 'erase', 'plover@example.org').status, 1); // only says what there is
    const erased = run('privacy', 'erase', 'plover@example.org', '--yes');
    assert.match(erased.stdout, /^erased: 1 applications/m, erased.stderr);
    await server.pause();
    const restored = run('restore', '--from', backup, '--replace');
    assert.equal(restored.status, 0, restored.stderr);
    assert.match(restored.stdout, /erased here: 1 applications/);
    assert.equal(holds('plover@example.org'), false);
    assert.equal(run('audit', 'verify').status, 0);
    await server.run('127.0.0.1:0');
    const again = await openStaff(server);
    await again.goto(`${server.address}/staff/audit?application=${reference}`);
    assert.match(await again.locator('main').innerText(), /why: restored/);
    await again.end();
  } finally {
    rmSync(place, { recursive: true, force: true });
    for (const name of readdirSync(join(server.data, '..'))) {
      if (join(server.data, '..', name).startsWith(`${server.data}.before-`)) rmSync(join(server.data, '..', name), { recursive: true, force: true });
    }
  }
});
