import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Row, expectRows, grey, stack, write } from '../../support/draw-rows.js';
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
