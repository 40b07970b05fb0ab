import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 700;
const BLUE = [53, 132, 228] as const;
const DONE = [74, 61, 32, 93, 67, 18, 88];

/** Rows of one line, with a cell that is filled to a share of its width, and up to the next one. */
function progress(heights: readonly number[]): ImageBuffer {
  return stack(heights).reduce(
    (page, { y, height }, i) => {
      const track = paint(page, { x: 600, y, width: 80, height }, grey(235));
      const bar = paint(track, { x: 600, y, width: Math.round(0.8 * DONE[i]), height }, BLUE);
      return write(bar, { x: 20, y: y + Math.round(height / 2) - 5, width: 180 + 37 * (i % 3), grey: 30 });
    },
    solid(WIDTH, 420, grey(255)),
  );
}

describe('rowBands of rows of which a cell is filled up to the next row', () => {
  it.each([26, 40])('tells rows %i pixels high by their lines', (height) => {
    const heights = DONE.map(() => height);
    expectRows(progress(heights), stack(heights));
    expectRows(jpeg60(progress(heights)), stack(heights));
  });

  it('tells the rows below a selected one', () => {
    const rows = stack([26, 26, 26, 26]);
    const selected = paint(progress([26, 26, 26, 26]), { x: 0, y: 0, width: 600, height: 26 }, BLUE);
    const image = write(selected, { x: 20, y: 8, width: 180, grey: 250 });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('keeps pictures and buttons where no row reaches the next one', () => {
    const rows = stack(DONE.slice(2).map(() => 84));
    const image = rows.reduce(
      (page, { y }, i) => {
        const shown = paint(page, { x: 14, y: y + 10, width: 64, height: 64 }, grey(140 + 8 * i));
        const button = paint(shown, { x: 600, y: y + 22, width: 84, height: 40 }, BLUE);
        return write(button, { x: 100, y: y + 14, width: 60, grey: 30 });
      },
      solid(WIDTH, 420, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
