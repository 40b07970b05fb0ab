import { describe, it } from 'vitest';
import { solid, paint } from '../../support/draw.js';
import { type Row, expectRows, grey, stack, write } from '../../support/draw-rows.js';

type Colour = readonly [number, number, number];

/** Cards with borders of 2 pixels, as of one on a screen twice as dense; the selected one has another colour and border. */
function cards(
  rows: readonly Row[],
  { ground, fill, selected, line }: Record<'ground' | 'fill' | 'selected' | 'line', Colour>,
  { thick, at }: { readonly thick: number; readonly at: number },
) {
  const last = rows[rows.length - 1];
  let image = solid(800, last.y + last.height + 16, ground);
  for (const [i, { y, height }] of rows.entries()) {
    const border = i === at ? thick : 2;
    const outer = { x: 20, y, width: 760, height };
    image = paint(image, outer, i === at ? line : grey(120));
    const inner = {
      x: 20 + border,
      y: y + border,
      width: 760 - 2 * border,
      height: height - 2 * border,
    };
    image = paint(image, inner, i === at ? selected : fill);
    for (const [line, top] of [30, 56, 82].entries())
      image = write(image, {
        x: 60,
        y: y + top,
        width: 240 - 50 * line + 17 * i,
        grey: ground[0] > 128 ? 40 : 220,
      });
  }
  return image;
}

const LIGHT = {
  ground: [216, 199, 158],
  fill: [246, 238, 218],
  selected: [255, 247, 214],
  line: [212, 160, 23],
} as const;
const DARK = {
  ground: [36, 27, 48],
  fill: [51, 40, 68],
  selected: [75, 58, 102],
  line: [212, 160, 23],
} as const;

describe('rowBands: cards, one of which has an outline that is a strip of its own', () => {
  for (const [name, colours] of Object.entries({ light: LIGHT, dark: DARK })) {
    for (const at of [1, 3]) {
      it(`of four pixels, ${name}, card ${at}`, () => {
        const rows = stack([120, 120, 120, 120, 120], { first: 16, gap: 16 });
        expectRows(cards(rows, colours, { thick: 4, at }), rows);
      });
    }
  }
});

/** Cards with a border above and below, and a shadow that lies on a page shaded from top to bottom, down to the next card. */
function shadowed(rows: readonly Row[], border: number) {
  const last = rows[rows.length - 1];
  const height = last.y + last.height + 24;
  let image = solid(320, height, grey(0));
  for (let y = 0; y < height; y++) {
    const shade = Math.round((40 * y) / height);
    const above = rows.findLast((row) => row.y + row.height <= y);
    const below = above === undefined ? Infinity : y - above.y - above.height;
    const ground: Colour = [228 - shade, 212 - shade, 172 - shade];
    image = paint(image, { x: 0, y, width: 320, height: 1 }, ground);
    const dark = Math.max(0, 40 - Math.round((40 * below) / (3 * border)));
    const cast: Colour = [ground[0] - dark, ground[1] - dark, ground[2] - (dark >> 1)];
    if (dark > 0) image = paint(image, { x: 20, y, width: 280, height: 1 }, cast);
  }
  for (const [i, { y, height: high }] of rows.entries()) {
    image = paint(image, { x: 20, y, width: 280, height: high }, [176, 141, 78]);
    const inner = { x: 20 + border, y: y + border, width: 280 - 2 * border, height: high - 2 * border };
    image = paint(image, inner, [251, 243, 221]);
    for (const [line, top] of [24, 50].entries())
      image = write(image, { x: 60, y: y + top, width: 200 - 50 * line + 7 * i, grey: 40 });
  }
  return image;
}

describe('rowBands: cards whose shadow begins at their border', () => {
  it.each([4, 5])('of %i pixels, on a shaded page', (border) => {
    const rows = stack([96, 96, 96, 96], { first: 20, gap: 6 * border });
    expectRows(shadowed(rows, border), rows);
  });
});
