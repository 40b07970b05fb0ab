import { findBrowser } from '../../src/cdp/index.js';
import type { Contestant, PictureFormat } from '../contestant.js';
import { QUALITY } from '../contestant.js';
import { FIRST_BUTTON, FIRST_ROW, VIEWPORT } from '../page.js';
import { firstDifferent, pictureOf } from './first-different.js';

/**
 * Playwright as one who knows it would write the loop: the region alone as a JPEG, no styles injected before the picture
 * (`caret`, `animations`), bytes compared instead of pixels, the connection by pipe as it ships.
 */
export async function openPlaywright(url: string): Promise<Contestant> {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath: findBrowser().path });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, deviceScaleFactor: 1 });
    await page.goto(url);
    await page.evaluate('ready');
    const shoot = (format: PictureFormat): Promise<Buffer> =>
      page.screenshot({
        clip: FIRST_ROW,
        type: format,
        quality: format === 'jpeg' ? QUALITY : undefined,
        animations: 'allow',
        caret: 'initial',
      });
    return {
      name: 'playwright',
      look: async (format) => pictureOf(await shoot(format)),
      click: () => page.mouse.click(FIRST_BUTTON.x, FIRST_BUTTON.y),
      proof: ({ format, before }) => firstDifferent(before, () => shoot(format)),
      motion: async (on) => {
        await page.evaluate(`motion(${on})`);
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
