import { expect, test } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { solid } from '../../support/draw.js';

const PAGE_BYTES = 4096;
const isGlibc = 'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header;

test.skipIf(!isGlibc)('frames are decoded into the memory of frames that are gone', async () => {
  const bytes = encodeJpeg(solid(1280, 720, [40, 90, 160]), 80);
  const newPages = async (): Promise<number> => {
    const before = process.resourceUsage().minorPageFault;
    for (let i = 0; i < 60; i++) {
      decode(bytes);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return process.resourceUsage().minorPageFault - before;
  };
  await newPages();
  const pagesOfAll = (60 * 4 * 1280 * 720) / PAGE_BYTES;
  expect((await newPages()) / pagesOfAll).toBeLessThan(0.25);
});
