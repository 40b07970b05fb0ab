import { describe, expect, it } from 'vitest';
import { type Rect, inflate, sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { cutsLetters } from '../../../src/probe/veil/cut-letters.js';
import { foreignCells } from '../../../src/probe/veil/foreign-cells.js';
import { predict } from '../../../src/probe/veil/veil-search.js';
import { LIGHT, map } from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

const { page: ground, card, ink, line } = LIGHT;
const BOX: Rect = { x: 202, y: 60, width: 180, height: 140 };

/** Letters of 18 pixels, row by row; those within the box as of another text. */
const rows = (within: number): ImageBuffer =>
  [0, 1, 2, 3, 4, 5, 6, 7, 8].reduce(
    (image, row) =>
      Array.from({ length: 90 }, (_, i) => i)
        .filter((i) => ((row + (i > 31 && i < 61 ? within : 1)) * 7 + i * 5) % 4 !== 0)
        .reduce(
          (drawn, i) => paint(drawn, { x: 14 + 6 * i, y: 44 * row + 13, width: 2, height: 18 }, ink),
          image,
        ),
    solid(640, 400, ground),
  );
const page = rows(1);
const menu = paint(paint(page, BOX, line), inflate(BOX, -1), card);

function cuts(before: ImageBuffer, after: ImageBuffer): boolean {
  const region = sizeRect(before);
  const dimming = { gain: 1, offset: [0, 0, 0], support: 1, noise: 0 } as const;
  const prediction = predict(dimming);
  const cells = foreignCells(before, after, { region, prediction, tolerance: 8 });
  return cutsLetters(
    { before, after, region, page: dimming, prediction, tolerance: 8, cells, minShare: 0.004 },
    BOX,
  );
}

describe('cutsLetters', () => {
  it('knows a box at whose sides letters end', () => {
    expect(cuts(page, menu)).toBe(true);
  });
  it.each([
    ['closed', menu, page],
    ['shows another text in place', page, rows(2)],
    ['took another colour', page, map(page, (v, x, y) => (inBox(x, y) ? 0.75 * v + 40 : v))],
  ])('takes what %s for none', (_name, before, after) => {
    expect(cuts(before, after)).toBe(false);
  });
});

function inBox(x: number, y: number): boolean {
  return x >= BOX.x && x < BOX.x + BOX.width && y >= BOX.y && y < BOX.y + BOX.height;
}
