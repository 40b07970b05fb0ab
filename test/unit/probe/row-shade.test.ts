import { describe, it } from 'vitest';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 320;

describe('rowBands of rows that are shaded from top to bottom', () => {
  it.each([38, 57, 76])('finds those of %i dark pixels, of which a JPEG makes stairs', (height) => {
    for (const selected of [-1, 2]) {
      const rows = stack(Array.from({ length: 7 }, () => height));
      const image = rows.reduce(
        (page, { y }, i) => {
          const shaded = Array.from({ length: height }, (_, at) => at).reduce((all, at) => {
            const level = Math.round(52 - (14 * (at + 0.5)) / height);
            const colour: [number, number, number] =
              i === selected ? [45, 74, 122] : [level, level + 2, level + 6];
            return paint(all, { x: 0, y: y + at, width: WIDTH, height: 1 }, colour);
          }, page);
          return write(shaded, { x: 16, y: y + (height >> 1) - 5, width: 90 + 31 * (i % 4), grey: 215 });
        },
        solid(WIDTH, 7 * height, grey(0)),
      );
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    }
  });
});
