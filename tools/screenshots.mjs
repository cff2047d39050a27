// Takes the pictures of README from the real thing: node tools/screenshots.mjs [FOLDER]. Serves rehearsal data on a port of its own.
import { fill, submit } from '../tests/journeys/support/application.mjs';
import { closeBrowser, openPage, openStaff } from '../tests/journeys/support/browser.mjs';
import { Server } from '../tests/journeys/support/server.mjs';

const folder = process.argv[2] ?? 'docs/pictures';
const server = await Server.start({ demo: 300 });

const shot = (page, name) => page.screenshot({ path: `${folder}/${name}.png` });
const wide = { viewport: { width: 1200, height: 760 } };

let page = await openPage(server, wide);
await page.goto(server.address);
await shot(page, 'program-page');
await page.goto(`${server.address}/apply#research_areas`);
await page.locator('[data-question="research_areas"]').scrollIntoViewIfNeeded();
await shot(page, 'form');
await page.goto(`${server.address}/apply`);
await fill(page);
await page.locator('[name="email"]').fill('wanjiru@');
await submit(page);
await page.waitForSelector('.error-summary');
await shot(page, 'errors');
await page.locator('[name="email"]').fill('wanjiru@example.org');
await submit(page);
await page.waitForURL(/\/application\//);
await shot(page, 'confirmation');
await page.context().close();

page = await openPage(server, { viewport: { width: 390, height: 760 }, colorScheme: 'dark' });
await page.goto(`${server.address}/apply#first_name`);
await shot(page, 'form-narrow-dark');
await page.context().close();

page = await openStaff(server, wide);
await shot(page, 'console');
await page.locator('tbody a').first().click();
await shot(page, 'application');
await page.context().close();
await closeBrowser();
await server.stop();
