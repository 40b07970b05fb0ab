import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const stack = (count: number, height: number): { y: number; height: number }[] =>
  Array.from({ length: count }, (_, i) => ({ y: height * i, height }));

describe('rowBands with known heights', () => {
  it('takes two lines of a card that are as far apart as rows could be for one row', () => {
    const rows = [
      { y: 10, height: 165 },
      { y: 185, height: 165 },
    ];
    const image = rows.reduce(
      (page, { y, height }, i) =>
        [y + 40, y + 100].reduce(
          (drawn, line) => write(drawn, { x: 30, y: line, width: 200 + 30 * i, grey: 40 }),
          paint(page, { x: 10, y, width: 480, height }, grey(255)),
        ),
      solid(500, 600, grey(225)),
    );
    expectRows(image, rows);
    for (const one of [image, jpeg60(image)]) expectRows(one, rows, { minHeight: 100, maxHeight: 200 });
  });

  it('joins what the edges of a wide field part', () => {
    const rows = stack(5, 70);
    const image = rows.reduce(
      (page, { y }, i) => {
        const field = paint(page, { x: 10, y: y + 24, width: 480, height: 24 }, grey(225));
        return [y + 8, y + 31, y + 54].reduce(
          (drawn, line) => write(drawn, { x: 20, y: line, width: 150 + 20 * i, grey: 30 }),
          paint(field, { x: 0, y: y + 69, width: 500, height: 1 }, grey(170)),
        );
      },
      solid(500, 420, grey(255)),
    );
    expectRows(image, rows, { minHeight: 50 });
    expectRows(jpeg60(image), rows, { minHeight: 50 });
  });

  it('takes a heading that is lower for no row', () => {
    const heights = [30, 60, 60, 30, 60, 60, 60];
    let y = 0;
    const boxes = heights.map((height) => {
      const box = { y, height };
      y += height;
      return box;
    });
    const image = boxes.reduce(
      (page, box, i) => {
        const band = box.height === 30 ? paint(page, { x: 0, ...box, width: 500 }, grey(225)) : page;
        const ruled = paint(band, { x: 0, y: box.y + box.height - 1, width: 500, height: 1 }, grey(190));
        return write(ruled, { x: 20, y: box.y + box.height / 2 - 5, width: 140 + 20 * i, grey: 30 });
      },
      solid(500, 420, grey(255)),
    );
    expectRows(image, boxes);
    const rows = boxes.filter(({ height }) => height > 30);
    expectRows(image, rows, { minHeight: 42 });
    expect(rowBands(image, { minHeight: 42 }).confidence).toBeGreaterThanOrEqual(0.9);
  });

  it('cuts what is higher, and leaves out what it cannot cut', () => {
    const ruled = stack(2, 200).reduce(
      (page, { y, height }) => paint(page, { x: 0, y: y + height - 1, width: 500, height: 1 }, grey(190)),
      solid(500, 400, grey(255)),
    );
    const rows = stack(8, 50);
    const image = rows.reduce(
      (page, { y }, i) => write(page, { x: 20, y: y + 20, width: 200 + 20 * (i % 3), grey: 30 }),
      ruled,
    );
    expectRows(image, rows, { maxHeight: 60 });
    const block = Array.from({ length: 7 }, (_, i) => ({
      x: 20 + 90 * (i % 2),
      y: 20 + 23 * i,
      width: 90,
      height: 24,
    })).reduce((page, piece) => paint(page, piece, grey(90)), ruled);
    const { rows: none, confidence } = rowBands(block, { maxHeight: 60 });
    expect(none.filter(({ partial }) => !partial)).toEqual([]);
    expect(confidence).toBeLessThanOrEqual(0.5);
  });

  it('looks for rows up to twice the lowest one where that is all it is told', () => {
    const rows = stack(4, 190);
    const image = rows
      .flatMap(({ y }, i) => [
        { x: 20, y: y + 60, width: 200 + 30 * i, grey: 40 },
        { x: 20, y: y + 120, width: 260 - 20 * i, grey: 40 },
      ])
      .reduce(write, solid(500, 760, grey(255)));
    expectRows(image, rows, { minHeight: 170 });
  });

  it('answers no whole row outside of them, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 80 }),
        fc.integer({ min: 5, max: 60 }),
        fc.array(
          fc.record({
            y: fc.integer({ min: 0, max: 390 }),
            height: fc.integer({ min: 1, max: 90 }),
            inset: fc.constantFrom(0, 0, 20, 200),
            level: fc.constantFrom(20, 120, 200, 235, 250),
          }),
          { maxLength: 25 },
        ),
        (minHeight, more, boxes) => {
          const image = boxes.reduce(
            (page, { y, height, inset, level }) =>
              paint(page, { x: inset, y, width: 300 - inset, height }, grey(level)),
            solid(300, 400, grey(255)),
          );
          const maxHeight = minHeight + more;
          for (const { height, partial } of rowBands(image, { minHeight, maxHeight }).rows) {
            if (partial) continue;
            expect(height).toBeGreaterThanOrEqual(minHeight);
            expect(height).toBeLessThanOrEqual(maxHeight);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('holds for a picture of one pixel', () => {
    const image = new ImageBuffer(1, 1, Uint8Array.from([0, 0, 0, 255]));
    expect(rowBands(image, { minHeight: 20, maxHeight: 30 }).rows).toEqual([]);
  });
});
