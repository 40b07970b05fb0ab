import { describe, expect, it } from 'vitest';
import { type Rect, inflate } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import { LIGHT, type Rgb, box, text } from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

const { page: ground, card, ink, line } = LIGHT;

const framed = (image: ImageBuffer, rect: Rect): ImageBuffer =>
  paint(paint(image, rect, line), inflate(rect, -1), card);
const write = (image: ImageBuffer, x: number, y: number, seed: number, length = 14): ImageBuffer =>
  text(image, { x, y, seed, length, ink });

describe('veil of a list below its field', () => {
  /** Fields of one width below each other, in the colour of the page. */
  const field = (row: number): Rect => ({ x: 60, y: 40 + 60 * row, width: 200, height: 30 });
  const form = [0, 1, 2, 3, 4].reduce(
    (image, row) => {
      const { x, y } = field(row);
      return write(framed(write(image, x, y - 14, row), field(row)), x + 12, y + 14, row + 9);
    },
    solid(640, 400, card),
  );

  it.each([80, 140, 200])(
    '%d pixels high, over fields of its width, is not sure that none opened',
    (height) => {
      const list = { ...field(0), y: field(0).y + 29, height };
      expect(veil(form, box(form, list, LIGHT)).state).not.toBe('closed');
    },
  );
  it('takes what was filled from one line of the page to another for none', () => {
    const split = [60, 340].reduce(
      (image, y) => paint(image, { x: 0, y, width: 640, height: 2 }, ink),
      write(solid(640, 400, ground), 20, 20, 3, 40),
    );
    const panel = { x: 20, y: 62, width: 600, height: 278 };
    const filled = write(paint(split, panel, card), 280, 200, 5, 20);
    expect(veil(split, filled).state).toBe('closed');
  });
});

it('veil is unsure of a sheet from side to side below the line of a header', () => {
  const page = [0, 1, 2, 3, 4, 5, 6].reduce(
    (image, row) => write(image, 30, 70 + 44 * row, row, 100),
    paint(write(solid(640, 400, ground), 30, 20, 4, 60), { x: 0, y: 48, width: 640, height: 1 }, line),
  );
  const sheet = { x: 0, y: 48, width: 640, height: 160 };
  const open = [0, 1, 2].reduce(
    (image, row) => write(image, 40, 70 + 40 * row, row + 20, 60),
    paint(paint(page, sheet, line), { ...sheet, y: 49, height: 158 }, card),
  );
  expect(veil(page, open).state).not.toBe('closed');
});

describe('veil of a menu over what moved meanwhile', () => {
  /** Bubbles of a chat, `by` pixels further up. */
  const chat = (by: number): ImageBuffer =>
    [0, 1, 2, 3, 4, 5, 6, 7].reduce(
      (image, i) => {
        const bubble = { x: i % 3 === 0 ? 260 : 150, y: 70 + 58 * i - by, width: 300, height: 46 };
        if (bubble.y < 50 || bubble.y + bubble.height > 450) return image;
        const drawn = paint(image, bubble, card);
        return write(
          write(drawn, bubble.x + 10, bubble.y + 12, i, 50),
          bubble.x + 10,
          bubble.y + 30,
          i + 9,
          44,
        );
      },
      paint(solid(640, 480, [235, 230, 220]), { x: 0, y: 0, width: 120, height: 480 }, card),
    );

  it('is not sure that none opened', () => {
    const menu = { x: 330, y: 150, width: 180, height: 200 };
    expect(veil(chat(0), box(chat(58), menu, LIGHT)).state).not.toBe('closed');
  });
  it('is sure of none where all that is new stood lower before', () => {
    expect(veil(chat(0), chat(58)).state).toBe('closed');
  });
});

it('veil is unsure of a drawer beside charts that moved meanwhile', () => {
  const [dark, panel, edge]: Rgb[] = [
    [20, 21, 24],
    [26, 28, 32],
    [44, 46, 52],
  ];
  const charts = (by: number): ImageBuffer =>
    [0, 1, 2, 3].reduce(
      (image, i) => {
        const tile = { x: 10 + 320 * (i % 2), y: 40 + 215 * Math.floor(i / 2), width: 310, height: 205 };
        return Array.from({ length: 60 }, (_, x) => x).reduce(
          (drawn, x) => {
            const y = tile.y + 100 + Math.round(70 * Math.sin((x + 9 * i + 17 * by) / 7));
            return paint(drawn, { x: tile.x + 5 + 5 * x, y, width: 5, height: 3 }, [60, 140, 240]);
          },
          paint(image, tile, panel),
        );
      },
      // What stays where it was says that it is the same page.
      [230, 330, 430, 530].reduce(
        (image, x) => text(image, { x, y: 20, seed: x, length: 16, ink: [220, 220, 220] }),
        solid(650, 470, dark),
      ),
    );
  const drawer = { x: 0, y: 0, width: 200, height: 470 };
  const open = Array.from({ length: 9 }, (_, row) => row).reduce(
    (image, row) => text(image, { x: 20, y: 40 + 45 * row, seed: row, length: 20, ink: [200, 200, 200] }),
    paint(paint(charts(1), drawer, edge), { ...drawer, width: 199 }, [34, 37, 43]),
  );
  expect(veil(charts(0), open).state).not.toBe('closed');
});

it('veil takes rows that were pushed to where the page was empty for no popup', () => {
  const row = (image: ImageBuffer, i: number, y: number): ImageBuffer =>
    write(framed(image, { x: 40, y, width: 560, height: 57 }), 60, y + 26, i * 5, 40);
  const rows = (added: number): ImageBuffer =>
    [0, 1, 2, 3, 4, 5].reduce(
      (image, i) => row(image, i, 20 + 56 * i + (i > 1 ? added : 0)),
      solid(640, 500, ground),
    );
  const answer = { x: 40, y: 132, width: 560, height: 113 };
  const open = write(write(framed(rows(112), answer), 60, 160, 4, 90), 60, 180, 6, 80);
  expect(veil(rows(0), open).state).not.toBe('open');
});

describe('veil of what may be one of several', () => {
  const tile = (x: number, y: number): Rect => ({ x, y, width: 130, height: 90 });
  const board = [tile(30, 60), tile(30, 160), tile(180, 60)].reduce(
    (image, rect) => write(framed(image, rect), rect.x + 12, rect.y + 20, rect.x + rect.y),
    write(solid(640, 480, ground), 30, 20, 3, 60),
  );
  it('is unsure of one more tile below its like', () => {
    expect(veil(board, box(board, tile(180, 160), LIGHT)).state).toBe('unsure');
  });
  it('finds a menu that is not aligned with any', () => {
    const menu = { x: 370, y: 200, width: 130, height: 110 };
    expect(veil(board, box(board, menu, LIGHT))).toMatchObject({ state: 'open', box: menu });
  });
});

it('veil takes a dialog that was moved for no new one', () => {
  const rows = Array.from({ length: 20 }, (_, i) => 30 + 24 * i).reduce(
    (image, y) => write(paint(image, { x: 0, y: y + 14, width: 640, height: 1 }, line), 10, y, y, 120),
    solid(640, 480, card),
  );
  const at = (x: number, y: number): ImageBuffer => {
    const dialog = { x, y, width: 260, height: 180 };
    return box(paint(rows, inflate(dialog, 1), ink), dialog, LIGHT);
  };
  expect(veil(at(130, 100), at(260, 190)).state).not.toBe('open');
});
