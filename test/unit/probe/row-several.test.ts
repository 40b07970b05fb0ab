import { describe, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Row, expectRows, grey, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 420;

/** The page with the ground that each row has, of those without one the page's. */
function grounds(height: number, rows: readonly Row[], levels: readonly (number | null)[]): ImageBuffer {
  return rows.reduce(
    (page, row, i) => {
      const level = levels[i];
      return level === null ? page : paint(page, { x: 0, ...row, width: WIDTH }, grey(level));
    },
    solid(WIDTH, height, grey(255)),
  );
}

/** A picture and two lines of text in a row of 41 pixels or more. */
function contact(page: ImageBuffer, row: Row, i: number): ImageBuffer {
  const picture = { x: 16, y: row.y + (row.height >> 1) - 14, width: 28, height: 28 };
  return lines(paint(page, picture, grey(130)), row, i);
}

function lines(page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer {
  const at = y + (height >> 1);
  return [
    { x: 60, y: at - 12, width: 90 + 17 * (i % 4), grey: 40 },
    { x: 60, y: at + 3, width: 150 + 23 * (i % 3), grey: 110 },
  ].reduce(write, page);
}

/** What the region leaves of it. */
function cut({ width, data }: ImageBuffer, height: number): ImageBuffer {
  return new ImageBuffer(width, height, data.slice(0, 4 * width * height));
}

describe('rowBands of several rows that nothing parts at an end, beside others of their height', () => {
  it('parts the first two stripes of one colour below what the region cuts', () => {
    const rows = stack([19, 37, 37, 37, 37, 37, 37, 37]);
    const image = rows.reduce(
      (page, { y, height }, i) =>
        i === 0
          ? paint(page, { x: 20, y: 0, width: 90, height: 7 }, grey(40))
          : write(page, { x: 20, y: y + height - 26, width: 90 + 17 * (i % 4), grey: 40 }),
      grounds(278, rows, [null, null, null, 240, null, 240, null, 240]),
    );
    expectRows(image, rows.slice(1));
  });

  it('parts them where the blank end of a row is left above them', () => {
    const rows = stack([61, 61, 61, 61, 61, 61], { first: 19 });
    const image = rows.reduce(contact, grounds(385, rows, [null, null, 240, null, 240, null]));
    expectRows(image, rows);
  });

  it('parts the last row from the one that the region cuts, below a group with a heading', () => {
    const rows = stack([26, 41, 41, 41, 41, 26, 41, 41]);
    const list = rows.filter(({ height }) => height === 41);
    const page = [25, 215].reduce(
      (drawn, y) => paint(drawn, { x: 0, y, width: WIDTH, height: 1 }, grey(225)),
      grounds(298, rows, [243, null, 205, null, 243, 243, null, null]),
    );
    const image = [8, 198].reduce(
      (drawn, y) => write(drawn, { x: 16, y, width: 70, grey: 60 }),
      list.reduce(lines, page),
    );
    expectRows(cut(image, 287), list.slice(0, -1), { minHeight: 30 });
  });

  it('parts rows of a text and a bar below the selected one', () => {
    const rows = stack([48, 48, 48, 48, 48, 48, 48], { first: -4 });
    const image = rows.reduce(
      (page, { y }, i) => {
        const bar = paint(page, { x: 60, y: y + 33, width: 260, height: 4 }, grey(225));
        const filled = paint(bar, { x: 60, y: y + 33, width: 60 + 31 * i, height: 4 }, [40, 90, 220]);
        const text = write(filled, { x: 60, y: y + 14, width: 80 + 17 * (i % 3), grey: 40 });
        return write(text, { x: 360, y: y + 18, width: 40, grey: 110 });
      },
      grounds(336, rows.slice(3, 4), [240]),
    );
    expectRows(image, rows.slice(1));
  });

  it('parts the rows of a group that the region cuts, where another group has one row of its own', () => {
    const rows = stack([26, 47, 47, 47, 47, 26, 47, 47, 47]);
    const list = rows.filter(({ height }) => height === 47);
    const page = grounds(381, rows, [243, null, null, null, 210, 243, null, null, null]);
    const image = [8, 222].reduce(
      (drawn, y) => write(drawn, { x: 16, y, width: 70, grey: 60 }),
      list.reduce(contact, page),
    );
    expectRows(cut(image, 376), list.slice(0, -1), { minHeight: 30 });
  });

  it('takes a last row that shows an answer, as higher ones above it do, for one', () => {
    const rows = stack([40, 99, 40, 40, 99, 40, 40, 99]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const texts = [14, 36, 56, 75].slice(0, height > 40 ? 4 : 1);
        const written = texts
          .map((at, line) => ({ x: 16, y: y + at, width: 150 + 23 * ((i + 2 * line) % 4), grey: 60 }))
          .reduce(write, page);
        const isLast = i === rows.length - 1;
        return isLast
          ? written
          : paint(written, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(215));
      },
      solid(WIDTH, 497, grey(255)),
    );
    expectRows(image, rows);
  });
});
