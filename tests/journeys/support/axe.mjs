// Nobody is kept out: axe-core finds nothing on a page, in light, dark and forced colours, and at 320 px nothing lies beside it.
import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { noSidewaysScroll } from './browser.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const THEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' }, dark: { colorScheme: 'dark', forcedColors: 'none' }, forced: { colorScheme: 'light', forcedColors: 'active' },
};

// What can differ from one theme to the next; the page itself is the same in each.
const COLOURS = ['color-contrast', 'link-in-text-block'];

// In one go in the page itself: ours have no frames, which axe would otherwise gather in a page of its own.
async function findings(page, limit) {
  const builder = limit(new AxeBuilder({ page }).setLegacyMode());
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`);
}

export async function expectClean(page, what) {
  const told = await findings(page, (builder) => builder.withTags(TAGS).options({ rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] }));
  assert.deepEqual(told, [], `${what} at ${page.url()}`);
}

async function expectCleanColours(page, what) {
  const told = await findings(page, (builder) => builder.withRules(COLOURS));
  assert.deepEqual(told, [], `${what} at ${page.url()}`);
}

// Every rule in light colours, and those about colours in each.
export async function cleanEverywhere(page, what) {
  for (const [theme, media] of Object.entries(THEMES)) {
    await page.emulateMedia(media);
    await (theme === 'light' ? expectClean : expectCleanColours)(page, `${what}, ${theme}`);
  }
  await page.emulateMedia(THEMES.light);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  await page.setViewportSize(size);
}
