import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

/** Cards of parts with a line between them, one text to each. */
function cards(rows: readonly Row[], parts: (i: number) => readonly number[]): ImageBuffer {
  const { y, height } = rows[rows.length - 1];
  return rows.reduce(
    (page, row, i) => {
      const framed = paint(page, { x: 18, y: row.y, width: 564, height: row.height }, grey(205));
      const card = paint(framed, { x: 19, y: row.y + 1, width: 562, height: row.height - 2 }, grey(255));
      return stack(parts(i), { first: row.y }).reduce((drawn, part, at) => {
        const line = { x: 19, y: part.y, width: 562, height: 1 };
        const ruled = at === 0 ? drawn : paint(drawn, line, grey(222));
        return write(ruled, {
          x: 40,
          y: part.y + Math.round(part.height / 2) - 5,
          width: 120 + 40 * at,
          grey: 40,
        });
      }, card);
    },
    solid(600, y + height + 16, grey(236)),
  );
}

describe('rowBands of cards with a line inside', () => {
  it('takes a body and its footer for one row', () => {
    const rows = stack([130, 130, 130, 130], { first: 16, gap: 16 });
    const image = cards(rows, () => [76, 54]);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('takes bodies of unequal height and their footers for one row each', () => {
    const bodies = [76, 110, 92, 76];
    const rows = stack(
      bodies.map((body) => body + 44),
      { first: 16, gap: 16 },
    );
    expectRows(
      cards(rows, (i) => [bodies[i], 44]),
      rows,
    );
  });

  it.each([[[48, 48]], [[36, 56, 56]], [[48, 48, 72]]])(
    'keeps the rows of groups apart that are %j high',
    (parts) => {
      const height = parts.reduce((sum, part) => sum + part, 0);
      const groups = stack([height, height, height], { first: 16, gap: 20 });
      const { rows } = rowBands(cards(groups, () => parts));
      expect(rows).toHaveLength(3 * parts.length);
    },
  );
});

describe('rowBands of cards with a title bar', () => {
  const BARS: readonly [number, number, number][] = [
    [46, 125, 80],
    [168, 50, 50],
    [176, 122, 18],
  ];

  /** Cards that begin with a bar of one of three colours, of as many lines below it. */
  function tickets(
    lines: readonly number[],
    {
      bar,
      gap,
      ground,
      card,
      border,
    }: Readonly<Record<'bar' | 'gap' | 'ground' | 'card' | 'border', number>>,
  ): { readonly image: ImageBuffer; readonly rows: readonly Row[] } {
    const rows = stack(
      lines.map((count) => bar + 14 + 18 * count),
      { first: gap, gap },
    );
    const { y, height } = rows[rows.length - 1];
    const image = rows.reduce(
      (page, row, i) => {
        const framed = paint(page, { x: 4, y: row.y, width: 352, height: row.height }, grey(border));
        const inside = { x: 6, y: row.y + 2, width: 348, height: row.height - 4 };
        const titled = paint(paint(framed, inside, grey(card)), { ...inside, height: bar - 2 }, BARS[i % 3]);
        const title = write(titled, { x: 20, y: row.y + (bar >> 1) - 5, width: 60, grey: 255 });
        return Array.from({ length: lines[i] }, (_, line) => ({
          x: 20,
          y: row.y + bar + 10 + 18 * line,
          width: 90 + 25 * ((line + i) % 4),
          grey: card > 128 ? 30 : 220,
        })).reduce(write, title);
      },
      solid(360, y + height + gap, grey(ground)),
    );
    return { image, rows };
  }

  it.each([
    { bar: 24, gap: 10, ground: 236, card: 255, border: 228 },
    { bar: 36, gap: 14, ground: 221, card: 252, border: 208 },
    { bar: 48, gap: 16, ground: 17, card: 31, border: 55 },
  ])('takes the bar and the lines below it for one row: %j', (design) => {
    const { image, rows } = tickets([3, 5, 2, 4, 1], design);
    expectRows(image, rows, { maxHeight: 200 });
    expectRows(jpeg60(image), rows, { maxHeight: 200 });
  });
});
