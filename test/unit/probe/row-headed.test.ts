import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 460;

/** A picture with a title, and a second line where the row is high enough. */
function filled(page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer {
  const picture = paint(page, { x: 16, y: y + 12, width: 32, height: 32 }, grey(130));
  const titled = write(picture, { x: 64, y: y + 12, width: 120 + 24 * (i % 3), grey: 40 });
  return height < 60 ? titled : write(titled, { x: 64, y: y + 34, width: 210 + 31 * (i % 4), grey: 110 });
}

/** Rows between lines, with two lines of text each, and three where they are higher. */
function paragraphs(rows: readonly Row[]): ImageBuffer {
  const last = rows[rows.length - 1];
  return rows.reduce(
    (image, { y, height }, i) => {
      const lines = Array.from({ length: height > 60 ? 3 : 2 }, (_, line) => y + 10 + 22 * line);
      const text = lines.reduce(
        (on, at) => write(on, { x: 20, y: at, width: 150 + 30 * (i % 4), grey: 40 }),
        image,
      );
      return paint(text, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(205));
    },
    solid(WIDTH, last.y + last.height, grey(255)),
  );
}

/** Rows in groups, each with a line below it and with a heading above its first one. */
function grouped(groups: readonly number[], { height = 64, heading = 36, first = 12 } = {}) {
  const rows: Row[] = [];
  let page = solid(WIDTH, groups.length * heading + groups.reduce((a, b) => a + b) * height, grey(255));
  let y = 0;
  for (const count of groups) {
    page = write(page, { x: 16, y: y + first, width: 70, grey: 60 });
    for (const row of stack(Array<number>(count).fill(height), { first: y + heading })) {
      page = paint(
        filled(page, row, rows.length),
        { x: 0, y: row.y + height - 1, width: WIDTH, height: 1 },
        grey(215),
      );
      rows.push(row);
    }
    y += heading + count * height;
  }
  return { page, rows };
}

const headingsToo = (rows: readonly Row[], heading: number): Row[] =>
  rows.flatMap((row, i) => {
    const end = i === 0 ? 0 : rows[i - 1].y + rows[i - 1].height;
    return row.y > end ? [{ y: end, height: heading }, row] : [row];
  });

/** Rows in groups, each with a line below it, as have the headings; but the last ones, `open`, have none where a heading follows. */
function follow(
  groups: readonly number[],
  { height = 64, heading = 36, first = 13, open = true, x = 16 } = {},
) {
  const rows: Row[] = [];
  const end = groups.length * heading + groups.reduce((a, b) => a + b) * height;
  let page = solid(WIDTH, end, grey(255));
  const line = (y: number): void => {
    page = paint(page, { x: 0, y: y - 1, width: WIDTH, height: 1 }, grey(205));
  };
  let y = 0;
  for (const count of groups) {
    page = write(page, { x, y: y + first, width: 70, grey: 60 });
    line(y + heading);
    for (const row of stack(Array<number>(count).fill(height), { first: y + heading })) {
      page = filled(page, row, rows.length);
      const next = row.y + height;
      if (!open || next < y + heading + count * height || next === end) line(next);
      rows.push(row);
    }
    y += heading + count * height;
  }
  return { page, rows };
}

describe('rowBands of groups whose heading nothing parts from the first row', () => {
  it.each([
    { height: 64, heading: 36, first: 12 },
    { height: 56, heading: 30, first: 8 },
    { height: 90, heading: 48, first: 20 },
    { height: 56, heading: 52, first: 21 },
    { height: 56, heading: 80, first: 40 },
  ])('gives each first row the height of the others: %j', (sizes) => {
    for (const groups of [
      [3, 4],
      [4, 3, 4],
    ]) {
      const { page, rows } = grouped(groups, sizes);
      expectRows(page, headingsToo(rows, sizes.heading));
      if (sizes.height === 90) expectRows(jpeg60(page), headingsToo(rows, sizes.heading));
    }
  });

  it('keeps a row with a line more for one', () => {
    const rows = stack([52, 52, 74, 52, 52, 52]);
    expectRows(paragraphs(rows), rows);
  });

  it('keeps a higher row with a button at its end for one', () => {
    const rows = stack([40, 40, 40, 96, 40, 40, 40]);
    const page = rows.reduce(
      (image, { y, height }, i) => {
        const titled = write(image, { x: 20, y: y + 15, width: 150 + 30 * (i % 4), grey: 40 });
        const end = y + height;
        const button =
          height > 40 ? paint(titled, { x: 20, y: end - 26, width: 90, height: 12 }, grey(80)) : titled;
        return paint(button, { x: 0, y: end - 1, width: WIDTH, height: 1 }, grey(205));
      },
      solid(WIDTH, 336, grey(255)),
    );
    expectRows(page, rows);
  });
});

/** What the region leaves of a list that is scrolled by `y` pixels, and the rows in it. */
function scrolled({ page, rows }: { page: ImageBuffer; rows: readonly Row[] }, y: number) {
  const { width, height, data } = page;
  const seen = new ImageBuffer(width, height - y, data.slice(4 * width * y));
  return { seen, whole: rows.filter((row) => row.y >= y).map((row) => ({ ...row, y: row.y - y })) };
}

describe('rowBands of groups of which nothing parts the last row from the heading below it', () => {
  it.each([10, 24, 40])(
    'parts the row that the region cuts by %d pixels from the heading below it',
    (cut) => {
      const { seen, whole } = scrolled(follow([3, 4, 3, 2], { x: 24 }), 36 + 2 * 64 + cut);
      expectRows(seen, whole, { minHeight: 50 });
    },
  );

  it('parts it also where the region cuts the only other heading', () => {
    const { seen, whole } = scrolled(follow([3, 5], { x: 24 }), 8);
    expectRows(seen, whole, { minHeight: 50 });
  });

  it.each([
    { height: 64, heading: 36, first: 13 },
    { height: 56, heading: 30, first: 10 },
    { height: 90, heading: 48, first: 19 },
  ])('gives each last row the height of the others: %j', (sizes) => {
    for (const groups of [
      [3, 4, 2],
      [4, 3, 4, 3],
    ]) {
      const { page, rows } = follow(groups, sizes);
      for (const image of [page, jpeg60(page)]) expectRows(image, headingsToo(rows, sizes.heading));
    }
  });

  it.each([3, 8])('and where the region ends within the heading, %i pixels of it cut', (cut) => {
    const { page, rows } = follow([3, 4, 2]);
    const region = { x: 0, y: 0, width: WIDTH, height: rows[7].y - cut };
    for (const image of [page, jpeg60(page)]) {
      const found = rowBands(image, { region }).rows;
      expect(found.some(({ y, height }) => Math.abs(y - rows[6].y) <= 2 && Math.abs(height - 64) <= 2)).toBe(
        true,
      );
    }
  });

  it.each([
    { x: 16, parts: [56, 30] },
    { x: 64, parts: [86] },
  ])('by a line that begins at $x, below the picture or the text, where no other is seen', ({ x, parts }) => {
    const all = stack([56, 56, 56, 86, 56, 56]);
    const page = all.reduce(
      (image, row, i) => {
        const { y, height } = row;
        const last = filled(image, { y, height: 56 }, i);
        const more = height > 56 ? write(last, { x, y: y + 66, width: 60, grey: 40 }) : last;
        return paint(more, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(205));
      },
      solid(WIDTH, 366, grey(255)),
    );
    const rows = stack([56, 56, 56, ...parts, 56, 56]);
    for (const image of [page, jpeg60(page)]) {
      expectRows(image, rows);
      const region = { x: 0, y: 0, width: WIDTH, height: 56 * 4 + 28 };
      const { y, height } = rowBands(image, { region }).rows[3];
      if (parts.length > 1) expect({ y, height }).toEqual(rows[3]);
    }
  });

  it('keeps a row with a line more for one, where another has one as well', () => {
    const rows = stack([52, 52, 74, 52, 74, 52, 52]);
    expectRows(paragraphs(rows), rows);
  });
});

describe('rowBands of groups whose headings are lower than rows are said to be', () => {
  it.each([0, 4, 15])('takes none for a row that the region cuts, %i pixels of it cut', (cut) => {
    const { page, rows } = follow([3, 4, 2]);
    const region = { x: 0, y: cut, width: WIDTH, height: page.height - cut };
    for (const image of [page, jpeg60(page)]) {
      const found = rowBands(image, { minHeight: 48, region }).rows;
      expect(found.map(({ partial }) => partial)).toEqual(rows.map(() => false));
      expectRows(image, rows, { minHeight: 48, region });
    }
  });

  it('takes none at the lower end for one', () => {
    const { page, rows } = follow([3, 4, 2], { open: false });
    const region = { x: 0, y: 0, width: WIDTH, height: rows[7].y - 6 };
    const found = rowBands(page, { minHeight: 48, region }).rows;
    expect(found).toHaveLength(7);
    expectRows(page, rows.slice(0, 7), { minHeight: 48, region });
  });

  it('keeps a row that the region cuts to as much', () => {
    const { page, rows } = follow([3, 4, 2]);
    const region = { x: 0, y: rows[1].y + 34, width: WIDTH, height: page.height - rows[1].y - 34 };
    const found = rowBands(page, { minHeight: 48, region }).rows;
    expect(found.map(({ partial }) => partial)).toEqual(rows.slice(1).map((_, i) => i === 0));
  });
});
