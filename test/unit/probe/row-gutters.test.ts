import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { expectRows, grey, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const ROWS = stack([60, 60, 60, 60, 60, 60, 60, 60], { first: 12 });

/** A channel's name and its programmes, blocks that begin `margin` pixels below their row's top and end as many above its bottom, on a ground of each row's own. */
function guide(ground: (row: number) => number, { margin = 4 } = {}): ImageBuffer {
  return ROWS.reduce(
    (page, { y }, i) => {
      const row = paint(page, { x: 0, y, width: 560, height: 60 }, grey(ground(i)));
      const blocks = [80, 240, 400].reduce(
        (drawn, x) =>
          write(paint(drawn, { x, y: y + margin, width: 154, height: 60 - 2 * margin }, grey(200)), {
            x: x + 8,
            y: y + 14,
            width: 60 + 17 * ((i + x) % 3),
            grey: 30,
          }),
        row,
      );
      return write(blocks, { x: 16, y: y + 25, width: 40, grey: 30 });
    },
    solid(560, 492, grey(ground(-1))),
  );
}

describe('rowBands of rows that have blocks on their ground', () => {
  it('ends rows where their ground does, not their blocks', () => {
    expectRows(
      guide((row) => (row % 2 === 0 ? 255 : 246)),
      ROWS,
    );
  });

  it('ends rows at the line between blocks', () => {
    const image = ROWS.reduce(
      (page, { y }) => paint(page, { x: 0, y: y - 2, width: 560, height: 2 }, grey(225)),
      guide(() => 255, { margin: 6 }),
    );
    expectRows(image, ROWS);
  });

  it('takes the ground of a selected row for the others’, where that has the colour of its blocks', () => {
    expectRows(
      guide((row) => (row === 3 ? 200 : row % 2 === 0 ? 255 : 246)),
      ROWS,
    );
  });

  it('takes the shadow below cards for no ground of a row', () => {
    const cards = stack([52, 52, 52, 52, 52], { first: 8, gap: 8 });
    const image = cards.reduce(
      (page, { y }, i) => {
        const shaded = paint(page, { x: 0, y: y + 52, width: 560, height: 4 }, grey(215));
        return write(paint(shaded, { x: 0, y, width: 560, height: 52 }, grey(255)), {
          x: 16,
          y: y + 21,
          width: 90 + 17 * (i % 3),
          grey: 30,
        });
      },
      solid(560, 316, grey(235)),
    );
    expectRows(image, cards);
  });
});
