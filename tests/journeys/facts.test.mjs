// What the original form was, read off the HTML that is served: fields, order, which are required, options, countries.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { closeBrowser, openPage } from './support/browser.mjs';
import { Server } from './support/server.mjs';

let server;
let page;
before(async () => {
  server = await Server.start();
  page = await openPage(server, { javaScriptEnabled: false });
  await page.goto(`${server.address}/apply`);
});
after(async () => {
  await page.end();
  await closeBrowser();
  await server.stop();
});

const FIELDS = [
  ['First name', true], ['Last name', true], ['Email', true], ['Institution or organization', true],
  ['Which models available for researchers, if any, are you applying for access to?', false],
  ['Country or region', true], ['Research area(s)', true], ['Project description', true], ['Model types to be used', true],
  ['What is the anticipated timeline for completing this research?', true],
  ['What is the anticipated budget for this research?', true], ['Number of investigators', true],
  ['What past research by you would you like us to read as we consider your submission?', false],
  ['Any other comments?', false],
];
const AREAS = ['Alignment', 'Fairness & representation', 'Interdisciplinary research', 'Interpretability/transparency', 'Misuse potential', 'Model exploration', 'Robustness', 'Other'];

// The label without "(optional)".
const label = (text) => text.replace(/\s*\(optional\)\s*$/, '').trim();
async function fields() {
  const all = await page.locator('#section-application .field').all();
  const found = [];
  for (const field of all) {
    if ((await field.getAttribute('data-shown-when')) !== null) continue; // asked only after another answer
    found.push([label(await field.locator('.field__label').first().innerText()), (await field.getAttribute('data-required')) !== null, field]);
  }
  return found;
}
async function optionsOf(name) {
  const field = page.locator(`[data-question="${name}"]`);
  return (await field.locator('.choice__label').allInnerTexts()).map((text) => text.trim());
}

test('title, information, and fourteen fields in order with the required ones marked', async () => {
  assert.equal((await page.locator('h1').innerText()).replace(/\s+/g, ' '), 'Researcher Access Program application');
  const found = await fields();
  assert.deepEqual(found.slice(0, 14).map(([text, required]) => [text, required]), FIELDS);
});

test('eight areas with guidance of their own', async () => {
  assert.deepEqual(await optionsOf('research_areas'), AREAS);
  const guidance = await page.locator('[data-question="research_areas"] .choice__guidance').allInnerTexts();
  assert.ok(guidance.length >= 7);
  for (const text of guidance) assert.ok(text.length > 60, text);
});

test('two restricted models and three model types', async () => {
  assert.deepEqual(await optionsOf('models'), ['GPT-4 Base Model Access', 'Codex Access']);
  assert.deepEqual(await optionsOf('model_types'), ['Natural language generation', 'Code generation', 'Image generation']);
});

test('196 countries in order, after the prompt', async () => {
  const shown = await page.locator('select[name="country"] option').allInnerTexts();
  assert.equal(shown[0], 'Select a country…');
  const expected = readFileSync(new URL('./support/countries.tsv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((line) => line.split('\t'));
  assert.equal(expected.length, 196);
  assert.equal(shown.length, 197);
  const values = await page.locator('select[name="country"] option').evaluateAll((options) => options.map((option) => option.value));
  assert.deepEqual(values.slice(1), expected.map(([code]) => code));
  expected.forEach(([, name], at) => assert.ok(shown[at + 1].startsWith(name), `${shown[at + 1]} is ${name}`));
});

test('policy and processing are accepted each by its own unticked box, and Submit is the button', async () => {
  for (const name of ['accept_policy', 'accept_processing']) {
    const box = page.locator(`input[name="${name}"]`);
    assert.equal(await box.isChecked(), false);
    assert.match(await box.getAttribute('value'), /^[0-9a-f]{12}$/);
  }
  assert.equal((await page.locator('button[value="submit"]').innerText()).trim(), 'Submit');
  assert.equal((await page.locator('button[value="check"]').innerText()).trim(), 'Check my answers first');
});

test('header and footer have their groups, and no link is dead', async () => {
  const header = await page.locator('header').innerText();
  for (const group of ['Research', 'Product', 'Developers', 'Safety', 'Company', 'Log in', 'Sign up']) assert.ok(header.includes(group), group);
  const seen = new Set();
  for (const link of await page.locator('header a, footer a, main a').all()) {
    const href = await link.getAttribute('href');
    if (href === null || href.startsWith('#') || href.startsWith('mailto:') || seen.has(href)) continue;
    seen.add(href);
    const url = new URL(href, server.address);
    assert.equal(url.origin, new URL(server.address).origin, href);
    const answer = await page.request.get(url.href);
    assert.equal(answer.status(), 200, href);
    if (url.hash) assert.ok((await answer.text()).includes(`id="${url.hash.slice(1)}"`), href);
  }
  assert.ok(seen.size >= 25, `${seen.size} links`);
});

test('the form page is at most 60 KB over the wire, everything counted', async () => {
  const visitor = await openPage(server);
  let bytes = 0;
  const session = await visitor.context().newCDPSession(visitor);
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await visitor.goto(`${server.address}/apply`, { waitUntil: 'networkidle' });
  assert.ok(bytes > 5_000 && bytes <= 60_000, `${bytes} bytes`);
  console.log(`form page: ${bytes} bytes over the wire`);
  await visitor.end();
});

test('the institution has suggestions, and is free text all the same', async () => {
  const input = page.locator('#institution');
  const suggested = await page.locator(`datalist#${await input.getAttribute('list')} option`).evaluateAll((options) => options.map((option) => option.value));
  const shipped = readFileSync('programs/researcher-access/institutions.txt', 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  assert.deepEqual(suggested, shipped);
  assert.ok(suggested.includes('University of Nairobi'));
  assert.equal(await input.getAttribute('pattern'), null);
  await input.fill('A school that no list knows');
  assert.ok(await input.evaluate((element) => element.checkValidity()));
});
