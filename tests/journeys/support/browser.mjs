// Debian's Chromium by playwright-core. Every page is watched: a script error, a console error, a request to another host or a
// report against the Content-Security-Policy fails the test.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let shared;
export async function browser() {
  shared ??= await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  return shared;
}
export async function closeBrowser() {
  await (await shared)?.close();
  shared = undefined;
}

export async function openPage(server, options = {}) {
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.troubles = [];
  const { host } = new URL(server.address);
  page.on('pageerror', (error) => page.troubles.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // What the network says while the server is away on purpose is no fault of the page.
    const offline = /ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to load resource/;
    if (message.type() === 'error' && !offline.test(message.text())) page.troubles.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.host !== host) page.troubles.push(`request to ${url.host}`);
  });
  page.end = async () => {
    assert.deepEqual(page.troubles, []);
    await context.close();
  };
  return page;
}

// A page of the staff, signed in by a link that opens once.
export async function openStaff(server, { link = server.staffLink, ...options } = {}) {
  const page = await openPage(server, options);
  await page.goto(link);
  await page.locator('main button').click();
  await page.waitForURL(/\/staff$/);
  return page;
}

export async function noSidewaysScroll(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px`);
}
