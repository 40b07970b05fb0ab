import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 300;
const BLUE = [53, 132, 228] as const;

function expectBoth(image: ImageBuffer, rows: readonly Row[]): void {
  for (const one of [image, jpeg60(image)]) expectRows(one, rows);
}

describe('rowBands of short lists', () => {
  it('counts no row from the focus frame of a selected one', () => {
    const rows = stack([23, 23, 23]);
    const [, , { y, height }] = rows;
    const selected = paint(solid(WIDTH, 300, grey(255)), { x: 0, y, width: WIDTH, height }, BLUE);
    const dots = Array.from({ length: WIDTH / 6 }, (_, i) =>
      [y + 2, y + height - 3].map((at) => ({ x: 6 * i, y: at, width: 2, height: 1 })),
    );
    const framed = dots.flat().reduce((image, dot) => paint(image, dot, [230, 240, 250]), selected);
    const image = rows
      .map((row, i) => ({ x: 12, y: row.y + 6, width: 90 + 31 * i, grey: i === 2 ? 255 : 20 }))
      .reduce(write, framed);
    expectBoth(image, rows);
  });
});
