import { describe, expect, it } from 'vitest';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 520;

function stripes(rows: readonly Row[], isDrawn: (i: number) => boolean, lines: (i: number) => number) {
  const striped = rows.reduce(
    (image, { y, height }, i) =>
      isDrawn(i) ? paint(image, { x: 4, y, width: WIDTH - 4, height }, grey(244)) : image,
    solid(WIDTH, 480, grey(255)),
  );
  return rows
    .flatMap(({ y, height }, i) =>
      Array.from({ length: lines(i) }, (_, line) => ({
        x: 40,
        y: Math.round(y + height / 2 - 8 * lines(i) + 3 + 16 * line),
        width: 90 + 31 * ((i + line) % 4),
        grey: 20,
      })),
    )
    .reduce(write, striped);
}

describe('rowBands of striped rows with space between them', () => {
  const rows = stack(Array<number>(11).fill(34), { first: 3, gap: 6 });
  const image = stripes(
    rows,
    (i) => i % 2 === 1,
    () => 2,
  );

  it('gives the rows between the stripes none of the space', () => {
    for (const one of [image, jpeg60(image)]) {
      expectRows(one, rows);
      expect(rowBands(one).pitch).toBe(40);
    }
  });

  it('finds a selected row whose space above and below shows', () => {
    const { y, height } = rows[4];
    const selected = paint(image, { x: 4, y, width: WIDTH - 4, height }, [48, 140, 198]);
    const text = { x: 40, width: 120, grey: 250 };
    const all = [
      { ...text, y: y + 4 },
      { ...text, y: y + 20 },
    ].reduce(write, selected);
    for (const one of [all, jpeg60(all)]) expectRows(one, rows);
  });

  it('leaves rows that show another line as high as they are', () => {
    const uneven = stack([34, 50, 34, 50, 34, 50, 34, 50]);
    const drawn = stripes(
      uneven,
      (i) => i % 2 === 0,
      (i) => 1 + (i % 2),
    );
    for (const one of [drawn, jpeg60(drawn)]) expectRows(one, uneven);
  });

  it('has none where the first row is as high as a drawn one, and another one higher', () => {
    const uneven = stack([36, 36, 57, 36, 36]);
    const striped = stripes(
      uneven,
      (i) => i % 2 === 1,
      () => 1,
    );
    for (const one of [striped, jpeg60(striped)]) expectRows(one, uneven);
  });

  it('takes striped rows of unequal height with lines between them for what they are', () => {
    const uneven = stack([57, 54, 51, 56, 51, 53, 55, 52, 51]);
    const striped = stripes(
      uneven,
      (i) => i % 2 === 1,
      () => 1,
    );
    const ruled = uneven.reduce(
      (picture, { y, height }) =>
        paint(picture, { x: 4, y: y + height - 1, width: WIDTH - 4, height: 1 }, grey(230)),
      striped,
    );
    for (const one of [ruled, jpeg60(ruled)]) expectRows(one, uneven);
  });
});
