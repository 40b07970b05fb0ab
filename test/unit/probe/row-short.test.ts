import { describe, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 300;
const BLUE = [53, 132, 228] as const;

/** An icon and a word to each row, both in its middle. */
function writeRows(image: ImageBuffer, rows: readonly Row[], level = 30): ImageBuffer {
  return rows.reduce((drawn, { y, height }, i) => {
    const top = y + Math.floor(height / 2);
    const icon = paint(drawn, { x: 12, y: top - 7, width: 14, height: 14 }, grey(level));
    return write(icon, { x: 40, y: top - 5, width: 60 + 17 * i, grey: level });
  }, image);
}

function expectBoth(image: ImageBuffer, rows: readonly Row[]): void {
  for (const one of [image, jpeg60(image)]) expectRows(one, rows);
}

describe('rowBands of short lists', () => {
  it('takes two lines with half as much room above them as between them for two rows', () => {
    const rows = stack([21, 21]);
    const image = rows
      .map(({ y }, i) => ({ x: 6, y: y + 5, width: 220 - 40 * i, grey: 20 }))
      .reduce(write, solid(WIDTH, 110, grey(255)));
    expectBoth(image, rows);
  });

  it('leaves two lines with as much room above them as between them one row', () => {
    const rows = [{ y: 0, height: 47 }];
    const image = [10, 27]
      .map((y) => ({ x: 6, y, width: 220 - 4 * y, grey: 20 }))
      .reduce(write, solid(WIDTH, 110, grey(255)));
    expectRows(image, rows);
  });

  it('counts no row from the focus frame of a selected one', () => {
    const rows = stack([23, 23, 23]);
    const [, , { y, height }] = rows;
    const selected = paint(solid(WIDTH, 300, grey(255)), { x: 0, y, width: WIDTH, height }, BLUE);
    const dots = Array.from({ length: WIDTH / 6 }, (_, i) =>
      [y + 2, y + height - 3].map((at) => ({ x: 6 * i, y: at, width: 2, height: 1 })),
    );
    const framed = dots.flat().reduce((image, dot) => paint(image, dot, [230, 240, 250]), selected);
    const image = rows
      .map((row, i) => ({ x: 12, y: row.y + 6, width: 90 + 31 * i, grey: i === 2 ? 255 : 20 }))
      .reduce(write, framed);
    expectBoth(image, rows);
  });

  const places = [...stack([38, 38, 38], { first: 3 }), { y: 126, height: 38 }];
  const lined = paint(solid(WIDTH, 500, grey(250)), { x: 0, y: 121, width: WIDTH, height: 1 }, grey(222));

  it('gives a single row below a line the height of those above it, around its ink', () => {
    expectBoth(writeRows(lined, places), places);
  });

  it('takes rows above a line, and a selected one some pixels below it, for no cards', () => {
    const [, , , { y, height }] = places;
    const pill = { x: 0, y: y + 1, width: WIDTH, height: height - 2 };
    const image = writeRows(paint(lined, pill, BLUE), places.slice(0, 3));
    expectRows(writeRows(image, places.slice(3), 255), places);
  });

  it('parts two rows below the selected one that is higher than both', () => {
    const rows = stack([92, 26, 26]);
    const selected = paint(solid(WIDTH, 480, grey(255)), { x: 0, y: 0, width: WIDTH, height: 92 }, BLUE);
    const open = [5, 26, 60].map((y) => ({ x: 40, y, width: 200, grey: 250 })).reduce(write, selected);
    expectBoth(writeRows(open, rows.slice(1)), rows);
  });

  /** Plain rows with one word each, one of them selected. */
  function selectedRows(rows: readonly Row[], selected: Row, ground: ImageBuffer): ImageBuffer {
    const image = paint(ground, { x: 0, y: selected.y, width: ground.width, height: selected.height }, BLUE);
    return rows
      .map(({ y }, i) => ({ x: 12, y: y + 6, width: 90 + 31 * (i % 4), grey: y === selected.y ? 255 : 20 }))
      .reduce(write, image);
  }

  it('parts the plain rows below a selected one although the region cuts the first row', () => {
    const rows = stack([23, 23, 23, 23, 23, 23, 23], { first: 14 });
    const cut = paint(solid(WIDTH, 175, grey(255)), { x: 12, y: 0, width: 90, height: 6 }, grey(20));
    expectBoth(selectedRows(rows, rows[2], cut), rows);
  });

  it('gives rows that fill what is above a selected one their own height, not that of its lower background', () => {
    const rows = stack([24, 24, 24, 22]);
    expectBoth(selectedRows(rows, rows[3], solid(WIDTH, 150, grey(247))), rows);
  });

  it('takes the shades of a selection between stripes for no boundary', () => {
    const rows = stack([16, 16, 16, 16, 16, 16, 16, 16]);
    const striped = rows
      .filter((_, i) => i % 2 === 1)
      .reduce(
        (image, { y, height }) => paint(image, { x: 0, y, width: WIDTH, height }, grey(245)),
        solid(WIDTH, 128, grey(255)),
      );
    const at = rows[3].y;
    const shaded = [0, 12].reduce(
      (image, from, i) =>
        paint(image, { x: 0, y: at + from, width: WIDTH, height: 16 - from }, [48, 141 - 2 * i, 199 - 2 * i]),
      striped,
    );
    const image = rows
      .map(({ y }, i) => ({ x: 12, y: y + 3, width: 90 + 31 * (i % 4), grey: i === 3 ? 255 : 20 }))
      .reduce(write, shaded);
    expectRows(image, rows);
  });

  it('ends a last card where its shadow begins, though the region ends within that', () => {
    const cards = stack([64, 64, 64], { first: 10, gap: 10 });
    const shadow = Array.from({ length: 10 }, (_, i) => ({ i, level: 205 + 3 * i }));
    const image = cards.reduce(
      (ground, { y, height }) => {
        const card = paint(ground, { x: 0, y, width: WIDTH, height }, grey(255));
        return shadow.reduce(
          (shaded, { i, level }) =>
            paint(shaded, { x: 0, y: y + height + i, width: WIDTH, height: 1 }, grey(level)),
          card,
        );
      },
      solid(WIDTH, 232, grey(235)),
    );
    const texts = cards.flatMap(({ y }, i) =>
      [16, 36].map((off) => ({ x: 20, y: y + off, width: 90 + 31 * i, grey: 30 })),
    );
    expectRows(texts.reduce(write, image), cards);
  });

  it('gives a row its focus frame and a first card its border', () => {
    const rows = stack([26, 26, 26, 26, 26]);
    const dots = Array.from({ length: WIDTH / 3 }, (_, i) =>
      [2, 22].map((y) => ({ x: 3 * i, y, width: 1, height: 1 })),
    );
    const lined = rows.reduce(
      (image, { y, height }) => paint(image, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(200)),
      solid(WIDTH, 180, grey(255)),
    );
    const selected = paint(lined, { x: 0, y: 25, width: WIDTH, height: 27 }, BLUE);
    const focused = dots.flat().reduce((image, dot) => paint(image, dot, grey(120)), selected);
    expectRows(writeRows(focused, rows), rows);

    const cards = stack([60, 60, 60, 60], { gap: 9 });
    const bordered = cards.reduce(
      (image, { y, height }) => {
        const border = paint(image, { x: 0, y, width: WIDTH, height }, grey(130));
        return paint(border, { x: 3, y: y + 3, width: WIDTH - 6, height: height - 6 }, grey(90));
      },
      solid(WIDTH, 290, grey(30)),
    );
    expectRows(writeRows(bordered, cards, 240), cards);
  });

  it.each([40, 60, 90])(
    'are placed around their buttons of %i pixels, which are higher than the text',
    (width) => {
      const rows = stack([34, 34]);
      const image = rows.reduce(
        (page, { y }, i) => {
          const button = paint(page, { x: 680, y: y + 4, width, height: 26 }, grey(90));
          return write(button, { x: 20, y: y + 11, width: 400 - 30 * i, grey: 40 });
        },
        solid(790, 450, grey(250)),
      );
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    },
  );
});
