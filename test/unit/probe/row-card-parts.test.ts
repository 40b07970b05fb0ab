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
