import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/index.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const PICTURE = [120, 60, 40] as const;

/** Without the first pixel rows. */
function scrolled({ width, height, data }: ImageBuffer, by: number): ImageBuffer {
  return new ImageBuffer(width, height - by, data.subarray(4 * width * by));
}

function partials(image: ImageBuffer): boolean[] {
  return rowBands(image).rows.map(({ partial }) => partial);
}

/** White cards on grey with a picture from their upper to their lower edge. */
function cards(count: number): ImageBuffer {
  return stack(
    Array.from({ length: count }, () => 90),
    { first: 6, gap: 12 },
  ).reduce(
    (page, { y, height }, i) => {
      const card = paint(page, { x: 10, y, width: 480, height }, grey(255));
      const shown = paint(card, { x: 10, y, width: 110, height }, PICTURE);
      return write(shown, { x: 140, y: y + 40, width: 120 + 30 * (i % 3), grey: 40 });
    },
    solid(500, 102 * count, grey(225)),
  );
}

describe('rowBands of what the region cuts', () => {
  it('keeps a first row whole that has one line beside a button where the others have two', () => {
    const rows = stack([70, 82, 82, 82]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const ruled = paint(page, { x: 0, y: y + height - 1, width: 600, height: 1 }, grey(210));
        const lines = i === 0 ? [30] : [17, 54];
        return lines.reduce(
          (drawn, at) => write(drawn, { x: 20, y: y + at, width: 180 + 40 * i, grey: 40 }),
          paint(ruled, { x: 480, y: y + (i === 0 ? 12 : 18), width: 90, height: 44 }, grey(90)),
        );
      },
      solid(600, 316, grey(255)),
    );
    expectRows(image, rows);
    expect(partials(jpeg60(image))[0]).toBe(false);
  });

  it('calls a first card cut where the picture that fills it begins at the end of the region', () => {
    const image = scrolled(cards(6), 26);
    expect(partials(image)[0]).toBe(true);
    expect(partials(jpeg60(image))[0]).toBe(true);
  });

  it('calls a last card of unequal height cut that ends in text, whatever shows at the round corners of the others', () => {
    const blocks = stack([40, 132, 90, 150, 120], { first: 12, gap: 8 });
    const page = [255, 255, 255] as const;
    const image = blocks.reduce(
      (drawn, { y, height }, i) => {
        const card = paint(drawn, { x: 10, y, width: 380, height }, PICTURE);
        const round = [1, 2, 3, 4, 5, 6].reduce(
          (cut, at) =>
            [10, 390 - at].reduce(
              (corner, x) =>
                [y + 6 - at, y + height - 7 + at].reduce(
                  (shown, row) => paint(shown, { x, y: row, width: at, height: 1 }, page),
                  corner,
                ),
              cut,
            ),
          card,
        );
        return (i < 4 ? [10, 24] : [10, 24, 38]).reduce(
          (shown, at) => write(shown, { x: 30, y: y + at, width: 130 + 20 * i, grey: 255 }),
          round,
        );
      },
      solid(460, 500, page),
    );
    const cut = [false, false, false, false, true];
    expect(partials(image)).toEqual(cut);
    expect(partials(jpeg60(image))).toEqual(cut);
    const whole = new ImageBuffer(460, 452, image.data.subarray(0, 4 * 460 * 452));
    expect(partials(whole)).toEqual(cut.slice(0, 4));
  });

  it('calls one of many rows of one height cut that is lower by a few pixels', () => {
    const heights = Array.from({ length: 9 }, () => 36);
    const image = stack(heights).reduce(
      (page, { y, height }, i) =>
        write(paint(page, { x: 0, y, width: 500, height }, grey(i % 2 === 0 ? 255 : 242)), {
          x: 20,
          y: y + 13,
          width: 150 + 25 * (i % 4),
          grey: 30,
        }),
      solid(500, 36 * 9, grey(255)),
    );
    const shown = new ImageBuffer(500, 36 * 9 - 3, image.data.subarray(0, 4 * 500 * (36 * 9 - 3)));
    expect(partials(shown)).toEqual(heights.map((_, i) => i === 8));
  });

  it('keeps a first row whole that is a little lower than others of one height, with its ink where theirs is', () => {
    const rows = stack([57, 60, 60, 60, 60, 60, 60]);
    const image = rows.reduce(
      (page, { y, height }, i) =>
        [16, 36].reduce(
          (drawn, at) => write(drawn, { x: 20, y: y + at, width: 160 + 30 * (i % 4), grey: 40 }),
          paint(page, { x: 0, y: y + height - 1, width: 500, height: 1 }, grey(205)),
        ),
      solid(500, 440, grey(255)),
    );
    expect(partials(image)[0]).toBe(false);
  });

  it.each([36, 44])('keeps a first bordered row of %i pixels whole that has no gap above it', (height) => {
    const rows = stack(
      Array.from({ length: 9 }, () => height),
      { gap: 2 },
    );
    const image = rows.reduce(
      (page, { y }, i) => {
        const border = paint(page, { x: 0, y, width: 500, height }, grey(28));
        const light = paint(border, { x: 1, y, width: 498, height: 1 }, grey(77));
        const row = paint(light, { x: 1, y: y + 1, width: 498, height: height - 2 }, grey(64));
        const icon = paint(row, { x: 47, y: y + (height - 24) / 2, width: 24, height: 24 }, PICTURE);
        return write(icon, { x: 90, y: y + height / 2 - 5, width: 120 + 30 * (i % 3), grey: 230 });
      },
      solid(500, 9 * (height + 2), grey(49)),
    );
    for (const shown of [image, jpeg60(image)]) {
      expectRows(shown, rows);
      expect(partials(scrolled(shown, 9))[0]).toBe(true);
    }
  });
});
