import { describe, it } from 'vitest';
import { paint, solid } from '../../support/draw.js';
import { type Row, expectRows, jpeg60, stack, write } from '../../support/draw-rows.js';

const LINE = [176, 141, 78] as const;
const ICONS = [
  [46, 110, 190],
  [184, 138, 44],
  [46, 140, 110],
  [196, 74, 46],
] as const;

/** Cards with a border, a shadow, a picture, two lines, a progress bar in the colour of the border and a button. */
function quests(rows: readonly Row[]) {
  const last = rows[rows.length - 1];
  let image = solid(414, last.y + last.height + 20, [216, 198, 158]);
  for (const [i, { y, height }] of rows.entries()) {
    for (const [at, shade] of [32, 24, 16, 8].entries())
      image = paint(image, { x: 13, y: y + height + at, width: 388, height: 1 }, [
        216 - shade,
        198 - shade,
        158 - shade,
      ]);
    image = paint(image, { x: 12, y, width: 390, height }, LINE);
    image = paint(image, { x: 14, y: y + 2, width: 386, height: height - 4 }, [251, 243, 221]);
    image = paint(image, { x: 24, y: y + 16, width: 56, height: 56 }, ICONS[i % ICONS.length]);
    image = write(image, { x: 92, y: y + 16, width: 110 + 20 * (i % 3), grey: 50 });
    image = write(image, { x: 92, y: y + 38, width: 140 - 14 * (i % 2), grey: 110 });
    const bar = { x: 92, y: y + height - 28, height: 10 };
    image = paint(image, { ...bar, width: 170 }, LINE);
    image = paint(image, { ...bar, width: 40 + 23 * (i % 4) }, [76, 175, 80]);
    image = write(image, { x: 272, y: bar.y + 1, width: 36, grey: 110 });
    image = paint(image, { x: 316, y: y + 24, width: 74, height: 38 }, [218, 154, 27]);
    image = write(image, { x: 334, y: y + 38, width: 36, grey: 250 });
  }
  return image;
}

describe('rowBands: cards that a JPEG breaks at their progress bars', () => {
  it.each([
    { first: 9, height: 88, gap: 14 },
    { first: 9, height: 88, gap: 10 },
    { first: 6, height: 96, gap: 10 },
    { first: 6, height: 96, gap: 14 },
  ])('$height pixels high, $gap apart, from $first on', ({ first, height, gap }) => {
    const rows = stack([height, height, height, height, height], { first, gap });
    const image = quests(rows);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
