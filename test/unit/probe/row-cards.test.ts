import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { regularRows } from '../../../src/probe/rows/bounded/row-regular.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 400;

interface Look {
  readonly ground: number;
  readonly fill: number;
  readonly line: number;
  readonly ink: number;
  /** Levels of the ground below each card, from side to side. */
  readonly shadow?: readonly number[];
}

/** Cards with a border of one pixel, a text in each, and a last one that the picture's end cuts. */
function cards(rows: readonly Row[], { ground, fill, line, ink, shadow = [] }: Look, height: number) {
  return rows.reduce(
    (page: ImageBuffer, { y, height: high }, i) => {
      const card = { x: 10, y, width: WIDTH - 20, height: Math.min(high, height - y) };
      const inside = { x: 11, y: y + 1, width: WIDTH - 22, height: Math.min(high - 2, height - y - 1) };
      const cast = shadow.reduce((image, level, down) => {
        const at = y + high + down;
        return at < height ? paint(image, { x: 0, y: at, width: WIDTH, height: 1 }, grey(level)) : image;
      }, page);
      const text = { x: 40, y: y + (high >> 1) - 5, width: 120 + 31 * (i % 4), grey: ink };
      return write(paint(paint(cast, card, grey(line)), inside, grey(fill)), text);
    },
    solid(WIDTH, height, grey(ground)),
  );
}

const DARK = { ground: 11, fill: 18, line: 44, ink: 225 };

describe('rowBands: dark cards with weak borders', () => {
  it.each([57, 64])('%i pixels high, whose shadow is a level darker than the ground', (height) => {
    const rows = stack(
      Array.from({ length: 5 }, () => height),
      { first: 12, gap: 14 },
    );
    const last = rows[rows.length - 1];
    const image = cards(rows, { ...DARK, shadow: [9, 10, 10, 10] }, last.y + height + 14);
    const region = { x: 0, y: 40, width: WIDTH, height: image.height - 40 };
    expectRows(image, rows.slice(1), { region });
  });

  it.each([6, 8])('a last one of which the region shows less than the gap of %i pixels', (gap) => {
    const rows = stack(
      Array.from({ length: 7 }, () => 42),
      { first: 10, gap },
    );
    const last = rows[rows.length - 1];
    expectRows(cards(rows, DARK, last.y + 8), rows.slice(0, -1));
  });
});

it('rows of a JPEG of which borders move every other step are as far apart as all of them say', () => {
  const truth = stack(
    Array.from({ length: 7 }, () => 57),
    { first: 41, gap: 6 },
  );
  const page = truth.reduce(
    (image, { y }, i) => write(image, { x: 20, y: y + 24, width: 140 + 30 * (i % 4), grey: 220 }),
    solid(WIDTH, 480, grey(25)),
  );
  const profile = rowProfile(jpeg60(page), { x: 0, y: 0, width: WIDTH, height: 480 }, 160);
  const found = [
    [41, 98],
    [105, 161],
    [168, 224],
    [231, 293],
    [293, 351],
    [351, 413],
  ].map(([top, bottom]) => ({ top, bottom }));
  const { top, bottom } = regularRows(profile, found)[5];
  expect(Math.abs(top - truth[5].y)).toBeLessThanOrEqual(2);
  expect(Math.abs(bottom - truth[5].y - 57)).toBeLessThanOrEqual(2);
});
