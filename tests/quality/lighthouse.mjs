// Lighthouse on the real binary, as on a phone: node tests/quality/lighthouse.mjs [--runs=N]. Fails where the middle of the runs is
// under 99 in any category. The browser reaches nothing but loopback.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { Running } from '../journeys/support/process.mjs';
import { Server } from '../journeys/support/server.mjs';

const LEAST = 99;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const PAGES = ['/', '/apply'];
const REPORTS = 'build/lighthouse';

const runs = Number(/^--runs=(\d+)$/.exec(process.argv[2] ?? '--runs=3')?.[1]);
if (!runs) {
  console.error('lighthouse.mjs [--runs=N]');
  process.exit(2);
}

// Loopback passes a proxy by; whatever else the browser would like to reach ends at a port where nobody listens.
const FLAGS = ['--headless=new', '--remote-debugging-port=0', '--no-first-run', '--disable-gpu', '--disable-quic', '--disable-sync', '--disable-component-update',
  '--disable-background-networking', '--disable-extensions', '--proxy-server=http://127.0.0.1:9'];

class Browser {
  static async start() {
    const browser = new Browser();
    browser.profile = mkdtempSync(join(tmpdir(), 'bursary-lighthouse-'));
    const asRoot = process.getuid() === 0 ? ['--no-sandbox'] : [];
    const words = [...FLAGS, ...asRoot, `--user-data-dir=${browser.profile}`, 'about:blank'];
    const listening = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\D/;
    browser.running = await Running.start(process.env.CHROMIUM ?? '/usr/bin/chromium', words, listening);
    browser.port = Number(listening.exec(browser.running.said)[1]);
    return browser;
  }
  async stop() {
    await this.running.end();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const percent = (category) => Math.round((category.score ?? 0) * 100);
const middle = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

// What keeps a category under full marks, heaviest first.
function* reasons({ categories, audits }, name) {
  const lost = ({ id, weight }) => weight * (1 - (audits[id].score ?? 1));
  for (const ref of categories[name].auditRefs.filter((each) => lost(each) > 0).sort((a, b) => lost(b) - lost(a))) {
    const { title, displayValue } = audits[ref.id];
    yield `${ref.id}: ${title}${displayValue ? ` (${displayValue})` : ''}`;
  }
}

async function look(browser, address, path) {
  const results = [];
  for (let run = 0; run < runs; ++run) {
    const { lhr, report } = await lighthouse(`${address}${path}`, { port: browser.port, onlyCategories: CATEGORIES, output: 'html', logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
    for (const { url } of lhr.audits['network-requests'].details.items) {
      if (!url.startsWith(`${address}/`)) throw new Error(`${path} asked for ${url}`);
    }
    writeFileSync(join(REPORTS, `${path === '/' ? 'home' : path.slice(1)}.html`), report);
    results.push(lhr);
  }
  return results;
}

mkdirSync(REPORTS, { recursive: true });
const server = await Server.start();
const browser = await Browser.start();
let bad = 0;
try {
  console.log(`${'page'.padEnd(10)}${CATEGORIES.map((name) => name.padStart(16)).join('')}   largest paint   blocked`);
  for (const path of PAGES) {
    const results = await look(browser, server.address, path);
    const scores = CATEGORIES.map((name) => middle(results.map((lhr) => percent(lhr.categories[name]))));
    const shown = (audit) => middle(results.map((lhr) => Math.round(lhr.audits[audit].numericValue)));
    console.log(`${path.padEnd(10)}${scores.map((score) => String(score).padStart(16)).join('')}${`${shown('largest-contentful-paint')} ms`.padStart(16)}` +
      `${`${shown('total-blocking-time')} ms`.padStart(10)}`);
    CATEGORIES.forEach((name, at) => {
      if (scores[at] >= LEAST) return;
      ++bad;
      console.log(`  ${name} is under ${LEAST}:`);
      for (const reason of reasons(results.at(-1), name)) console.log(`    ${reason}`);
    });
  }
} finally {
  await browser.stop();
  await server.stop();
}
console.log(`The reports are in ${REPORTS}/.`);
process.exitCode = bad === 0 ? 0 : 1;
