import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 400;

/** Striped rows of one line each, of which the first one begins `cut` pixels above the picture. */
function stripes(
  count: number,
  height: number,
  { cut = 0, room = 7 } = {},
): { page: ImageBuffer; rows: Row[] } {
  const rows = stack(Array<number>(count).fill(height), { first: -cut });
  const ground = rows.reduce(
    (image, { y }, i) => paint(image, { x: 0, y, width: WIDTH, height }, grey(i % 2 === 0 ? 255 : 245)),
    solid(WIDTH, count * height - cut, grey(255)),
  );
  const page = rows
    .map(({ y }, i) => ({ x: 12, y: y + room, width: 90 + 37 * (i % 4), grey: 40 }))
    .reduce((image, line) => (line.y < 0 ? image : write(image, line)), ground);
  return { page, rows };
}

/** A line of so many pixels. */
const line = (image: ImageBuffer, y: number, width: number, level: number, x = 0): ImageBuffer =>
  paint(image, { x, y, width, height: 1 }, grey(level));

describe('rowBands of a first row that is not like the others', () => {
  it('is as high as they are where a shaded background has a step in it', () => {
    const { page, rows } = stripes(10, 24);
    const shaded = Array.from({ length: 24 }, (_, y) => y).reduce(
      (image, y) =>
        paint(image, { x: 0, y, width: WIDTH, height: 1 }, y < 11 ? [231, 243, 250] : [224, 238, 248]),
      page,
    );
    const framed = line(line(shaded, 0, WIDTH, 190), 23, WIDTH, 190);
    expectRows(write(framed, { x: 12, y: 7, width: 100, grey: 40 }), rows);
  });

  it('goes on below the line under its letters', () => {
    const rows = stack(Array<number>(12).fill(28));
    const page = rows
      .map(({ y }, i) => ({ x: 60, y: y + 9, width: 90 + 37 * (i % 4), grey: 230 }))
      .reduce(write, solid(WIDTH, 12 * 28, grey(40)));
    const icons = rows.reduce(
      (image, { y }) => paint(image, { x: 16, y: y + 9, width: 12, height: 11 }, grey(240)),
      page,
    );
    const focused = paint(icons, { x: 40, y: 22, width: 330, height: 2 }, [61, 120, 230]);
    expectRows(focused, rows);
  });

  it('is parted from what the region cuts above it, where letters reach from one to the other in a JPEG', () => {
    const { page: striped, rows } = stripes(12, 19, { cut: 13, room: 5 });
    const plain = paint(striped, { x: 0, y: 0, width: WIDTH, height: 25 }, grey(245));
    const page = write(plain, { x: 12, y: 11, width: 127, grey: 40 });
    const letters = Array.from({ length: 3 }, (_, i) => 30 + 31 * i).reduce(
      (image, x) => paint(image, { x, y: 0, width: 1, height: 11 }, grey(150)),
      page,
    );
    const cut = Array.from({ length: 40 }, (_, i) => 20 + 5 * i).reduce(
      (image, x) => paint(image, { x, y: 0, width: 2, height: 5 }, grey(40)),
      letters,
    );
    expectRows(jpeg60(cut), rows.slice(1));
  });

  it('begins below what the region cuts of a row without ink, where a JPEG took the boundary and moved the letters', () => {
    const { page, rows } = stripes(12, 30, { cut: 19, room: 10 });
    const ruled = rows.reduce((image, { y, height }) => line(image, y + height - 1, WIDTH, 200), page);
    const joined = paint(ruled, { x: 0, y: 0, width: WIDTH, height: 40 }, grey(245));
    expectRows(jpeg60(write(joined, { x: 12, y: 17, width: 127, grey: 40 })), rows.slice(1));
  });
});

describe('rowBands of a list as high as so many rows', () => {
  it('begins with it, where the letters lie lower than the middle of their rows', () => {
    for (const count of [5, 16]) {
      const rows = stack(Array<number>(count).fill(26));
      const page = rows
        .map(({ y }, i) => ({ x: 12, y: y + 11, width: 20 + 9 * (i % 3), grey: 60 }))
        .reduce(write, solid(70, count * 26, grey(255)));
      expectRows(page, rows);
      expect(rowBands(page).rows.every(({ partial }) => !partial)).toBe(true);
      expectRows(jpeg60(page), rows);
    }
  });

  it('ends above a piece of the next row where its letters tell their distance', () => {
    const rows = stack(Array<number>(5).fill(21));
    const page = rows
      .map(({ y }, i) => ({ x: 12, y: y + 5, width: 120 + 37 * (i % 3), grey: 20 }))
      .reduce(write, solid(500, 109, grey(255)));
    expectRows(page, rows);
  });
});

