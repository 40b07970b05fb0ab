import { expect, it } from 'vitest';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { regularRows } from '../../../src/probe/rows/bounded/row-regular.js';
import { grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { solid } from '../../support/draw.js';

const WIDTH = 560;
const cells = stack(Array.from({ length: 8 }, () => 40)).map(({ y, height }) => ({
  top: y,
  bottom: y + height,
}));
const page = cells.reduce(
  (image, { top }, i) => write(image, { x: 20, y: top + 14, width: 140 + 30 * (i % 4), grey: 40 }),
  solid(WIDTH, 320, grey(250)),
);
const region = { x: 0, y: 0, width: WIDTH, height: 320 };

/** As the cells, but that the one at 3 begins where the JPEG shows its upper boundary for a second time. */
const doubled = (later: number) =>
  cells.map((cell, i) => (i === 3 ? { ...cell, top: cell.top + later } : cell));

it('a boundary that a JPEG shows at both ends of a block is one, as the other rows tell', () => {
  const profile = rowProfile(jpeg60(page), region, 160);
  expect(profile.noise).toBeGreaterThan(1);
  expect(regularRows(profile, doubled(8))).toEqual(cells);
  // Letters lie between the two.
  expect(regularRows(profile, doubled(20))).toEqual(doubled(20));
});

it('what a lossless picture shows is left as it is', () => {
  expect(regularRows(rowProfile(page, region, 160), doubled(8))).toEqual(doubled(8));
});

it('a boundary that a JPEG moved is halfway between the ends of two rows where all others are of one height', () => {
  const moved = cells.map(({ top, bottom }, i) => ({
    top: i === 5 ? top + 3 : top,
    bottom: i === 4 ? bottom + 3 : bottom,
  }));
  expect(regularRows(rowProfile(jpeg60(page), region, 160), moved)).toEqual(cells);
  expect(regularRows(rowProfile(page, region, 160), moved)).toEqual(moved);
});
