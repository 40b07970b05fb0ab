import { describe, it } from 'vitest';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const ROWS = stack([62, 62, 62, 62, 62, 62], { first: 4 });

/** Two lines of text whose middle is that much above the row's, a square of `size` at the left or the right end. */
function list({ size = 18, x = 16, up = 3 }): ReturnType<typeof solid> {
  const texts = ROWS.flatMap(({ y }, i) => [
    { x: 60, y: y + 31 - 17 - up, width: 90 + 17 * (i % 4), grey: 30 },
    { x: 60, y: y + 31 + 5 - up, width: 150 + 23 * (i % 3), grey: 120 },
  ]);
  const written = texts.reduce(write, solid(420, 340, grey(255)));
  return ROWS.reduce(
    (image, { y }) => paint(image, { x, y: y + 31 - size / 2, width: size, height: size }, grey(90)),
    written,
  );
}

describe('rowBands of flat rows with a mark in their middle', () => {
  it.each([
    ['beginning', 16],
    ['end', 380],
  ])('goes by the mark at their %s, where letters alone would begin with the region', (_, x) => {
    const image = list({ x });
    expectRows(image, ROWS.slice(0, -1));
    expectRows(jpeg60(image), ROWS.slice(0, -1));
  });

  it('does not go by the number beside their first line', () => {
    const rows = stack([62, 62, 62, 62, 62]);
    const image = rows
      .flatMap(({ y }, i) => [
        { x: 16, y: y + 14, width: 90 + 17 * (i % 4), grey: 30 },
        { x: 16, y: y + 38, width: 150 + 23 * (i % 3), grey: 120 },
        { x: 380, y: y + 14, width: 20, grey: 90 },
      ])
      .reduce(write, solid(420, 310, grey(255)));
    expectRows(image, rows);
  });
});
