import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 560;
const SELECTED = [205, 226, 246] as const;

interface Design {
  /** Lines of text of each row. */
  readonly lines: readonly number[];
  readonly selected: number;
  /** Pixel rows of the first row that the picture begins below of. */
  readonly cut?: number;
}

/** A log: each row begins with the time, and its text wraps. */
function log({ lines, selected, cut = 0 }: Design): { image: ImageBuffer; rows: ReturnType<typeof stack> } {
  const rows = stack(
    lines.map((count) => 22 + 18 * count),
    { first: -cut },
  );
  const image = rows.reduce(
    (page, { y, height }, i) => {
      const shaded = i === selected ? paint(page, { x: 0, y, width: WIDTH, height }, SELECTED) : page;
      const timed = y + 14 < 0 ? shaded : write(shaded, { x: 20, y: y + 14, width: 70, grey: 130 });
      return Array.from({ length: lines[i] }, (_, line) => y + 14 + 18 * line)
        .filter((at) => at >= 0)
        .reduce(
          (drawn, at) => write(drawn, { x: 120, y: at, width: 300 + ((7 * at) % 90), grey: 40 }),
          timed,
        );
    },
    solid(WIDTH, 420, grey(255)),
  );
  return { image, rows };
}

describe('rowBands of rows of unequal height that begin with a mark', () => {
  it.each([
    { of: 'below the selected one', lines: [1, 2, 2, 1, 3, 1, 1], selected: 1 },
    { of: 'above and below it', lines: [2, 1, 1, 2, 1, 2, 1], selected: 3 },
    {
      of: 'below one that the region cuts before its last line',
      lines: [2, 3, 4, 1, 2],
      selected: 2,
      cut: 26,
    },
  ])('tells them $of', ({ lines, selected, cut }) => {
    const { image, rows } = log({ lines, selected, cut });
    const whole = rows.filter(({ y, height }) => y >= 0 && y + height <= image.height);
    expectRows(image, whole);
    expectRows(jpeg60(image), whole);
  });

  it('tells comments beside a picture of each author', () => {
    const lines = [2, 2, 1, 2, 1, 2];
    const rows = stack(lines.map((count) => 68 + 16 * (count - 1)));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const shaded = i === 3 ? paint(page, { x: 0, y, width: WIDTH, height }, SELECTED) : page;
        const shown = paint(shaded, { x: 20, y: y + 16, width: 32, height: 32 }, grey(90 + 12 * i));
        const named = write(shown, { x: 70, y: y + 18, width: 90 + 10 * i, grey: 30 });
        return Array.from({ length: lines[i] }, (_, line) => y + 36 + 18 * line).reduce(
          (drawn, at) => write(drawn, { x: 70, y: at, width: 320 + ((7 * at) % 90), grey: 40 }),
          named,
        );
      },
      solid(
        WIDTH,
        rows.reduce((sum, { height }) => sum + height, 0),
        grey(255),
      ),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
