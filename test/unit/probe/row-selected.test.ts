import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 300;

/** Plain rows with one word each, those of the given blocks selected. */
function listOf(
  rows: readonly Row[],
  blocks: readonly (readonly [first: number, count: number])[],
): ImageBuffer {
  const ground = blocks.reduce(
    (image, [first, count]) =>
      paint(
        image,
        { x: 0, y: rows[first].y, width: WIDTH, height: count * rows[first].height },
        [74, 105, 132],
      ),
    solid(WIDTH, 340, grey(255)),
  );
  const isSelected = (row: number): boolean =>
    blocks.some(([first, count]) => row >= first && row < first + count);
  return rows
    .map(({ y }, i) => ({ x: 12, y: y + 6, width: 90 + 31 * (i % 4), grey: isSelected(i) ? 255 : 20 }))
    .reduce(write, ground);
}

describe('rowBands of neighbours that are selected together', () => {
  const rows = stack(Array.from({ length: 14 }, () => 22));

  it.each([
    ['two below as many', [[2, 2]] as const],
    [
      'three, and one beside three more',
      [
        [2, 3],
        [8, 1],
      ] as const,
    ],
    ['four below three', [[3, 4]] as const],
  ])('parts them by the distance of the rows below: %s', (_, blocks) => {
    const image = listOf(rows, blocks);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
    expect(rowBands(image).pitch).toBe(22);
  });

  it('keeps the room of a first row that is selected, below a lower heading', () => {
    const all = stack([30, 44, 44, 44, 44, 44]);
    const chosen = { x: 0, y: 30, width: WIDTH, height: 44 };
    const image = all.reduce(
      (page, { y, height }, i) =>
        write(page, { x: 12, y: y + height / 2 - 5, width: i === 0 ? 50 : 90 + 31 * (i % 4), grey: 20 }),
      paint(solid(WIDTH, 240, grey(255)), chosen, grey(225)),
    );
    expect(rowBands(image).rows[1]).toEqual({ y: 30, height: 44, partial: false });
  });

  it('keeps a selected row that is as high as two and shows more', () => {
    const uneven = stack([22, 22, 44, ...Array.from({ length: 10 }, () => 22)]);
    const plain = uneven
      .filter(({ height }) => height === 22)
      .map(({ y }, i) => ({ x: 12, y: y + 6, width: 90 + 31 * (i % 4), grey: 20 }));
    const selected = paint(
      solid(WIDTH, 340, grey(255)),
      { x: 0, ...uneven[2], width: WIDTH },
      [74, 105, 132],
    );
    const lines = [8, 24].map((y) => ({ x: 12, y: uneven[2].y + y, width: 120 - y, grey: 255 }));
    expectRows([...plain, ...lines].reduce(write, selected), uneven);
  });
});

describe('rowBands of the third row, selected with an outline', () => {
  it.each([48, 56, 72])('parts the two above it, of %i pixels', (height) => {
    const rows = stack(Array.from({ length: 6 }, () => height));
    const { y } = rows[2];
    const outlined = paint(
      solid(WIDTH, 6 * height + 20, grey(36)),
      { x: 0, y, width: WIDTH, height },
      grey(255),
    );
    const selected = paint(outlined, { x: 2, y: y + 2, width: WIDTH - 4, height: height - 4 }, grey(0));
    const image = rows.reduce((page, row, i) => {
      const size = height - 8;
      const picture = paint(page, { x: 8, y: row.y + 4, width: size, height: size }, grey(90 + 20 * i));
      return write(picture, { x: size + 20, y: row.y + 8, width: 90 + 31 * (i % 4), grey: 230 });
    }, selected);
    expectRows(image, rows);
    expect(rowBands(image).pitch).toBe(height);
  });
});

