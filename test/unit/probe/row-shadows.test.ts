import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { expectRows, grey, jpeg60, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 560;
const GROUND = 243;
const BORDER = 219;

/** White cards with a border, and below each a shadow whose rows differ from the page by these shares of what the border does. */
function page({
  pitch,
  gap,
  border,
  below,
  shares,
}: Readonly<{ pitch: number; gap: number; border: number; below: number; shares: readonly number[] }>): {
  readonly image: ImageBuffer;
  readonly rows: readonly { readonly y: number; readonly height: number }[];
} {
  const rows = [0, 1, 2, 3, 4, 5].map((i) => ({ y: i * pitch, height: pitch - gap }));
  const image = rows.reduce(
    (drawn, { y, height }, i) => {
      const across = (at: number, level: number, rows = 1): void => {
        drawn = paint(drawn, { x: 0, y: at, width: WIDTH, height: rows }, grey(level));
      };
      across(y, BORDER, height);
      across(y + border, 255, height - border - below);
      shares.forEach((share, at) => {
        across(y + height + at, Math.round(GROUND - share * (GROUND - BORDER)));
      });
      const title = write(drawn, { x: 20, y: y + 16, width: 130 + 40 * (i % 3), grey: 30 });
      return write(title, { x: 20, y: y + 36, width: 210 - 30 * (i % 2), grey: 90 });
    },
    solid(WIDTH, 6 * pitch - gap + 10, grey(GROUND)),
  );
  return { image, rows };
}

describe('rowBands of cards with a border and a shadow below it', () => {
  it.each([62, 65, 67, 70, 73, 78])('takes the shadow for none as a JPEG, cards %i pixels apart', (pitch) => {
    const shares = [0.96, 0.87, 0.71, 0.54, 0.38, 0.25, 0.12];
    const { image, rows } = page({ pitch, gap: 14, border: 2, below: 2, shares });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it.each([62, 65, 67, 70])('takes a short shadow for none as a JPEG, cards %i pixels apart', (pitch) => {
    const { image, rows } = page({ pitch, gap: 11, border: 1, below: 1, shares: [0.85, 0.5, 0.2] });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it.each([65, 67, 70])('takes a thicker lower border for the card’s, cards %i pixels apart', (pitch) => {
    const { image, rows } = page({ pitch, gap: 14, border: 1, below: 4, shares: [] });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
