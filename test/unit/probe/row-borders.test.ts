import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 560;
const cards = [14, 124, 234, 344].map((y) => ({ y, height: 96 }));

/** White cards on a grey page, each with a border of so many pixels in it, narrower than the page or from side to side. */
function page({
  border,
  level,
  inset,
}: Readonly<{ border: number; level: number; inset: number }>): ImageBuffer {
  const width = WIDTH - 2 * inset;
  return cards.reduce(
    (image, { y, height }, i) => {
      const framed = paint(image, { x: inset, y, width, height }, grey(level));
      const inner = {
        x: inset + border,
        y: y + border,
        width: width - 2 * border,
        height: height - 2 * border,
      };
      const card = paint(framed, inner, grey(255));
      const title = write(card, { x: inset + 20, y: y + 24, width: 130 + 40 * (i % 3), grey: 30 });
      return write(title, { x: inset + 20, y: y + 56, width: 210 - 30 * (i % 2), grey: 90 });
    },
    solid(WIDTH, 454, grey(228)),
  );
}

describe('rowBands of cards with a border', () => {
  it.each([
    { border: 3, level: 150, inset: 0 },
    { border: 3, level: 150, inset: 12 },
  ])('takes the border of $border pixels at $inset for the card’s, above and below', (design) => {
    const image = page(design);
    expectRows(image, cards);
    expectRows(jpeg60(image), cards);
    expect(rowBands(image).pitch).toBe(110);
  });

  it.each([4, 8, 16])('takes the outline of the selected one for its own, %i pixels from the next', (gap) => {
    const rows = [0, 1, 2, 3, 4].map((i) => ({ y: i * (92 + gap), height: 92 }));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const card = paint(page, { x: 20, y, width: WIDTH, height }, grey(i === 1 ? 255 : 31));
        const inner = { x: 23, y: y + 3, width: WIDTH - 6, height: height - 6 };
        const title = write(paint(card, inner, grey(31)), { x: 60, y: y + 24, width: 200, grey: 250 });
        return write(title, { x: 60, y: y + 52, width: 240 + 30 * (i % 2), grey: 170 });
      },
      solid(WIDTH + 40, 5 * (92 + gap), grey(14)),
    );
    // From side to side: the page shows beyond the region.
    const region = { x: 20, y: 0, width: WIDTH, height: image.height };
    expectRows(image, rows, { region });
    expectRows(jpeg60(image), rows, { region });
  });

  it.each([
    { border: [226, 230, 234], card: 255, ground: [243, 244, 246], shadow: [24, 20, 16, 12, 8, 5, 3, 1] },
    { border: [233, 228, 245], card: 255, ground: [243, 244, 246], shadow: [24, 20, 16, 12, 8, 5, 3, 1] },
  ])('takes a faint border of two pixels, with a shadow around it, for the card’s: $border', (design) => {
    const rows = cards.map(({ y, height }, i) => ({ y: y - 14 + 12 * i, height }));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const shade = (at: number, by: number): ImageBuffer =>
          paint(page, { x: 0, y: at, width: WIDTH, height: 1 }, [
            design.ground[0] - by,
            design.ground[1] - by,
            design.ground[2] - by,
          ]);
        design.shadow.forEach((by, at) => (page = shade(y + height + at, by)));
        design.shadow.slice(4).forEach((by, at) => y > at && (page = shade(y - 1 - at, by)));
        const [red, green, blue] = design.border;
        const framed = paint(page, { x: 4, y, width: WIDTH - 8, height }, [red, green, blue]);
        const inner = { x: 6, y: y + 2, width: WIDTH - 12, height: height - 4 };
        const card = paint(framed, inner, grey(design.card));
        const ink = design.card > 128 ? 30 : 230;
        const title = write(card, { x: 24, y: y + 24, width: 130 + 40 * (i % 3), grey: ink });
        return write(title, { x: 24, y: y + 56, width: 210 - 30 * (i % 2), grey: ink });
      },
      solid(WIDTH, 478, [design.ground[0], design.ground[1], design.ground[2]]),
    );
    for (const { y, height } of rows.slice(1, -1))
      expect(rowBands(image).rows).toContainEqual({ y, height, partial: false });
  });

  it('tells a selected card from the next ones, with borders and a shadow between them', () => {
    const [border, height] = [2, 58];
    const gap = [227, 227, 219, 223, 227, 231, 235, 238, 241, 243, 243, 241, 238, 236, 227, 227];
    const pitch = height + gap.length;
    const rows = [0, 1, 2, 3, 4].map((i) => ({
      y: i * pitch - (i === 0 ? 0 : border),
      height: height + (i === 0 ? 1 : 2) * border,
    }));
    const image = rows.reduce(
      (page, _, i) => {
        const y = i * pitch;
        const card = i === 2 ? paint(page, { x: 0, y, width: WIDTH, height }, [249, 205, 236]) : page;
        const shaded = gap.reduce(
          (drawn, level, at) =>
            paint(drawn, { x: 0, y: y + height + at, width: WIDTH, height: 1 }, grey(level)),
          card,
        );
        const title = write(shaded, { x: 20, y: y + 14, width: 130 + 40 * (i % 3), grey: 30 });
        return write(title, { x: 20, y: y + 34, width: 210 - 30 * (i % 2), grey: 90 });
      },
      solid(WIDTH, 4 * pitch + height + border, grey(255)),
    );
    expectRows(image, rows);
  });

  it('takes a shadow below the cards for none', () => {
    const image = cards.reduce(
      (shaded, { y, height }) =>
        [26, 20, 14, 8].reduce(
          (drawn, dark, i) =>
            paint(drawn, { x: 12, y: y + height + i, width: WIDTH - 24, height: 1 }, grey(228 - dark)),
          shaded,
        ),
      page({ border: 0, level: 255, inset: 12 }),
    );
    expectRows(image, cards);
  });

  it.each([
    { theme: 'light', card: 255, ink: 30, gap: [209, 217, 225, 231, 236, 238, 238, 236, 231, 225] },
    { theme: 'dark', card: 50, ink: 220, gap: [16, 20, 23, 26, 28, 30, 30, 28, 26, 23] },
    {
      theme: 'light and wide',
      card: 255,
      ink: 30,
      gap: [172, 183, 194, 205, 215, 224, 233, 240, 245, 240, 234, 228, 222, 216],
    },
  ])('takes a shadow that reaches over the gap to the next card for none, $theme', ({ card, ink, gap }) => {
    const pitch = 78 + gap.length;
    const rows = [0, 1, 2, 3].map((i) => ({ y: pitch * i, height: 78 }));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const shaded = gap.reduce(
          (drawn, level, at) =>
            paint(drawn, { x: 0, y: y + height + at, width: WIDTH, height: 1 }, grey(level)),
          page,
        );
        const first = write(shaded, { x: 20, y: y + 18, width: 130 + 40 * (i % 3), grey: ink });
        return write(first, { x: 20, y: y + 46, width: 210 - 30 * (i % 2), grey: ink });
      },
      solid(WIDTH, 4 * pitch, grey(card)),
    );
    expectRows(image, rows);
    // The region ends within the last shadow.
    expectRows(image, rows, { region: { x: 0, y: 0, width: WIDTH, height: 4 * pitch - 4 } });
  });
});

describe('rowBands of cards with a faint border, in a picture without loss', () => {
  it('has the border above cards whose lower one a line of anti-aliasing ends', () => {
    const cards = stack([118, 118, 120, 118], { first: 28, gap: 28 });
    const image = cards.reduce(
      (page, { y, height }, i) => {
        const outline = paint(page, { x: 8, y, width: 384, height }, grey(227));
        const card = paint(outline, { x: 11, y: y + 3, width: 378, height: height - 6 }, grey(255));
        const below = paint(card, { x: 8, y: y + height, width: 384, height: 1 }, grey(239));
        return write(below, { x: 30, y: y + 54, width: 90 + 17 * i, grey: 40 });
      },
      solid(400, 614, grey(243)),
    );
    expectRows(image, cards);
  });
});
