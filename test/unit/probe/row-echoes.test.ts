import { describe, expect, it } from 'vitest';
import { sizeRect } from '../../../src/core/geometry.js';
import { rowEdges } from '../../../src/probe/rows/boundary/row-edges.js';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 480;

type Color = readonly [number, number, number];

/** The boundaries of pixel rows of these colours, as a decoder of a JPEG left them. */
function edgesOf(rows: readonly Color[]): number[] {
  const image = rows.reduce(
    (page, colour, y) => paint(page, { x: 0, y, width: WIDTH, height: 1 }, colour),
    solid(WIDTH, rows.length, grey(0)),
  );
  return rowEdges({ ...rowProfile(image, sizeRect(image), 160), noise: 3 }).map(({ y }) => y);
}

function repeat(colour: Color, times: number): Color[] {
  return Array.from({ length: times }, () => colour);
}

describe('boundaries that a JPEG blurs', () => {
  it('ends a faint separator where it is, not with its echo at the other end of the block', () => {
    const line = [-3, -7, -4, 1, 1, -4].map((by): Color => [242 + by, 245 + by, 250 + by]);
    const tint = [242, 245, 250] as const;
    const rows = [0, 1, 2].flatMap(() => [...repeat(tint, 34), ...line]);
    const found = edgesOf([...rows, ...repeat(tint, 34)]);
    expect(found).toEqual([37, 77, 117]);
  });

  it('ends the separator above a selected row before the colour that is blurred into that', () => {
    const blur: Color[] = [
      [80, 94, 96],
      [81, 95, 96],
      [45, 75, 86],
      [39, 80, 100],
      [26, 77, 106],
      [27, 82, 113],
    ];
    const found = edgesOf([...repeat([44, 53, 53], 54), ...blur, ...repeat([28, 79, 102], 40)]);
    expect(found).toEqual([56]);
  });

  it('finds the gap between two cards of which one has a far weaker border', () => {
    const gap = [50, 24, 15, 23, 17, 24, 20, 20, 16, 58, 26, 33, 26, 34, 28].map(grey);
    const cards = [0, 1, 2].flatMap(() => [...repeat(grey(30), 69), ...gap]);
    expect(edgesOf([...cards, ...repeat(grey(30), 69)])).toEqual([70, 78, 154, 162, 238, 246]);
  });

  it.each([3, 4, 5])('leaves a gap of %i pixels between the borders of two cards to none of them', (gap) => {
    for (const height of [51, 60, 68]) {
      const rows = stack([height, height, height, height, height, height], { gap });
      const page = rows.reduce(
        (image, { y }, i) => {
          const border = paint(image, { x: 0, y, width: WIDTH, height }, grey(229));
          const card = paint(border, { x: 1, y: y + 1, width: WIDTH - 2, height: height - 2 }, grey(251));
          const title = write(card, { x: 20, y: y + 12, width: 180 + 30 * (i % 3), grey: 30 });
          return write(title, { x: 20, y: y + 30, width: 150 + 30 * (i % 2), grey: 90 });
        },
        solid(WIDTH, 6 * (height + gap), grey(243)),
      );
      expectRows(jpeg60(page), rows);
    }
  });

  it.each([7, 8, 9])(
    'leaves a gap of %i pixels below a shadow to no card where the page shows beside them',
    (gap) => {
      const rows = stack([56, 74, 56, 56, 74, 56], { gap });
      const last = rows[rows.length - 1];
      const page = rows.reduce(
        (image, { y, height }, i) => {
          const card = { x: 8, width: WIDTH - 16 };
          const shadow = [219, 236, 244].reduce(
            (shaded, level, below) =>
              paint(shaded, { ...card, y: y + height + below, height: 1 }, grey(level)),
            paint(image, { ...card, y, height }, grey(255)),
          );
          const title = write(shadow, { x: 24, y: y + 14, width: 120 + 30 * (i % 3), grey: 20 });
          return write(title, { x: 24, y: y + 32, width: 90 + 30 * (i % 2), grey: 90 });
        },
        solid(WIDTH, last.y + last.height + gap, grey(248)),
      );
      expectRows(page, rows);
      expectRows(jpeg60(page), rows);
    },
  );
});
