import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 320;
const ROW = 48;

type Filled = (page: ImageBuffer, y: number, i: number) => ImageBuffer;

const lines: Filled = (page, y, i) => {
  const titled = write(page, { x: 16, y: y + 11, width: 80 + 23 * (i % 4), grey: 190 });
  return write(titled, { x: 16, y: y + 27, width: 60 + 31 * (i % 3), grey: 140 });
};
const pictured: Filled = (page, y, i) => {
  const picture = paint(page, { x: 16, y: y + 7, width: 34, height: 34 }, grey(110 + 20 * (i % 4)));
  return write(picture, { x: 64, y: y + 19, width: 80 + 23 * (i % 4), grey: 190 });
};

/** Groups of rows that nothing parts, each below a strip with its heading. */
function grouped(
  groups: readonly number[],
  filled: Filled,
  strip: number,
): { page: ImageBuffer; rows: Row[] } {
  const rows: Row[] = [];
  let page = solid(
    WIDTH,
    groups.reduce((y, count) => y + strip + count * ROW, 0),
    grey(32),
  );
  let y = 0;
  for (const count of groups) {
    page = paint(page, { x: 0, y, width: WIDTH, height: strip }, grey(46));
    page = write(page, { x: 16, y: y + (strip - 10) / 2, width: 90, grey: 190 });
    y += strip;
    for (let i = 0; i < count; i++, y += ROW) {
      page = filled(page, y, rows.length);
      rows.push({ y, height: ROW });
    }
  }
  return { page, rows };
}

describe('rowBands of groups of flat rows between strips with headings', () => {
  it.each([{ groups: [3, 7] }, { groups: [2, 8] }, { groups: [2, 3, 6] }, { groups: [2, 4, 2] }])(
    'parts the groups of $groups into rows of the height that repeats',
    ({ groups }) => {
      for (const filled of [lines, pictured]) {
        for (const strip of [24, 34]) {
          const { page, rows } = grouped(groups, filled, strip);
          for (const image of [page, jpeg60(page)]) {
            // The strips are lower.
            const found = rowBands(image).rows.filter(({ height }) => height > 40);
            expect(found.map(({ y, height }) => ({ y, height }))).toEqual(rows);
          }
        }
      }
    },
  );
});

describe('rowBands of groups of flat rows below flat headings', () => {
  const HEADING = 30;

  /** A table whose headings are smaller lines in nothing but their room, 80 pixels of each row's columns to the right. */
  function table(
    heights: readonly number[],
    { first = 0, selected = -1 } = {},
  ): { page: ImageBuffer; rows: Row[] } {
    const all = stack(heights, { first });
    const chosen = all.at(selected);
    const blank = solid(
      WIDTH,
      Math.min(400, first + heights.reduce((sum, height) => sum + height, 0)),
      grey(255),
    );
    const ground =
      selected < 0 || chosen === undefined
        ? blank
        : paint(blank, { x: 0, width: WIDTH, ...chosen }, grey(225));
    const page = all.reduce((drawn, { y, height }, i) => {
      const x = 16;
      if (height === HEADING) return write(drawn, { x, y: y + 10, width: 50 + 9 * (i % 3), grey: 90 });
      const named = write(drawn, { x, y: y + 17, width: 80 + 23 * (i % 4), grey: 40 });
      return write(named, { x: 230, y: y + 17, width: 80, grey: 40 });
    }, ground);
    const isWhole = ({ y, height }: Row): boolean =>
      height !== HEADING && y >= 0 && y + height <= page.height;
    return { page, rows: all.filter(isWhole) };
  }

  it.each([
    { heights: [30, 44, 44, 44, 44, 30, 44, 44, 44, 44] },
    { heights: [30, 44, 44, 44, 44, 30, 44, 44, 44, 44, 30, 44], first: -8 },
    { heights: [44, 44, 44, 30, 44, 30, 44, 44, 44, 44], first: -16 },
    { heights: [30, 44, 44, 44, 44, 30, 44, 44, 44, 30], selected: 4 },
    { heights: [30, 44, 44, 44, 44, 30, 44, 44, 44, 30], selected: 6 },
  ])('finds the rows among $heights from $first on', ({ heights, ...shown }) => {
    const { page, rows } = table(heights, shown);
    for (const image of [page, jpeg60(page)]) {
      const found = rowBands(image).rows.filter(({ height, partial }) => height > 40 && !partial);
      expect(found).toHaveLength(rows.length);
      for (const [i, { y, height }] of rows.entries()) {
        expect(Math.abs(found[i].y - y)).toBeLessThanOrEqual(2);
        expect(Math.abs(found[i].y + found[i].height - y - height)).toBeLessThanOrEqual(2);
      }
    }
  });
});
