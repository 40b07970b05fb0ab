import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import { grey, jpeg60, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const [WIDTH, HEIGHT] = [640, 600];

function frame(image: ImageBuffer, { x, y, width, height }: Rect, level: number): ImageBuffer {
  return [
    { x, y, width, height: 1 },
    { x, y: y + height - 1, width, height: 1 },
    { x, y, width: 1, height },
    { x: x + width - 1, y, width: 1, height },
  ].reduce((page, side) => paint(page, side, grey(level)), image);
}

describe('veil of a table that grew', () => {
  /** Striped rows of 42 pixels below a header, with lines between columns and rows, in a border of two pixels. */
  const table = (rows: number, more: number): ImageBuffer => {
    const end = 102 + 42 * (rows + more);
    const border = paint(
      solid(960, 720, grey(255)),
      { x: 16, y: 60, width: 702, height: end - 59 },
      grey(228),
    );
    const header = paint(border, { x: 18, y: 62, width: 698, height: 40 }, [234, 240, 245]);
    const page = Array.from({ length: rows + more }, (_, i) => i).reduce((drawn, i) => {
      const y = 102 + 42 * i;
      // What was put in below the second row has names of its own.
      const name = i < 2 ? i : i < 2 + more ? 10 + i : i - more;
      const row = { x: 18, y, width: 698, height: i === rows + more - 1 ? 40 : 41 };
      const ground = paint(drawn, row, grey(i % 2 === 0 ? 250 : 253));
      const named = write(ground, { x: 52, y: y + 16, width: 60 + ((23 * name) % 90), grey: 20 });
      return write(named, { x: 532, y: y + 16, width: 70 + ((13 * name) % 50), grey: 20 });
    }, header);
    return [376, 516].reduce(
      (drawn, x) => paint(drawn, { x, y: 60, width: 1, height: end - 59 }, grey(228)),
      page,
    );
  };

  it.each([
    [5, 6],
    [6, 4],
  ])('from %i rows by %i is no popup that opened', (rows, more) => {
    for (const picture of [(image: ImageBuffer) => image, jpeg60]) {
      expect(veil(picture(table(rows, 0)), picture(table(rows, more))).open).toBe(false);
    }
  });
});

describe('veil of a window in a terminal, whose frame is in the middle of its characters', () => {
  const [CELL_X, CELL_Y] = [8, 16];
  const lines = Array.from({ length: 29 }, (_, i) => i);
  const terminal = lines.reduce(
    (page, i) => write(page, { x: 4, y: 3 + i * CELL_Y, width: 560 - 13 * (i % 5), grey: 40 }),
    solid(WIDTH, HEIGHT, grey(250)),
  );
  const area = { x: 10 * CELL_X, y: 8 * CELL_Y, width: 50 * CELL_X, height: 12 * CELL_Y };
  const window = lines
    .slice(10, 18)
    .reduce(
      (page, i) => write(page, { x: area.x + 24, y: 3 + i * CELL_Y, width: 160 + 17 * (i % 3), grey: 40 }),
      frame(
        paint(terminal, area, grey(250)),
        { x: area.x + 4, y: area.y + 8, width: area.width - 8, height: area.height - 16 },
        60,
      ),
    );

  it('is not called closed', () => {
    expect(veil(terminal, window).state).not.toBe('closed');
    expect(veil(jpeg60(terminal), jpeg60(window)).state).not.toBe('closed');
    expect(veil(window, terminal).open).toBe(false);
  });
});
