import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 500;

/** Rows of an input field that takes most of the width, each with text in it. */
function fields(
  count: number,
  drawn: (page: ImageBuffer, row: Row, i: number) => ImageBuffer,
  { padding = 9, height = 26, left = 14 } = {},
): { image: ImageBuffer; rows: Row[] } {
  const rows = stack(Array.from({ length: count }, () => height + 2 * padding));
  const last = rows[rows.length - 1];
  const page = rows.reduce(drawn, solid(WIDTH, last.y + last.height + 30, grey(240)));
  const image = rows.reduce((image, { y }, i) => {
    const box = { x: left, y: y + padding, width: WIDTH - left - 30, height };
    const inside = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
    const field = paint(paint(image, box, grey(190)), inside, grey(255));
    return write(field, { x: box.x + 8, y: box.y + 9, width: 110 + 37 * (i % 4), grey: 50 });
  }, page);
  return { image, rows };
}

const ruled = (page: ImageBuffer, { y, height }: Row): ImageBuffer =>
  paint(page, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(205));
const striped = (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer =>
  i % 2 === 0 ? page : paint(page, { x: 0, y, width: WIDTH, height }, grey(228));
const plain = (page: ImageBuffer): ImageBuffer => page;

describe('rowBands of rows with an input field', () => {
  it.each([6, 9, 13])(
    'takes the rows between lines or stripes, not their fields, with %i pixels around these',
    (padding) => {
      for (const left of [14, 90]) {
        for (const drawn of [ruled, striped]) {
          const { image, rows } = fields(7, drawn, { padding, left });
          expectRows(image, rows);
        }
      }
    },
  );

  it('and from JPEG', () => {
    const { image, rows } = fields(7, ruled, { padding: 13 });
    expectRows(jpeg60(image), rows);
  });

  describe('beside its label', () => {
    const inset = (page: ImageBuffer, { y, height }: Row): ImageBuffer =>
      paint(page, { x: 18, y: y + height - 1, width: WIDTH - 18, height: 1 }, grey(205));
    const labelled = (
      drawn: (page: ImageBuffer, row: Row, i: number) => ImageBuffer,
      padding: number,
    ): ReturnType<typeof fields> => {
      const { image, rows } = fields(9, drawn, { padding, left: 170 });
      const label = (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer =>
        write(page, { x: 24, y: y + (height >> 1) - 5, width: 70 + 13 * (i % 4), grey: 90 });
      return { image: rows.reduce(label, image), rows };
    };

    it.each([4, 6, 9])('takes the rows whose lines begin further in, with %i pixels around', (padding) => {
      const { image, rows } = labelled(inset, padding);
      expectRows(image, rows);
    });

    it('and from JPEG', () => {
      const { image, rows } = labelled(inset, 9);
      expectRows(jpeg60(image), rows);
    });

    it.each([41, 42, 44])(
      'takes rows of %i dark pixels of which a JPEG runs the line and that of the field together',
      (height) => {
        const rows = stack(Array.from({ length: 9 }, () => height));
        const line = grey(54);
        const image = rows.reduce(
          (page, { y }, i) => {
            const box = { x: 150, y: y + 8, width: WIDTH - 166, height: height - 16 };
            const inside = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
            const ruled = paint(page, { x: 16, y: y + height - 1, width: WIDTH - 16, height: 1 }, line);
            const field = paint(paint(ruled, box, line), inside, grey(30));
            const filled = write(field, { x: 158, y: y + 16, width: 90 + 17 * (i % 4), grey: 215 });
            return write(filled, { x: 16, y: y + 16, width: 60 + 13 * (i % 4), grey: 215 });
          },
          solid(WIDTH, 9 * height, grey(30)),
        );
        expectRows(jpeg60(image), rows);
      },
    );

    it('takes those whose label is far from the lines of its field, on a dense screen', () => {
      const { image, rows } = fields(9, inset, { padding: 16, height: 52, left: 170 });
      const label = (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer =>
        write(page, { x: 24, y: y + (height >> 1) - 5, width: 70 + 13 * (i % 4), grey: 90 });
      expectRows(rows.reduce(label, image), rows);
    });

    it('takes the fields for rows where nothing is beside them', () => {
      const { image, rows } = fields(7, plain, { left: 170 });
      const found = rowBands(image).rows.slice(0, 7);
      expect(found.map(({ y }) => y)).toEqual(rows.map(({ y }) => y + 9));
    });
  });

  it('takes boxes with nothing between them for rows, as cards are', () => {
    const { image, rows } = fields(7, plain);
    const found = rowBands(image).rows.slice(0, 7);
    for (const [i, { y, height }] of found.entries()) {
      expect(Math.abs(y - rows[i].y - 9)).toBeLessThanOrEqual(1);
      expect(Math.abs(height - 26)).toBeLessThanOrEqual(1);
    }
  });
});