describe('rowBands of a selected row with a dotted frame', () => {
  /** Flat rows, one selected; every other pixel of its border is dark. */
  function dotted(rows: readonly Row[], selected: number): ImageBuffer {
    const { y, height } = rows[selected];
    const last = rows[rows.length - 1];
    const ground = paint(
      solid(WIDTH, last.y + last.height, grey(255)),
      { x: 0, y, width: WIDTH, height },
      [48, 140, 198],
    );
    const dots = Array.from({ length: WIDTH / 2 }, (_, i) => 2 * i).reduce(
      (image, x) =>
        paint(
          paint(image, { x, y, width: 1, height: 1 }, grey(30)),
          { x, y: y + height - 1, width: 1, height: 1 },
          grey(30),
        ),
      ground,
    );
    return rows
      .map((row, i) => ({
        x: 12,
        y: row.y + 3 + (i % 3),
        width: 150 + 31 * (i % 4),
        grey: i === selected ? 255 : 40,
      }))
      .reduce(write, dots);
  }

  it('parts the rows above it like those below it', () => {
    for (const selected of [2, 3, 4]) {
      const rows = stack(Array<number>(16).fill(19));
      expectRows(dotted(rows, selected), rows);
    }
  });
});

describe('rowBands of a list below a header', () => {
  const rows = stack(Array<number>(14).fill(28), { first: -7 });
  const written = (page: ImageBuffer): ImageBuffer =>
    rows
      .map(({ y }, i) => ({ x: 12, y: y + 9, width: 120 + 31 * (i % 4), grey: i === 1 ? 255 : 40 }))
      .reduce(write, page);

  it('keeps a selected row below one that the header covers in part', () => {
    const selected = paint(
      solid(WIDTH, 14 * 28 - 7, grey(255)),
      { x: 0, y: 21, width: WIDTH, height: 28 },
      [180, 36, 74],
    );
    const page = paint(written(selected), { x: 0, y: 0, width: WIDTH, height: 2 }, grey(205));
    const found = rowBands(page).rows;
    expect(found[0]).toMatchObject({ partial: true });
    expect(Math.abs(found[0].height - 21)).toBeLessThanOrEqual(2);
    expectRows(page, rows.slice(1));
  });

  it('takes the step that a see-through header leaves for no boundary', () => {
    const high = stack(Array<number>(8).fill(132));
    const lined = high.reduce(
      (page, { y, height }) => line(page, y + height - 1, WIDTH, 231),
      paint(solid(WIDTH, 8 * 132, grey(255)), { x: 0, y: 0, width: WIDTH, height: 21 }, grey(253)),
    );
    const page = high
      .flatMap(({ y }, i) => [
        { x: 12, y: y + 23, width: 120 + 31 * (i % 4), grey: 40 },
        { x: 12, y: y + 99, width: 180 + 31 * (i % 3), grey: 110 },
      ])
      .reduce(write, lined);
    expectRows(page, high);
  });
});

describe('rowBands of entries with icons above a separator', () => {
  it('gives the one below it the height of those, not that of all of them', () => {
    const rows = [...stack([28, 28, 28, 28]), { y: 123, height: 28 }];
    const page = rows.reduce(
      (image, { y }, i) =>
        write(paint(image, { x: 12, y: y + 5, width: 18, height: 18 }, grey(90)), {
          ...{ x: 40, y: y + 9, width: 60 + 13 * (i % 3), grey: 40 },
        }),
      line(solid(180, 500, grey(255)), 117, 180, 225),
    );
    const found = rowBands(page).rows;
    expect(found).toHaveLength(5);
    expect(found[4].height).toBeLessThanOrEqual(40);
  });
});

it('rowBands takes a last row of a dense screen that lacks its separator for whole', () => {
  const rows = stack(Array<number>(10).fill(72));
  const lined = rows
    .slice(0, -1)
    .reduce(
      (page, { y, height }) => paint(page, { x: 0, y: y + height - 2, width: WIDTH, height: 2 }, grey(215)),
      solid(WIDTH, 10 * 72 - 3, grey(255)),
    );
  const page = rows
    .map(({ y }, i) => ({ x: 24, y: y + 32, width: 160 + 31 * (i % 4), grey: 40 }))
    .reduce(write, lined);
  const found = rowBands(page).rows;
  expect(found).toHaveLength(10);
  expect(found[9]).toEqual({ y: 648, height: 69, partial: false });
});
