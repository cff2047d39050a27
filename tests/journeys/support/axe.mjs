// Nobody is kept out: axe-core finds nothing on a page, in light, dark and forced colours, and at 320 px nothing lies beside it.
import { AxeBuilder } from '@axe-core/playwright';
import assert from 'node:assert/strict';
import { noSidewaysScroll } from './browser.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const THEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' }, dark: { colorScheme: 'dark', forcedColors: 'none' }, forced: { colorScheme: 'light', forcedColors: 'active' },
};

export async function expectClean(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).options({ rules: { 'target-size': { enabled: true } } }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`);
  assert.deepEqual(told, [], `${what} at ${page.url()}`);
}

export async function cleanEverywhere(page, what) {
  for (const [theme, media] of Object.entries(THEMES)) {
    await page.emulateMedia(media);
    await expectClean(page, `${what}, ${theme}`);
  }
  await page.emulateMedia(THEMES.light);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  await noSidewaysScroll(page);
  await page.setViewportSize(size);
}
