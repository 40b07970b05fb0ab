import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 600;

/** Capitals of the given height, one every 16 pixels, `above` pixels below the top of each row. */
function linesOf(
  rows: readonly Row[],
  { above, letters, rest = 0 }: { readonly above: number; readonly letters: number; readonly rest?: number },
): ImageBuffer {
  const last = rows[rows.length - 1];
  return rows.reduce(
    (page, { y }, i) =>
      Array.from({ length: 7 + ((5 * i) % 9) }, (_, at) => 12 + 16 * at).reduce((image, x, at) => {
        const stem = paint(image, { x, y: y + above, width: 3, height: letters }, grey(30));
        const bar = Math.round(((at + i) % 3) * ((letters - 3) / 2));
        return paint(stem, { x, y: y + above + bar, width: 10, height: 3 }, grey(30));
      }, page),
    solid(WIDTH, last.y + last.height + rest, grey(255)),
  );
}

/** Two lines to a row, as far apart as the rows' own, `above` pixels below its top, with a button beside the first. */
function twoLines(
  rows: readonly Row[],
  { height, above, button }: { readonly height: number; readonly above: number; readonly button: number },
): ImageBuffer {
  return rows.reduce(
    (page, { y }, i) => {
      const texts = [
        { x: 27, y: y + above, width: 40, grey: 40 },
        { x: 90, y: y + above, width: 130 + 17 * (i % 3), grey: 40 },
        { x: 360, y: y + above, width: 60 + 11 * (i % 3), grey: 40 },
        { x: 90, y: y + above + 18, width: 60 + 17 * (i % 4), grey: 130 },
      ];
      const pressed = { x: WIDTH - 117, y, width: 80, height: button };
      return paint(texts.reduce(write, page), pressed, [133, 153, 0]);
    },
    solid(WIDTH, height, [253, 246, 227]),
  );
}

describe('rowBands of the lines of a terminal', () => {
  it.each([
    ['37 pixels, letters of 21', { height: 37, above: 5, letters: 21, rest: 0 }],
    [
      '30 pixels, letters of 19, with less than a line left over',
      { height: 30, above: 3, letters: 19, rest: 11 },
    ],
    ['38 pixels, letters of 20', { height: 38, above: 6, letters: 20, rest: 0 }],
  ])(
    'begins with the region, where letters have more room below them than above: %s',
    (_, { height, ...text }) => {
      const rows = stack(Array.from({ length: 16 }, () => height));
      const image = linesOf(rows, text);
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
      expect(rowBands(image).rows[0].partial).toBe(false);
    },
  );

  it('begins with the region where rows of two lines would else end in the middle of letters', () => {
    const rows = stack([36, 36, 36]);
    expectRows(jpeg60(twoLines(rows, { height: 400, above: 5, button: 18 })), rows);
  });

  it('goes through no second line that a JPEG leaves less ink than the first, with its button, has', () => {
    const rows = stack(Array.from({ length: 13 }, () => 32));
    const image = rows.reduce(
      (page, { y }, i) => {
        const texts = [
          { x: 9, y: y + 3, width: 45, grey: 40 },
          { x: 72, y: y + 3, width: 120 + 27 * ((i + 1) % 4), grey: 40 },
          { x: 540, y: y + 3, width: 36 + 12 * ((i + 1) % 4), grey: 40 },
          { x: 648, y: y + 3, width: 36, grey: 40 },
          { x: 720, y: y + 3, width: 27, grey: 40 },
          { x: 72, y: y + 19, width: 100 + 30 * ((i + 1) % 4), grey: 130 },
        ];
        const button = paint(texts.reduce(write, page), { x: 927, y, width: 90, height: 16 }, [133, 153, 0]);
        return write(button, { x: 936, y: y + 3, width: 72, grey: 255 });
      },
      solid(1040, 13 * 32, [253, 246, 227]),
    );
    expectRows(jpeg60(image), rows);
  });

  it.each([
    ['the first row', 0],
    ['a row among others', 5],
  ])('sees no ground in reverse video of which words cover most of %s', (_, selected) => {
    const rows = stack(Array.from({ length: 12 }, () => 22));
    const image = rows.reduce(
      (page, { y }, i) =>
        [
          { x: 180, width: 30 },
          { x: 220, width: (i === selected ? 70 : 50) + 13 * ((7 * i) % 3) },
          { x: 320, width: (i === selected ? 120 : 100) + 20 * (i % 4) },
        ].reduce((drawn, { x, width }) => {
          const box = { x, y, width, height: 22 };
          const ground = i === selected ? paint(drawn, box, [178, 34, 34]) : drawn;
          return write(ground, { x: x + 1, y: y + 6, width: width - 3, grey: i === selected ? 255 : 20 });
        }, page),
      solid(640, 12 * 22, grey(255)),
    );
    expectRows(image, rows);
  });
});
