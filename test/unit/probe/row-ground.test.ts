import { describe, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { expectRows, jpeg60, write } from '../../support/draw-rows.js';

const WIDTH = 700;

/** Half-transparent rows on a gradient from corner to corner, or from the middle outwards. */
function draw(
  rows: readonly { y: number; height: number }[],
  shade: (x: number, y: number) => readonly [number, number, number],
): ImageBuffer {
  const height = 600;
  const data = new Uint8Array(4 * WIDTH * height).fill(255);
  for (let y = 0; y < height; y++) {
    const isRow = rows.some((row) => y >= row.y && y < row.y + row.height);
    for (let x = 0; x < WIDTH; x++) {
      const veil = isRow && x >= 12 && x < WIDTH - 12 ? 0.18 : 0;
      data.set(
        shade(x, y).map((level) => Math.round(level + veil * (255 - level))),
        4 * (y * WIDTH + x),
      );
    }
  }
  return rows.reduce(
    (image, { y }, i) =>
      [30, 480].reduce(
        (drawn, x) => write(drawn, { x, y: y + 20, width: 90 + 17 * ((3 * i + x) % 5), grey: 255 }),
        image,
      ),
    new ImageBuffer(WIDTH, height, data),
  );
}

describe('rowBands on a gradient from side to side', () => {
  it.each([
    ['from corner to corner', (x: number, y: number) => [20 + x / 8 + y / 10, 60 + x / 12, 160 - y / 10]],
    [
      'from the middle outwards',
      (x: number, y: number) => {
        const far = Math.hypot(x - 350, 0.7 * (y - 300));
        return [90 - far / 6, 50 - far / 12, 150 - far / 5];
      },
    ],
  ] as const)('finds the rows and no gap as a row, %s', (_, shade) => {
    const rows = Array.from({ length: 10 }, (__, i) => ({ y: 6 + 58 * i, height: 50 }));
    const image = draw(rows, shade as (x: number, y: number) => [number, number, number]);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
