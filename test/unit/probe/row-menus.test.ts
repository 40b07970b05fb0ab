import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 260;
const ROW = 26;
/** Above and below a separator of one pixel. */
const ROOM = 5;

/** A menu of sections with a separator between them; the row under the pointer has a background of its own. */
function menu(
  sections: readonly number[],
  { hovered = -1, end = Infinity } = {},
): { page: ImageBuffer; rows: Row[] } {
  const rows: Row[] = [];
  const lines: number[] = [];
  let y = 0;
  for (const [i, count] of sections.entries()) {
    if (i > 0) {
      lines.push(y + ROOM);
      y += 2 * ROOM + 1;
    }
    rows.push(...stack(Array<number>(count).fill(ROW), { first: y }));
    y += count * ROW;
  }
  const height = Math.min(end, y);
  const ruled = lines.reduce(
    (image, at) => paint(image, { x: 0, y: at, width: WIDTH, height: 1 }, grey(224)),
    solid(WIDTH, height, grey(255)),
  );
  const ground =
    hovered < 0 ? ruled : paint(ruled, { x: 0, y: rows[hovered].y, width: WIDTH, height: ROW }, grey(238));
  const page = rows
    .filter((row) => row.y + 8 < height)
    .map((row, i) => ({ x: 12, y: row.y + 9, width: 60 + 27 * (i % 4), grey: 60 }))
    .reduce(write, ground);
  return { page, rows };
}

describe('rowBands of a menu with separators', () => {
  it.each([
    { sections: [5, 2, 3, 1, 2], hovered: 0 },
    { sections: [5, 2, 3, 1, 2], hovered: 3 },
    { sections: [2, 1, 4, 2], hovered: -1 },
  ])('takes each line for a row: %j', ({ sections, hovered }) => {
    const { page, rows } = menu(sections, { hovered });
    expectRows(page, rows);
    expectRows(jpeg60(page), rows);
    expect(rowBands(page).confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('leaves what the end of the region cuts a piece of a row', () => {
    const { page, rows } = menu([3, 2, 1, 4], { end: 4 * ROW + 6 * ROW - 4 + 33 });
    const found = rowBands(page).rows;
    expect(found.filter(({ partial }) => !partial)).toHaveLength(rows.length - 1);
  });
});

describe('rowBands of a short list whose first row is selected', () => {
  it('leaves the piece of a row that the end of the region shows to that row', () => {
    // The region leaves out the first pixel row, too.
    const rows = stack(Array<number>(7).fill(42), { first: -1 });
    const page = rows
      .map(({ y }, i) => ({ x: 12, y: y + 15, width: 60 + 27 * (i % 4), grey: i === 0 ? 255 : 40 }))
      .reduce(
        write,
        paint(solid(WIDTH, 296, grey(255)), { x: 0, y: 0, width: WIDTH, height: 41 }, [53, 132, 228]),
      );
    expectRows(page, rows);
    expectRows(jpeg60(page), rows);
  });
});
