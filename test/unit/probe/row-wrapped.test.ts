import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 400;
const LINE = 18;

/** Stripes without padding, each as high as its wrapped lines are, of which the last is short; one may be selected. */
function wrapped(
  lines: readonly number[],
  { stripe = 247, selected = -1, full = 290 } = {},
): { page: ImageBuffer; rows: Row[] } {
  const rows = stack(lines.map((each) => each * LINE));
  const height = lines.reduce((a, b) => a + b) * LINE;
  const page = rows.reduce(
    (image, row, i) => {
      const level = i === selected ? 90 : i % 2 === 0 ? 255 : stripe;
      const ground = paint(image, { x: 0, y: row.y, width: WIDTH, height: row.height }, grey(level));
      return Array.from({ length: lines[i] }, (_, line) => line).reduce((on, line) => {
        const isLast = line === lines[i] - 1;
        const width = isLast ? 80 + 47 * (i % 5) : full + 31 * ((i + line) % 3);
        return write(on, { x: 6, y: row.y + 4 + line * LINE, width, grey: i === selected ? 255 : 40 });
      }, ground);
    },
    solid(WIDTH, height, grey(255)),
  );
  return { page, rows };
}

describe('rowBands of wrapped text in rows that have a background of their own', () => {
  it.each([
    { lines: [3, 4, 4, 1, 1, 5, 3, 4], selected: 3 },
    { lines: [2, 3, 1, 2, 4, 2, 1, 3], selected: -1 },
    { lines: [1, 3, 2, 3, 1, 2, 2, 4], selected: 2 },
  ])('takes each of $lines for a row, though all lines are as far apart', ({ lines, selected }) => {
    for (const stripe of [247, 235]) {
      const { page, rows } = wrapped(lines, { stripe, selected });
      expectRows(page, rows);
      expect(rowBands(page).confidence).toBeGreaterThan(0.9);
    }
  });

  it('takes no lines of other lengths for wrapped ones', () => {
    // Neighbours that are selected together.
    const { page } = wrapped([3, 2, 3, 2, 5], { stripe: 210, full: 110 });
    expectRows(page, stack(Array<number>(15).fill(LINE)));
  });

  it('takes rows of one colour that are neighbours for no paragraph, where they end in a last column', () => {
    const [red, green, blue] = [235, 215, 195];
    const levels = [red, green, green, blue, red, blue, green, green, red, blue, blue, blue, green, red];
    const rows = stack(levels.map(() => 34));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const ground = paint(page, { x: 0, y, width: WIDTH, height }, grey(levels[i]));
        const text = write(ground, { x: 6, y: y + 12, width: 120 + 23 * (i % 4), grey: 40 });
        const isAlone = levels[i] !== levels[i - 1] && levels[i] !== levels[i + 1];
        return isAlone ? text : write(text, { x: 350, y: y + 12, width: 40, grey: 40 });
      },
      solid(WIDTH, 34 * rows.length, grey(255)),
    );
    expectRows(image, rows);
  });
});
