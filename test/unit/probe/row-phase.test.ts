import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 500;

/** Two lines to a row, `lines` below its top, and what else is drawn in it. */
function draw(
  ground: ImageBuffer,
  rows: readonly Row[],
  { lines, mark }: { lines: readonly [number, number]; mark: (page: ImageBuffer, row: Row) => ImageBuffer },
): ImageBuffer {
  return rows.reduce((page, row, i) => {
    const texts = lines.flatMap((line, at) =>
      row.y + line < 0
        ? []
        : [{ x: 90, y: row.y + line, width: 90 + 17 * ((i + at) % 4), grey: at === 0 ? 20 : 110 }],
    );
    return mark(texts.reduce(write, page), row);
  }, ground);
}

describe('rowBands of rows that nothing parts', () => {
  it('leaves high ink in the middle of its rows, further off the top of the region than letters explain', () => {
    const rows = stack([90, 90, 90, 90, 90, 90], { first: -7 });
    const icon = (page: ImageBuffer, { y }: Row): ImageBuffer =>
      paint(page, { x: 20, y: y + 25, width: 40, height: 40 }, [45, 164, 78]);
    const image = draw(solid(WIDTH, 533, grey(255)), rows, { lines: [19, 61], mark: icon });
    expectRows(image, rows.slice(1));
    expectRows(jpeg60(image), rows.slice(1));
  });

  it('goes by the icons in the middle of most rows, not by texts that are lower', () => {
    const rows = stack(
      Array.from({ length: 13 }, () => 42),
      { first: -37 },
    );
    const image = rows.reduce(
      (page, { y }, i) => {
        if (y < 0) return page;
        const icon = { x: 420, y: y + 10, width: 4, height: 22 };
        const text = { x: 40, y: y + 19, width: 260 + 31 * (i % 3), grey: 30 };
        return write(i % 3 === 2 ? page : paint(page, icon, grey(90)), text);
      },
      solid(WIDTH, 500, grey(255)),
    );
    const whole = rows.filter(({ y, height }) => y >= 0 && y + height <= 500);
    expectRows(image, whole);
    expectRows(jpeg60(image), whole);
  });

  it.each([-22, -9, -4])(
    'has a text with a bar below it lower than the icon and the label beside it, scrolled to %i',
    (first) => {
      const rows = stack(
        Array.from({ length: 9 }, () => 52),
        { first },
      );
      const image = rows.reduce(
        (page, { y }, i) => {
          const icon = paint(page, { x: 20, y: y + 19, width: 13, height: 15 }, [15, 118, 110]);
          const bar = paint(icon, { x: 44, y: y + 36, width: 120 + 40 * (i % 4), height: 4 }, [15, 118, 110]);
          return [
            { x: 44, y: y + 18, width: 90 + 17 * (i % 4), grey: 20 },
            { x: 450, y: y + 21, width: 36, grey: 110 },
          ]
            .filter((text) => text.y >= 0)
            .reduce(write, bar);
        },
        solid(WIDTH, 400, grey(255)),
      );
      const whole = rows.slice(1).filter(({ y, height }) => y + height <= 400);
      expectRows(image, whole);
      expectRows(jpeg60(image), whole);
    },
  );
});
