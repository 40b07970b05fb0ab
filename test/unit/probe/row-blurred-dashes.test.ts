import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 640;

/** Rows with a line of dashes, 3 pixels long and 2 apart, at the end of each. */
function dashed({ height, count, dark }: Readonly<{ height: number; count: number; dark: boolean }>): {
  image: ImageBuffer;
  rows: ReturnType<typeof stack>;
} {
  const rows = stack(Array.from({ length: count }, () => height));
  const [ground, line, ink] = dark ? [16, 57, 190] : [250, 216, 50];
  const image = rows.reduce(
    (page, { y }, i) => {
      const dashes = Array.from({ length: WIDTH / 5 }, (_, k) => 5 * k).reduce(
        (drawn, x) => paint(drawn, { x, y: y + height - 1, width: 3, height: 1 }, grey(line)),
        page,
      );
      const middle = y + Math.round(height / 2) - 5;
      const named = write(dashes, { x: 20, y: middle, width: 120 + 37 * (i % 3), grey: ink });
      return write(named, { x: 400, y: middle, width: 60 + 20 * (i % 2), grey: ink });
    },
    solid(WIDTH, height * count, grey(ground)),
  );
  return { image, rows };
}

describe('rowBands of a JPEG with dashed lines', () => {
  it.each([
    { height: 44, count: 9, dark: true },
    { height: 31, count: 12, dark: false },
    { height: 36, count: 11, dark: true },
    { height: 37, count: 10, dark: false },
  ])('tells rows of $height pixels, wherever in its blocks their lines are, dark: $dark', (design) => {
    const { image, rows } = dashed(design);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
    expect(rowBands(jpeg60(image)).confidence).toBeGreaterThanOrEqual(0.8);
  });
});
