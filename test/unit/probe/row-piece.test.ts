import { describe, expect, it } from 'vitest';
import { crop } from '../../../src/image/index.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 300;

/** One word in the middle of each row. */
function writeRows(image: ImageBuffer, rows: readonly Row[]): ImageBuffer {
  return rows
    .map(({ y, height }, i) => ({ x: 12, y: y + height / 2 - 5, width: 90 + 31 * (i % 4), grey: 20 }))
    .reduce(write, image);
}

/** Rows whose first one the region's top cuts through the letters. */
function expectPiece(image: ImageBuffer, rows: readonly Row[]): void {
  for (const one of [image, jpeg60(image)]) {
    expect(rowBands(one).rows[0].partial).toBe(true);
    expectRows(one, rows.slice(1));
  }
}

describe('rowBands of a list whose first row is cut', () => {
  const [first, ...rest] = stack(
    Array.from({ length: 11 }, () => 40),
    { first: -19 },
  );
  const rows = [first, ...rest];
  // What the region shows of a word that begins above it.
  const written = (ground: ImageBuffer): ImageBuffer =>
    paint(writeRows(ground, rest), { x: 12, y: 0, width: 120, height: 6 }, grey(20));

  it('parts its piece from the row below it, above two that are selected, without separators', () => {
    const selected = [rows[2], rows[4]].reduce(
      (image, row) => paint(image, { x: 0, ...row, width: WIDTH }, grey(225)),
      solid(WIDTH, 421, grey(255)),
    );
    expectPiece(written(selected), rows);
  });

  it('parts its piece from the row below it, where the separator between them is missing', () => {
    const lined = rest.reduce(
      (image, { y, height }) => paint(image, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(200)),
      solid(WIDTH, 421, grey(255)),
    );
    expectPiece(written(lined), rows);
  });

  it('keeps a first row whole that is higher itself, its two lines nearer to each other than those of two rows', () => {
    const higher = [{ y: 0, height: 62 }, ...stack([40, 40, 40, 40, 40, 40], { first: 62 })];
    const lined = higher.reduce(
      (image, { y, height }) => paint(image, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(200)),
      solid(WIDTH, 320, grey(255)),
    );
    const lines = [0, 18].map((y) => ({ x: 12, y, width: 160 - 2 * y, grey: 20 }));
    const image = lines.reduce(write, writeRows(lined, higher.slice(1)));
    expectRows(image, higher);
  });
});

describe('rowBands of a list without padding at its ends', () => {
  const rows = stack([38, 45, 45, 45, 45, 45, 45, 45, 45, 38]);
  const lined = rows
    .slice(0, -1)
    .reduce(
      (image, { y, height }) => paint(image, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(200)),
      solid(WIDTH, 436, grey(255)),
    );
  // Pictures as high as what the padding leaves.
  const image = rows.reduce(
    (all, { y }, i) => paint(all, { x: 12, y: y + (i === 0 ? 0 : 7), width: 30, height: 30 }, grey(90)),
    writeRows(lined, rows),
  );

  it('finds the first and the last row', () => {
    for (const one of [image, jpeg60(image)]) expectRows(one, rows);
  });

  it('finds neither where the region takes more of one of them', () => {
    const scrolled = crop(image, { x: 0, y: 4, width: WIDTH, height: 432 });
    const { rows: found } = rowBands(scrolled);
    expect([found[0].partial, found.at(-1)?.partial]).toEqual([true, true]);
  });
});
