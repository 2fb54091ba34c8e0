import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from 'playwright-core';

import { isPinnedBrowser } from './chromium';
import type { Way } from './visitor';

/** Of a page's window, as far as a picture needs it. */
interface Window {
  readonly document: { readonly fonts: { readonly ready: Promise<unknown> } };
}

/** What each page looked like when somebody looked at it and found it good. */
const BASELINES = join(__dirname, 'pictures');
/** What it looks like now, where that is not the same. */
const FOUND = join(__dirname, '../../coverage/pictures');

const fileOf = (name: string, { scheme = 'light', phone = false }: Way): string =>
  `${name}.${scheme}${phone ? '.phone' : ''}.png`;

/**
 * Holds a page against its picture, to the pixel: the pinned browser draws the same twice, another one does not, and is
 * asked for nothing. A page without a picture fails: `TEMPORE_PICTURES=take` takes one, to be looked at before it counts.
 */
export const looksLike = async (page: Page, name: string, way: Way): Promise<void> => {
  if (!isPinnedBrowser) return;
  await page.evaluate(() => (globalThis as unknown as Window).document.fonts.ready);
  const file = fileOf(name, way);
  const picture = await page.screenshot({
    fullPage: true,
    animations: 'disabled',
    caret: 'hide',
    mask: [page.locator('.hash')],
    maskColor: '#857d6d',
  });
  const baseline = join(BASELINES, file);
  if (process.env['TEMPORE_PICTURES'] === 'take') {
    mkdirSync(BASELINES, { recursive: true });
    writeFileSync(baseline, picture);
    return;
  }
  if (existsSync(baseline) && readFileSync(baseline).equals(picture)) return;
  mkdirSync(FOUND, { recursive: true });
  writeFileSync(join(FOUND, file), picture);
  throw new Error(
    `${name} does not look like test/browser/pictures/${file}: coverage/pictures/${file} is what it looks like`,
  );
};
