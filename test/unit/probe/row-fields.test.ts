import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { expectRows, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const BORDER = [46, 51, 66] as const;
const CARD = [27, 30, 41] as const;
const PAGE = [15, 17, 24] as const;

/** A card with round corners and a border of two pixels. */
function card(
  page: ImageBuffer,
  { x, y, width, height }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
  radius: number,
): ImageBuffer {
  let drawn = page;
  for (let row = 0; row < height; row++) {
    const insetOf = (by: number): number => {
      const from = Math.min(row - by, height - by - 1 - row);
      const r = radius - by;
      if (from < 0) return width / 2;
      return by + (from >= r ? 0 : Math.round(r - Math.sqrt(r * r - (r - from - 0.5) ** 2)));
    };
    for (const [by, colour] of [
      [0, BORDER],
      [2, CARD],
    ] as const) {
      const inset = insetOf(by);
      const across = width - 2 * inset;
      if (across > 0) drawn = paint(drawn, { x: x + inset, y: y + row, width: across, height: 1 }, colour);
    }
  }
  return drawn;
}

describe('rowBands of cards with large round corners', () => {
  it('takes their borders for no fields, with the corner for a label', () => {
    const rows = stack([146, 146, 188, 146], { first: 16, gap: 24 });
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const drawn = card(page, { x: 32, y, width: 736, height }, 24);
        const title = write(drawn, { x: 70, y: y + 40, width: 180 + 40 * (i % 3), grey: 230 });
        return write(title, { x: 70, y: y + height - 50, width: 320 - 30 * i, grey: 170 });
      },
      solid(800, 762, PAGE),
    );
    expectRows(image, rows, { maxHeight: 250 });
  });
});
