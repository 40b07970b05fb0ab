import { describe, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 1060;
const COLUMNS = [50, 150, 250, 350, 450];

/** Between the letters of a stripe every third pixel is nearly white, as of sharpened letters. */
function sharpened(image: ImageBuffer, { y }: Row, width: number): ImageBuffer {
  const data = Uint8Array.from(image.data);
  for (let row = y + 11; row < y + 25; row++)
    for (let x = 40; x < 40 + width; x += 3) data.set(grey(254), 4 * (row * image.width + x));
  return new ImageBuffer(image.width, image.height, data);
}

describe('rowBands of pale stripes beside which the page is white', () => {
  it.each([540, 560, 580])(
    'keeps a stripe of %i of 1060 pixels where its letters add white to a row',
    (width) => {
      const rows = stack(Array<number>(14).fill(33));
      const image = rows.reduce(
        (page, row, i) => {
          const stripe = { x: 40, y: row.y, width, height: row.height };
          const ground = i % 2 === 0 ? sharpened(paint(page, stripe, [242, 245, 252]), row, width) : page;
          return COLUMNS.map((x, column) => ({
            ...{ x, y: row.y + 11, grey: 10 },
            width: 90 + 3 * ((i + 3 * column) % 5),
          })).reduce(write, ground);
        },
        paint(solid(WIDTH, 14 * 33, grey(255)), { x: 1040, y: 0, width: 1, height: 462 }, grey(200)),
      );
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    },
  );
});
