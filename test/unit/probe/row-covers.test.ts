import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const COVER = 56;

/** White cards on a pale page, some with a cover in one colour above their text. */
function cards(rows: readonly Row[], isCovered: (i: number) => boolean): ImageBuffer {
  const { y, height } = rows[rows.length - 1];
  return rows.reduce(
    (page, row, i) => {
      const card = paint(page, { x: 8, y: row.y, width: 284, height: row.height }, grey(255));
      const cover = isCovered(i) ? COVER : 0;
      const covered = paint(card, { x: 8, y: row.y, width: 284, height: cover }, [190, 100, 60 + 30 * i]);
      return [12, 30].reduce(
        (drawn, at) => write(drawn, { x: 20, y: row.y + cover + at, width: 120 + 30 * (i % 4), grey: 40 }),
        covered,
      );
    },
    solid(300, y + height + 12, grey(222)),
  );
}

describe('rowBands of cards with a cover', () => {
  it.each<[string, (i: number) => boolean]>([
    ['some', (i) => i % 3 < 2],
    ['all', () => true],
  ])('takes the blank band above the text of %s cards for part of these', (_, isCovered) => {
    const rows = stack(
      [0, 1, 2, 3, 4].map((i) => 52 + (isCovered(i) ? COVER : 0)),
      { first: 12, gap: 12 },
    );
    const image = cards(rows, isCovered);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
