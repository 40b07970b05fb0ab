import { describe, expect, it } from 'vitest';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

describe('rowBands at the ends of its region', () => {
  it('keeps a first row whole that has a line more than the others', () => {
    const rows = [
      { y: 0, height: 61 },
      { y: 61, height: 48 },
      { y: 109, height: 48 },
    ];
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const ruled = paint(page, { x: 0, y: y + height - 1, width: 900, height: 1 }, grey(64));
        const first = write(ruled, { x: 20, y: y + 18, width: 300 + 30 * i, grey: 200 });
        return i === 0 ? write(first, { x: 320, y: y + 34, width: 70, grey: 200 }) : first;
      },
      solid(900, 500, grey(36)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('gives the last row, which nothing closes, the room below its ink that those above it have', () => {
    const rows = [3, 2, 2, 2].map((lines, i) => ({
      y: [0, 93, 162, 231][i],
      height: 21 + 24 * lines,
      lines,
    }));
    const image = rows.reduce(
      (page, { y, height, lines }, i) => {
        const isLast = i === rows.length - 1;
        const ruled = isLast
          ? page
          : paint(page, { x: 0, y: y + height - 1, width: 600, height: 1 }, grey(225));
        return Array.from({ length: lines }, (_, line) => y + 12 + 24 * line).reduce(
          (drawn, at, line) => write(drawn, { x: 12, y: at, width: 60 + 31 * ((i + line) % 3), grey: 90 }),
          paint(ruled, { x: 500, y: y + 5, width: 90, height: 30 }, grey(34)),
        );
      },
      solid(600, 420, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it.each([
    ['takes the last row for no lower than rows are said to be', 20, [84, 60, 55]],
    ['takes no footer for a row of that height', 8, [84, 60]],
  ])('%s', (_, above, found) => {
    const heights = [84, 60, 60];
    const image = [0, 84, 144].reduce(
      (page, y, i) =>
        write(
          i === 2 ? page : paint(page, { x: 0, y: y + heights[i] - 1, width: 400, height: 1 }, grey(200)),
          { x: 12, y: y + (i === 2 ? above : 20), width: 200 - y, grey: 60 },
        ),
      solid(400, 300, grey(255)),
    );
    const { rows } = rowBands(image, { minHeight: 55, maxHeight: 95 });
    expect(rows.map(({ height }) => height)).toEqual(found);
  });

  it('lets the only row begin at the top and be as high as rows are said to be', () => {
    const page = solid(600, 370, grey(20));
    const image = [12, 36].reduce((drawn, y) => write(drawn, { x: 12, y, width: 120 + y, grey: 220 }), page);
    const { rows } = rowBands(image, { minHeight: 61, maxHeight: 68 });
    expect(rows).toEqual([{ y: 0, height: 61, partial: false }]);
  });

  it('calls a piece cut that is lower than any row, with no whole row inside to hold it against', () => {
    const lines = [
      { y: 0, height: 180 },
      { y: 180, height: 110 },
    ];
    const page = lines.reduce(
      (drawn, { y, height }) => paint(drawn, { x: 0, y: y + height - 1, width: 500, height: 1 }, grey(200)),
      solid(500, 354, grey(255)),
    );
    const image = [12, 34, 56, 192, 214, 302, 324, 346].reduce(
      (drawn, y) => write(drawn, { x: 12, y, width: 90 + (y % 50), grey: 60 }),
      page,
    );
    const { rows } = rowBands(image, { minHeight: 107, maxHeight: 190 });
    expect(rows.map(({ partial }) => partial)).toEqual([false, false, true]);
  });

  it('calls a row cut whose ink the end cuts, however little of it is left', () => {
    const heights = [82, 60, 82, 60, 82, 38];
    let top = 0;
    const image = heights.reduce(
      (page, height) => {
        const y = top;
        top += height;
        const lines = [y + 14, y + 36, y + 58].filter((line) => line < y + height - 20 || height === 38);
        return lines.reduce(
          (drawn, line) => write(drawn, { x: 20, y: line, width: 150 + (line % 40), grey: 30 }),
          paint(page, { x: 0, y: y + height - 1, width: 400, height: 1 }, grey(222)),
        );
      },
      solid(400, 500, grey(255)),
    );
    const { rows } = rowBands(image, { region: { x: 0, y: 0, width: 400, height: 366 + 38 } });
    expect(rows.map(({ partial }) => partial)).toEqual([false, false, false, false, false, true]);
  });

  it('calls a flat row of a line less whole where its ink has the room of the others', () => {
    const lines = [2, 3, 3];
    let top = 0;
    const rows = lines.map((count) => {
      const row = { y: top, height: 42 + 20 * count, count };
      top += row.height;
      return row;
    });
    const image = rows.reduce(
      (page, { y, count }, i) =>
        Array.from({ length: count + 1 }, (_, line) => y + 16 + 20 * line).reduce(
          (drawn, at, line) => write(drawn, { x: 60, y: at, width: 200 + 31 * ((i + line) % 5), grey: 20 }),
          paint(page, { x: 10, y: y + 16, width: 40, height: 40 }, [190, 60, 40]),
        ),
      solid(700, 600, grey(255)),
    );
    expect(rowBands(image).rows.map(({ partial }) => partial)).toEqual([false, false, false]);
  });

  it('keeps a last row whole that is a little higher and ends with the region', () => {
    const rows = stack([55, 55, 55, 55, 55, 58]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const isLast = i === rows.length - 1;
        const ruled = isLast
          ? page
          : paint(page, { x: 0, y: y + height - 1, width: 600, height: 1 }, grey(225));
        const titled = write(ruled, {
          x: 20,
          y: y + (isLast ? 12 : 22),
          width: 180 + 31 * (i % 3),
          grey: 40,
        });
        return isLast ? write(titled, { x: 20, y: y + 38, width: 240, grey: 40 }) : titled;
      },
      solid(600, 333, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('keeps a first row whole that nothing parts from others that are lower', () => {
    const rows = stack([60, 48, 48, 48, 48, 48, 48]);
    const selected = paint(solid(600, 470, grey(255)), { x: 0, ...rows[5], width: 600 }, grey(235));
    const image = rows.reduce((page, { y }, i) => {
      const icon = paint(page, { x: 14, y: y + (i === 0 ? 20 : 14), width: 20, height: 20 }, grey(60));
      const titled = write(icon, { x: 60, y: y + (i === 0 ? 13 : 19), width: 180 + 31 * (i % 3), grey: 40 });
      return i === 0 ? write(titled, { x: 60, y: y + 42, width: 240, grey: 40 }) : titled;
    }, selected);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('parts the last whole row of a list that goes on from the piece of the next one below a selection', () => {
    const rows = stack([54, 54, 54, 54, 54, 54]);
    const chosen = { x: 4, y: rows[4].y + 1, width: 292, height: 52 };
    const image = stack([54, 54, 54, 54, 54, 54, 54]).reduce(
      (page, { y }, i) => {
        const titled = write(page, { x: 50, y: y + 10, width: 90 + 17 * (i % 3), grey: 40 });
        return write(titled, { x: 50, y: y + 32, width: 190 - 23 * (i % 3), grey: 110 });
      },
      paint(solid(300, 342, grey(255)), chosen, grey(228)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('takes the room above the first row of a list with a selection for none of its', () => {
    const rows = stack([38, 38, 38, 38, 38, 38, 38, 38], { first: 6 });
    const chosen = { x: 4, y: rows[1].y + 1, width: 292, height: 36 };
    const image = rows.reduce(
      (page, { y }, i) => write(page, { x: 50, y: y + 14, width: 120 + 17 * (i % 3), grey: 40 }),
      paint(solid(300, 400, grey(255)), chosen, grey(228)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('closes the last row by a line in the last pixel rows, be it with the border of the list', () => {
    const rows = stack([46, 71, 46, 46, 46, 96], { first: 1 });
    for (const border of [0, 1]) {
      const image = rows.reduce(
        (page, { y, height }, i) =>
          Array.from({ length: Math.floor(height / 25) }, (_, line) => line).reduce(
            (drawn, line) =>
              write(drawn, { x: 200, y: y + 16 + 25 * line, width: 150 + 23 * ((i + line) % 4), grey: 30 }),
            paint(
              page,
              { x: 0, y: y + height - 1, width: 700, height: 1 + border * (i === 5 ? 1 : 0) },
              grey(200),
            ),
          ),
        solid(700, 400, grey(255)),
      );
      const region = { x: 0, y: 1, width: 700, height: 351 + border };
      for (const drawn of [image, jpeg60(image)]) expectRows(drawn, rows, { region });
    }
  });

  it('ends the last whole row at its line, however low its ink, where the region ends within the next one', () => {
    const rows = stack(Array.from({ length: 9 }, () => 35));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const ruled = paint(page, { x: 0, y: y + height - 1, width: 600, height: 1 }, grey(220));
        const dated = i === 8 ? write(ruled, { x: 12, y: y + 21, width: 40, grey: 90 }) : ruled;
        return write(dated, { x: 80, y: y + 10, width: 200 + 30 * (i % 3), grey: 40 });
      },
      solid(600, 35 * 9 + 10, grey(255)),
    );
    expectRows(image, rows);
  });
});