describe('rowBands of a selected row and a higher one below it', () => {
  it('takes that from boundary to boundary where its switch joins its two lines', () => {
    const rows = stack([50, 64, 51, 51, 63, 51, 51, 63, 51]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const isSelected = i === 0;
        const ground = isSelected
          ? paint(page, { x: 0, y, width: WIDTH, height }, [53, 132, 228])
          : paint(page, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(229));
        const middle = y + (height >> 1);
        const knob = paint(ground, { x: WIDTH - 60, y: middle - 13, width: 50, height: 26 }, grey(190));
        const lines = height > 60 ? [middle - 15, middle + 9] : [middle - 6];
        return lines.reduce(
          (drawn, top) => write(drawn, { x: 12, y: top, width: 150 + 7 * i, grey: isSelected ? 255 : 20 }),
          knob,
        );
      },
      solid(WIDTH, 495, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});

describe('rowBands of flat rows with a selected one', () => {
  const pageOf = (rows: readonly Row[], selected: number, height: number): ImageBuffer => {
    const ground = paint(
      solid(WIDTH, height, grey(255)),
      { x: 0, ...rows[selected], width: WIDTH },
      [204, 228, 247],
    );
    return rows
      .filter(({ y }) => y >= 0)
      .map((row, i) => ({ x: 12, y: row.y + (row.height >> 1) - 5, width: 90 + 31 * (i % 4), grey: 20 }))
      .reduce(write, ground);
  };

  it.each([6, 9, 13])('leaves the %i pixels above the first one to the row that the region cuts', (first) => {
    const rows = stack(
      Array.from({ length: 7 }, () => 42),
      { first },
    );
    for (const image of [pageOf(rows, 1, 284), jpeg60(pageOf(rows, 1, 284))])
      expectRows(image, rows.slice(0, 6));
  });

  it('places them by the distance of their ink where a JPEG made the selected one a pixel higher', () => {
    const rows = stack(Array.from({ length: 8 }, () => 43));
    const blurred = rows.map((row, i) => (i === 1 ? { ...row, height: row.height + 1 } : row));
    expectRows(jpeg60(pageOf(blurred, 1, 248)), rows.slice(0, 5));
  });
});

it.each([5, 6, 7])(
  'rowBands keeps the end of a selected row of which the top of the region cuts %i pixels',
  (cut) => {
    const rows = stack(Array<number>(14).fill(26), { first: -cut });
    const selected = { x: 0, y: 0, width: WIDTH, height: 26 - cut };
    const ground = paint(solid(WIDTH, 340, grey(30)), selected, [38, 70, 104]);
    const ruled = paint(ground, { x: 0, y: 0, width: WIDTH, height: 1 }, grey(80));
    const image = rows
      .slice(1)
      .map(({ y }, i) => ({ x: 12, y: y + 5, width: 90 + 31 * (i % 4), grey: 230 }))
      .reduce(write, write(ruled, { x: 12, y: 1, width: 100, grey: 230 }));
    expectRows(image, rows.slice(1, -1));
  },
);

it.each([33, 35])(
  'rowBands takes a line and the handle of the selected cell below it for one row of %i pixels',
  (high) => {
    const rows = stack(Array.from({ length: 12 }, (_, i) => (i % 4 === 0 ? high : 20)));
    const first = paint(
      solid(500, 240 + 3 * (high - 20), grey(255)),
      { x: 0, y: 0, width: 500, height: high },
      [218, 227, 241],
    );
    const ground = rows
      .slice(1)
      .reduce(
        (page, { y, height }) => paint(page, { x: 0, y: y + height - 1, width: 500, height: 1 }, grey(222)),
        first,
      );
    const handled = paint(ground, { x: 140, y: high - 5, width: 5, height: 4 }, [0, 120, 200]);
    const image = rows
      .flatMap(({ y, height }, i) =>
        [50, 150, 310].map((x) => ({ x, y: y + (height >> 1) - 5, width: 50 + 5 * ((i + x) % 5), grey: 10 })),
      )
      .reduce(write, handled);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  },
);
