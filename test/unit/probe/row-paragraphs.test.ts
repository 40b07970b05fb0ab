import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/index.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 560;
const LINE = 18;
const PAD = 12;
const GREEN = [40, 140, 60] as const;

interface Row {
  readonly y: number;
  readonly height: number;
}

/** As many lines to each row, one below the other. */
function stack(
  lines: readonly number[],
  heightOf = (count: number): number => count * LINE + 2 * PAD,
): Row[] {
  let y = 0;
  return lines.map((count) => {
    const row = { y, height: heightOf(count) };
    y += row.height;
    return row;
  });
}

function text(
  image: ImageBuffer,
  { y }: Row,
  { lines, i, level = 30 }: Readonly<{ lines: number; i: number; level?: number }>,
): ImageBuffer {
  return Array.from({ length: lines }, (_, line) => ({
    x: 60,
    y: y + PAD + 4 + line * LINE,
    width: line === 0 ? 90 + 37 * (i % 3) : 240 - 31 * ((i + line) % 4),
    grey: level,
  })).reduce(write, image);
}

describe('rowBands of rows of unequal height that nothing parts', () => {
  const lines = [1, 3, 2, 1, 1, 3, 2];
  const blank = solid(WIDTH, 470, grey(250));

  it('keeps the room above the first row around all others, and below the last one', () => {
    const rows = stack(lines);
    const image = rows.reduce((drawn, row, i) => text(drawn, row, { lines: lines[i], i }), blank);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('finds rows that are as high as the button in their middle, or as their lines', () => {
    const heightOf = (count: number): number => Math.max(count * LINE + 2 * PAD, 50);
    const rows = stack(lines, heightOf);
    const image = rows.reduce((drawn, { y, height }, i) => {
      const middle = y + height / 2;
      const top = middle - (lines[i] * LINE) / 2 - PAD;
      const named = text(drawn, { y: top, height }, { lines: lines[i], i });
      return paint(named, { x: 460, y: middle - 16, width: 80, height: 32 }, GREEN);
    }, blank);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('takes the selected one for a row, with as many lines as it has', () => {
    const rows = stack(lines);
    const selected = paint(blank, { x: 0, ...rows[5], width: WIDTH }, [40, 90, 170]);
    const image = rows.reduce(
      (drawn, row, i) => text(drawn, row, { lines: lines[i], i, level: i === 5 ? 240 : 30 }),
      selected,
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('rows of one and of two lines in turn are as high as the selected one says, not half of both', () => {
    const turns = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
    const rows = stack(turns);
    const selected = paint(blank, { x: 0, ...rows[2], width: WIDTH }, [208, 226, 245]);
    const image = rows
      .slice(0, 9)
      .reduce((drawn, row, i) => text(drawn, row, { lines: turns[i], i }), selected);
    expectRows(image, rows.slice(0, 9), { region: { x: 0, y: 0, width: WIDTH, height: rows[9].y } });
  });

  it('tells a row that the end of the region cuts within its line by the capitals of that', () => {
    const rows = stack(lines);
    const image = rows.reduce(
      (drawn, row, i) => text(drawn, row, { lines: lines[i], i }),
      solid(WIDTH, rows[4].y + 22, grey(250)),
    );
    const found = rowBands(image).rows;
    expect(found.map(({ partial }) => partial)).toEqual([false, false, false, false, true]);
    expect(Math.abs(found[4].y - rows[4].y)).toBeLessThanOrEqual(2);
  });

  it('leaves rows of one height alone of which some have a second line, and some a button', () => {
    for (const [height, centred, second, button, end] of [
      [44, false, '1110', '1011', 216],
      [61, true, '101011', '100111', 406],
      [62, true, '10001', '10110', 350],
    ] as const) {
      const rows = Array.from({ length: second.length }, (_, i) => ({ y: height * i, height }));
      const image = rows.reduce(
        (drawn, { y }, i) => {
          const middle = y + (height >> 1);
          const first = second[i] === '1' || !centred ? middle - 15 : middle - 5;
          const named = write(drawn, { x: 20, y: first, width: 70 + 20 * (i % 3), grey: 30 });
          const more =
            second[i] === '1' ? write(named, { x: 20, y: first + 18, width: 120, grey: 90 }) : named;
          const size = { x: 200, width: 40, y: middle - 14, height: 28 };
          return button[i] === '1' ? paint(more, size, GREEN) : more;
        },
        solid(260, end, grey(250)),
      );
      expectRows(image, rows);
    }
  });
});
