import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 480;
const COUNT = 9;

/** Rows of one line, of which some have a line through or below their letters, and others a line at their end. */
function marked(
  height: number,
  {
    marks,
    at,
    thick = 1,
    lined = false,
  }: { marks: readonly number[]; at: number; thick?: number; lined?: boolean },
) {
  const rows = stack(Array<number>(COUNT).fill(height));
  const page = rows.reduce<ImageBuffer>(
    (image, { y }, i) => {
      const text = { x: 40, y: y + (height >> 1) - 5, width: 190 + 37 * (i % 4), grey: 120 };
      const box = paint(image, { x: 14, y: text.y - 1, width: 12, height: 12 }, grey(90));
      const dated = write(write(box, text), { x: 420, y: text.y, width: 40, grey: 120 });
      const line = { x: 40, y: text.y + at, width: text.width, height: thick };
      const struck = marks.includes(i) ? paint(dated, line, grey(120)) : dated;
      return lined ? paint(struck, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(225)) : struck;
    },
    solid(WIDTH, COUNT * height, grey(250)),
  );
  return { page, rows };
}

describe('rowBands of rows with struck or underlined letters', () => {
  it.each([
    { height: 26, thick: 1 },
    { height: 34, thick: 1 },
    { height: 44, thick: 2 },
  ])('takes no line on letters for a boundary: %j', ({ height, thick }) => {
    for (const lined of [false, true]) {
      for (const at of [4, 11]) {
        for (const marks of [[3], [1, 2, 5], [4, 5, 6, 8]]) {
          const { page, rows } = marked(height, { marks, at, thick, lined });
          expectRows(page, rows);
          expect(rowBands(page).confidence).toBeGreaterThanOrEqual(0.8);
        }
      }
    }
  });

  it('takes a line that letters do not reach for one between rows, where it ends as they do', () => {
    const rows = stack([40, 24, 40, 24, 40, 24, 40]);
    const page = rows.reduce<ImageBuffer>(
      (image, { y, height }) => {
        const text = { x: 40, y: y + (height >> 1) - 5, width: 400, grey: 90 };
        return paint(write(image, text), { x: 40, y: y + height - 1, width: 400, height: 1 }, grey(90));
      },
      solid(WIDTH, 232, grey(250)),
    );
    expectRows(page, rows);
  });
});
