import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const LINE = 17;

/** Rows of so many lines each, a paragraph in each of them, and whatever `drawn` says between them. */
function paragraphs(
  lines: readonly number[],
  drawn: (page: ImageBuffer, row: Row, i: number) => ImageBuffer,
  { padding = 7 } = {},
): { image: ImageBuffer; rows: Row[] } {
  const rows = stack(lines.map((each) => each * LINE + 2 * padding));
  const last = rows[rows.length - 1];
  const page = solid(500, last.y + last.height + 60, grey(255));
  const image = rows.reduce(drawn, page);
  const written = rows.flatMap(({ y }, i) =>
    Array.from({ length: lines[i] }, (_, line) => ({
      ...{ x: 12, y: y + padding + 4 + line * LINE, grey: 60 },
      width: 120 + 31 * ((i + 2 * line) % 5),
    })),
  );
  return { image: written.reduce(write, image), rows };
}

const striped = (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer =>
  i % 2 === 0 ? page : paint(page, { x: 0, y, width: 500, height }, grey(243));
const ruled = (page: ImageBuffer, { y, height }: Row): ImageBuffer =>
  paint(page, { x: 0, y: y + height - 1, width: 500, height: 1 }, grey(215));

describe('rowBands of rows of unequal height', () => {
  it.each([
    { lines: [1, 1, 3, 1, 1, 3] },
    { lines: [2, 4, 1, 3, 1, 2] },
    { lines: [1, 4, 4, 1, 3, 4] },
    { lines: [3, 1, 4, 2, 4, 1, 1, 2] },
  ])('takes each of $lines for a row, where every other is striped or all have a line', ({ lines }) => {
    for (const drawn of [striped, ruled]) {
      const { image, rows } = paragraphs(lines, drawn);
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    }
  });

  it.each([{ lines: [2, 3, 3, 2] }, { lines: [4, 1, 4] }])(
    'takes no line of $lines for a row, however little room is around them',
    ({ lines }) => {
      for (const padding of [3, 4, 5]) {
        const { image, rows } = paragraphs(lines, ruled, { padding });
        expectRows(image, rows);
      }
    },
  );

  it.each([
    { lines: [8, 6, 9, 7, 10, 6] },
    { lines: [9, 10, 9, 11, 9, 12] },
    { lines: [8, 12, 11, 12, 11, 13] },
  ])(
    'keeps the selected one of $lines whole, and all where a dense screen makes them higher than is expected',
    ({ lines }) => {
      for (const drawn of [striped, ruled]) {
        const selected = (page: ImageBuffer, row: Row, i: number): ImageBuffer =>
          i === 4 ? paint(page, { x: 0, ...row, width: 500 }, [219, 234, 254]) : drawn(page, row, i);
        const { image, rows } = paragraphs(lines, selected);
        expectRows(image, rows);
        expectRows(jpeg60(image), rows);
      }
    },
  );

  it('takes a last stripe that the region cuts for one, where a dense screen makes all higher than is expected', () => {
    const { image, rows } = paragraphs([9, 11, 9, 9, 10, 12], striped);
    const { y } = rows[5];
    const found = rowBands(image, { region: { x: 0, y: 0, width: 500, height: y + 190 } }).rows;
    expect(found).toHaveLength(6);
    expect(found[5]).toEqual({ y, height: 190, partial: true });
  });

  it('takes a first row of one line for whole above rows of several lines', () => {
    for (const drawn of [striped, ruled]) {
      const { image, rows } = paragraphs([1, 4, 3, 4], drawn);
      expectRows(image, rows);
      expect(rowBands(image).rows[0].partial).toBe(false);
    }
  });
});

describe('rowBands of a row higher than rows are looked for', () => {
  it('takes a paragraph that is striped for one', () => {
    const { image, rows } = paragraphs([1, 2, 9, 1, 13, 2, 1], striped, { padding: 11 });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('takes no three rows for one that a pointer over the middle one gives one background', () => {
    const rows = stack([60, 150, 60, 60, 60, 180, 60, 60, 60, 60]);
    const page = rows.reduce(
      (drawn, row, i) => striped(drawn, row, i === 6 ? 5 : i),
      solid(500, 810, grey(255)),
    );
    const image = rows
      .flatMap(({ y, height }, i) =>
        Array.from({ length: 1 + (height - 60) / 30 }, (_, line) => ({
          ...{ x: 12, y: y + 25 + 30 * line, grey: 60 },
          width: 120 + 31 * ((i + 2 * line) % 5),
        })),
      )
      .reduce(write, page);
    expect(Math.max(...rowBands(image).rows.map(({ height }) => height))).toBeLessThan(200);
  });
});

describe('rowBands of what nothing parts', () => {
  it.each([
    { height: 28, lines: [9] },
    { height: 55, lines: [12, 32] },
  ])(
    'parts the last stripes where one under the pointer has the background of the next: %j',
    ({ height, lines }) => {
      for (const rest of [0, 4, 19]) {
        const rows = stack(Array<number>(8).fill(height));
        const page = rows.reduce(
          (on, { y }, i) => {
            const isGrey = i % 2 === 1 || i === 6;
            const ground = isGrey ? paint(on, { x: 0, y, width: 500, height }, grey(243)) : on;
            return lines.reduce(
              (at, line) => write(at, { x: 12, y: y + line, width: 90 + 31 * (i % 4), grey: 40 }),
              ground,
            );
          },
          solid(500, 8 * height + rest, grey(255)),
        );
        const below = paint(page, { x: 0, y: 8 * height, width: 500, height: rest }, grey(243));
        for (const image of rest === 0 ? [below] : [below, jpeg60(below)]) expectRows(image, rows);
      }
    },
  );

  it('parts rows between headings of another background, which are lower than rows are said to be', () => {
    const [height, heading] = [55, 26];
    for (const selected of [1, 2]) {
      const rows: Row[] = [];
      let page = solid(500, 2 * heading + 6 * height + 3, grey(255));
      for (const [group, count] of [4, 2].entries()) {
        const top = group * heading + rows.length * height;
        page = paint(page, { x: 0, y: top, width: 500, height: heading }, grey(244));
        page = write(page, { x: 12, y: top + 8, width: 60, grey: 90 });
        for (const row of stack(Array<number>(count).fill(height), { first: top + heading })) {
          const ground = rows.length === selected ? [205, 225, 250] : [255, 255, 255];
          page = paint(page, { x: 0, ...row, width: 500 }, ground as [number, number, number]);
          for (const line of [11, 30])
            page = write(page, {
              x: 12,
              y: row.y + line,
              width: 90 + 31 * (rows.length % 4) + line,
              grey: 40,
            });
          rows.push(row);
        }
      }
      for (const image of [page, jpeg60(page)]) expectRows(image, rows, { minHeight: 36 });
    }
  });

  it('takes lines that are nearer to each other than rows are high for those of one row', () => {
    const { image, rows } = paragraphs([1, 3, 1], striped, { padding: 9 });
    expectRows(image, rows);
  });

  it('cuts what is above the only drawn row into rows as high as that, whatever their pictures are', () => {
    const rows = stack(Array.from({ length: 16 }, () => 24));
    const page = paint(solid(500, 384, grey(255)), { x: 0, ...rows[6], width: 500 }, [47, 111, 237]);
    const image = rows.reduce((drawn, { y }, i) => {
      const side = [18, 12, 12, 20, 20, 20, 20, 14][i % 8];
      const icon = { x: 8, y: y + 12 - side / 2, width: side, height: side };
      return write(paint(drawn, icon, [230, 161, 0]), {
        x: 40,
        y: y + 7,
        width: 90 + 17 * (i % 4),
        grey: 60,
      });
    }, page);
    expectRows(image, rows);
  });
});

describe('rowBands of a JPEG', () => {
  it('parts two rows between which the line was swallowed as all others are parted', () => {
    const rows = stack(Array.from({ length: 9 }, () => 38));
    const page = rows.reduce(
      (drawn, row, i) => (i === 4 ? drawn : ruled(drawn, row)),
      solid(500, 420, grey(255)),
    );
    const image = rows
      .map(({ y }, i) => ({ x: 12, y: y + 14, width: 120 + 31 * (i % 5), grey: 60 }))
      .reduce(write, page);
    expectRows(jpeg60(image), rows);
  });
});

describe('rowBands of rows that only a few lines bound', () => {
  it.each([1, 6, 10])(
    'cuts the rows above and below a selection within the border of a table, as row %i',
    (selected) => {
      const rows = stack(Array<number>(11).fill(18), { first: 1 });
      const bottom = rows[10].y + 18;
      const border = [0, bottom].reduce(
        (image, y) => paint(image, { x: 0, y, width: 500, height: 1 }, grey(150)),
        solid(500, bottom + 200, grey(250)),
      );
      const { y } = rows[selected];
      const lit = paint(border, { x: 0, y, width: 500, height: 18 }, [205, 225, 250]);
      const outline = [y, y + 17].reduce(
        (image, at) => paint(image, { x: 0, y: at, width: 500, height: 1 }, [120, 160, 220]),
        lit,
      );
      const image = rows.reduce(
        (page, row, i) => write(page, { x: 10, y: row.y + 4, width: 90 + 37 * (i % 4), grey: 40 }),
        outline,
      );
      expectRows(image, rows);
      if (selected > 1) expectRows(jpeg60(image), rows);
    },
  );

  it('takes the lines below the last separator for one row, as close as those of the others are', () => {
    const unclosed = (page: ImageBuffer, { y }: Row, i: number): ImageBuffer =>
      i === 0 ? page : paint(page, { x: 0, y: y - 1, width: 500, height: 1 }, grey(215));
    const { image, rows } = paragraphs([3, 2, 2, 3], unclosed);
    const page = solid(500, image.height + 200, grey(255));
    page.data.set(image.data);
    expectRows(page, rows);
    expectRows(jpeg60(page), rows);
  });

  it('takes a last stripe, whose ground goes on below it, for as high as those with as many lines', () => {
    const rows = stack([60, 94, 60, 60, 60]);
    const image = rows.reduce(
      (page, { y, height }, i) =>
        Array.from({ length: height === 94 ? 3 : 1 }, (_, line) => line).reduce(
          (drawn, line) => write(drawn, { x: 12, y: y + 22 + 17 * line, width: 120 + 31 * i, grey: 60 }),
          i % 2 === 0 ? page : paint(page, { x: 0, y, width: 500, height }, grey(243)),
        ),
      solid(500, 334, grey(255)),
    );
    expectRows(image, rows);
  });
});

it('rowBands keeps a higher row with its text in the middle whole, also where all its letters are low', () => {
  const rows = stack([32, 32, 46, 32, 46, 32, 32, 32, 32]);
  const image = rows.reduce(
    (page, { y, height }, i) => {
      const ruled = paint(page, { x: 0, y: y + height - 1, width: 440, height: 1 }, grey(215));
      const at = y + Math.round(height / 2) - 6;
      const letters = paint(ruled, { x: 12, y: at + 3, width: 60 + 21 * (i % 3), height: 7 }, grey(40));
      const stem = height === 32 ? { y: at, height: 10 } : { y: at + 3, height: 10 };
      return paint(letters, { x: 20, width: 3, ...stem }, grey(40));
    },
    solid(440, 360, grey(255)),
  );
  expectRows(image, rows);
});

it('rowBands tells rows whose buttons leave nothing between them by their lines', () => {
  const rows = stack(Array<number>(14).fill(32));
  const image = rows.reduce(
    (page, { y }, i) => {
      const bordered = paint(page, { x: 300, y, width: 190, height: 32 }, [31, 100, 50]);
      const button = paint(bordered, { x: 301, y: y + 1, width: 188, height: 30 }, [40, 140, 60]);
      const labelled = write(button, { x: 314, y: y + 11, width: 36, grey: 255 });
      return write(labelled, { x: 10, y: y + 11, width: 90 + 37 * (i % 4), grey: 40 });
    },
    solid(500, 448, grey(255)),
  );
  expectRows(image, rows);
});

describe('rowBands between faint separators that a JPEG blurs into what is beside them', () => {
  /** Rows of several lines, each with a button, and separators `step` levels darker. */
  function listed(
    step: number,
    first: number,
  ): { readonly image: ImageBuffer; readonly rows: readonly Row[] } {
    const rows = stack([50, 32, 68, 32, 50, 32, 68], { first });
    const drawn = rows.reduce(
      (page, { y, height }) =>
        paint(
          paint(page, { x: 0, y: y + height - 1, width: 640, height: 1 }, grey(253 - step)),
          { x: 540, y: y + height / 2 - 14, width: 76, height: 28 },
          [47, 111, 237],
        ),
      solid(640, first + 352, grey(253)),
    );
    const lines = rows.flatMap(({ y, height }, i) =>
      Array.from({ length: Math.round((height - 14) / 18) }, (_, line) => ({
        ...{ x: 20, y: y + 11 + 18 * line, width: 120 + 61 * ((i + line) % 4) },
        grey: line === 0 ? 40 : 120,
      })),
    );
    return { image: jpeg60(lines.reduce(write, drawn)), rows };
  }

  it('finds one beside a button where others are as clear', () => {
    const { image, rows } = listed(12, 0);
    expectRows(image, rows);
  });

  it('is not sure of rows of unequal height, since it may have swallowed some', () => {
    for (const first of [0, 3, 6]) {
      const { image } = listed(9, first);
      expect(rowBands(image).confidence).toBeLessThanOrEqual(0.8);
    }
  });
});

it('rowBands takes the room above small letters for no padding of the list', () => {
  const rows = stack([69, 27, 27, 48, 27]);
  const image = rows.reduce(
    (drawn, { y, height }, i) => {
      const lined = paint(drawn, { x: 0, y: y + height - 1, width: 300, height: 1 }, grey(210));
      const tall = i === 0 ? 7 : 12;
      const first = paint(lined, { x: 8, y: y + 18 - tall, width: 60 + 20 * i, height: tall }, grey(30));
      return height < 40
        ? first
        : paint(first, { x: 8, y: y + height - 18, width: 90, height: 12 }, grey(90));
    },
    solid(300, 198, grey(240)),
  );
  expect(rowBands(image).rows[0]).toMatchObject(rows[0]);
});
