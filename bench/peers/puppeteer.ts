import { findBrowser } from '../../src/cdp/index.js';
import type { Contestant, PictureFormat } from '../contestant.js';
import { QUALITY } from '../contestant.js';
import { FIRST_BUTTON, FIRST_ROW, VIEWPORT } from '../page.js';
import { firstDifferent, pictureOf } from './first-different.js';

/**
 * Puppeteer as one who knows it would write the loop: the region alone, `captureBeyondViewport` off (it is on by default
 * and makes the page lay out again), PNG encoded for speed, bytes compared instead of pixels, the connection by pipe.
 */
export async function openPuppeteer(url: string): Promise<Contestant> {
  const { launch } = await import('puppeteer-core');
  const { path, kind } = findBrowser();
  const browser = await launch({
    executablePath: path,
    headless: kind === 'headless-shell' ? 'shell' : true,
    pipe: true,
    defaultViewport: { ...VIEWPORT, deviceScaleFactor: 1 },
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.evaluate('ready');
    const shoot = (format: PictureFormat): Promise<Uint8Array> =>
      page.screenshot({
        clip: FIRST_ROW,
        type: format,
        quality: format === 'jpeg' ? QUALITY : undefined,
        captureBeyondViewport: false,
        optimizeForSpeed: true,
      });
    return {
      name: 'puppeteer',
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
