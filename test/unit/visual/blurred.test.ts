import { expect, test } from 'vitest';
import { sizeRect } from '../../../src/core/geometry.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { isBlurred } from '../../../src/visual/list/blurred.js';
import { Look } from '../../../src/visual/look.js';
import { solid } from '../../support/draw.js';
import { write } from '../../support/draw-rows.js';

const page = [20, 60, 100, 140].reduce(
  (drawn, y) => write(drawn, { x: 12, y, width: 260, grey: 40 }),
  solid(300, 180, [250, 250, 250]),
);
const lookOf = (image: ImageBuffer): Look => new Look(image, sizeRect(image));
const sharp = lookOf(page);
const seen = (image: ImageBuffer): boolean =>
  isBlurred(lookOf(image), { sharp, spans: [[0, 300]], strip: { y: 0, height: 180 } });

/** Each pixel from those around it. */
function map(image: ImageBuffer, level: (at: (dx: number) => number, x: number) => number): ImageBuffer {
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < image.width * image.height; i++) {
    const x = i % image.width;
    const at = (dx: number): number => image.data[4 * (i + Math.min(image.width - 1 - x, Math.max(-x, dx)))];
    data.fill(Math.round(level(at, x)), 4 * i, 4 * i + 3);
  }
  return new ImageBuffer(image.width, image.height, data);
}

/** A box of seven pixels across, twice. */
const blur = (image: ImageBuffer): ImageBuffer => {
  const once = (each: ImageBuffer): ImageBuffer =>
    map(each, (at) => [-3, -2, -1, 0, 1, 2, 3].reduce((sum, dx) => sum + at(dx) / 7, 0));
  return once(once(image));
};

test('a page that was blurred is, dimmed or not', () => {
  expect(seen(blur(page))).toBe(true);
  expect(seen(map(blur(page), (at) => at(0) * 0.5))).toBe(true);
});

test.each<[string, ImageBuffer]>([
  ['that is as it was', page],
  ['that is dimmed', map(page, (at) => at(0) * 0.15)],
  ['that is dimmed in part', map(page, (at, x) => at(0) * (x < 150 ? 1 : 0.2))],
  ['that shows other text', write(solid(300, 180, [250, 250, 250]), { x: 40, y: 62, width: 200, grey: 90 })],
  ['of one colour', solid(300, 180, [90, 90, 90])],
])('a page %s is not', (_, image) => {
  expect(seen(image)).toBe(false);
});
