import { describe, expect, it } from 'vitest';
import { type Rect, inflate } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import {
  DARK,
  HEIGHT,
  LIGHT,
  type Rgb,
  WIDTH,
  box,
  dim,
  expectBox,
  map,
  page,
  text,
} from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

const jpeg60 = (image: ImageBuffer): ImageBuffer => decode(encodeJpeg(image, 60)).image;
const WHITE: Rgb = [255, 255, 255];

describe('veil of a row that was selected', () => {
  const row = { x: 30, y: 130, width: 400, height: 72 };
  function list(fill: Rgb, ink: Rgb): ImageBuffer {
    const rows = [58, 130, 202].reduce(
      (image, y) => paint(image, { ...row, y: y + 71, height: 1 }, LIGHT.line),
      solid(WIDTH, HEIGHT, WHITE),
    );
    const filled = paint(rows, { ...row, height: 71 }, fill);
    return [58, 130, 202].reduce(
      (image, y) =>
        [16, 40].reduce(
          (drawn, line) =>
            text(drawn, { x: 44, y: y + line, seed: y + line, length: 40, ink: y === 130 ? ink : LIGHT.ink }),
          image,
        ),
      filled,
    );
  }

  it.each<{ fill: Rgb; ink: Rgb }>([
    { fill: [53, 132, 228], ink: WHITE },
    { fill: [233, 84, 32], ink: WHITE },
    { fill: [34, 34, 34], ink: WHITE },
    { fill: [255, 213, 79], ink: [0, 0, 0] },
  ])('sees no popup in $fill, though it is as high as one and its letters are $ink now', ({ fill, ink }) => {
    const before = list(WHITE, LIGHT.ink);
    const after = list(fill, ink);
    expect(veil(before, after).state).toBe('closed');
    expect(veil(jpeg60(before), jpeg60(after)).state).toBe('closed');
  });
});

describe('veil by the sides of what opened', () => {
  const plain = text(solid(WIDTH, HEIGHT, WHITE), { x: 20, y: 14, seed: 3, length: 60, ink: LIGHT.ink });
  const words = (image: ImageBuffer, { x, y, height }: Rect): ImageBuffer =>
    Array.from({ length: Math.floor((height - 30) / 32) + 1 }, (_, i) => y + 18 + 32 * i).reduce(
      (drawn, at) => text(drawn, { x: x + 24, y: at, seed: at, length: 26, ink: LIGHT.accent }),
      image,
    );

  it('finds a menu whose border lies far from its words', () => {
    const menu = { x: 121, y: 81, width: 261, height: 181 };
    const blank = paint(paint(plain, menu, [200, 200, 200]), inflate(menu, -1), WHITE);
    const { state, box: found } = veil(plain, words(blank, menu));
    expect(state).toBe('open');
    expectBox(found, menu);
  });

  it('is unsure of what only a shadow shows, which falls away from its top', () => {
    const menu = { x: 120, y: 80, width: 230, height: 180 };
    const shaded = map(plain, (value, x, y) => {
      const dx = Math.max(menu.x - x, x - menu.x - menu.width + 1, 0);
      const dy = Math.max(menu.y + 6 - y, y - menu.y - menu.height + 1, 0);
      const isInside = dx === 0 && y >= menu.y && y < menu.y + menu.height;
      return isInside ? 255 : value * (1 - 0.14 * Math.max(0, 1 - Math.hypot(dx, 2 * dy) / 14));
    });
    expect(veil(plain, words(shaded, menu)).state).toBe('unsure');
    expect(veil(plain, words(plain, menu)).state).toBe('closed');
  });

  it('takes no line of text for the top where both sides run on above it, however faint', () => {
    const menu = { x: 120, y: 80, width: 230, height: 160 };
    const dark = map(plain, (value) => (255 - value) / 10 + 20);
    const card = paint(dark, { ...menu, y: menu.y + 2, height: menu.height - 2 }, [31, 31, 33]);
    const faded = [0, 1].reduce(
      (image, i) => paint(image, { ...menu, y: menu.y + i, height: 1 }, [23 + 3 * i, 23 + 3 * i, 24 + 3 * i]),
      card,
    );
    const ruled = paint(faded, { ...menu, y: menu.y + 28, height: 1 }, [70, 70, 70]);
    const { state, box: found } = veil(jpeg60(dark), jpeg60(ruled));
    if (state === 'open') expectBox(found, menu);
    expect(state).not.toBe('closed');
  });

  it('leaves a hard shadow out', () => {
    const menu = { x: 121, y: 81, width: 230, height: 180 };
    const shaded = map(plain, (value, x, y) => {
      const dx = Math.max(menu.x - x, x - menu.x - menu.width + 1, 0);
      const dy = Math.max(menu.y - y, y - menu.y - menu.height + 1, 0);
      return value * (1 - 0.6 * Math.max(0, 1 - Math.hypot(dx, dy) / 10));
    });
    const { state, box: found } = veil(plain, words(paint(shaded, menu, DARK.card), menu));
    expect(state).toBe('open');
    expect(found).toEqual(menu);
  });

  it('ends at its border, not at its first entry, which is marked', () => {
    const menu = { x: 121, y: 81, width: 261, height: 181 };
    const ruled = paint(plain, { x: 290, y: 81, width: 44, height: 1 }, [190, 190, 190]);
    const framed = paint(paint(ruled, menu, [190, 190, 190]), inflate(menu, -1), WHITE);
    const marked = paint(framed, { x: 122, y: 87, width: 259, height: 22 }, LIGHT.accent);
    const { state, box: found } = veil(ruled, words(marked, { ...menu, y: menu.y + 32, height: 149 }));
    expect(state).toBe('open');
    expect(found).toEqual(menu);
  });

  it('takes no dialog for a bar, however wide', () => {
    const wide = [60, 90, 120, 150].reduce(
      (image, y) => text(image, { x: 20, y, seed: y, length: 180, ink: LIGHT.ink }),
      solid(1100, HEIGHT, WHITE),
    );
    const dialog = { x: 60, y: 120, width: 980, height: 120 };
    expect(veil(wide, box(wide, dialog, LIGHT)).state).not.toBe('closed');
  });
});

describe('veil of details that open within a list', () => {
  const line = (image: ImageBuffer, y: number, i: number): ImageBuffer =>
    text(image, { x: 40, y, seed: 3 * i + 1, length: 40, ink: LIGHT.ink });
  const list = (tops: readonly number[]): ImageBuffer => tops.reduce(line, solid(1000, 640, WHITE));
  const details = { x: 30, y: 90, width: 400, height: 80 };
  const closed = [20, 60, 100, 140, 180];
  const pushed = closed.map((y) => (y < details.y ? y : y + details.height + 12));

  it('takes them for no popup where they pushed down what was there', () => {
    const opened = box(list(pushed), details, LIGHT);
    expect(veil(list(closed), opened).state).not.toBe('open');
    expect(veil(jpeg60(list(closed)), jpeg60(opened)).state).not.toBe('open');
    expect(veil(opened, list(closed)).state).not.toBe('open');
  });
});

describe('veil of a sheet as wide as the picture', () => {
  const base = page(LIGHT);
  function sheet({ y, height }: Pick<Rect, 'y' | 'height'>): ImageBuffer {
    const card = paint(dim(base, 0.6), { x: 0, y, width: WIDTH, height }, WHITE);
    const lines = [44, 88, 132].filter((at) => at < height - 20);
    return lines.reduce((image, at) => {
      const item = text(image, { x: 24, y: y + at - 24, seed: at, length: 30, ink: LIGHT.ink });
      return paint(item, { x: 8, y: y + at, width: WIDTH - 16, height: 1 }, LIGHT.line);
    }, card);
  }

  it.each([
    { y: HEIGHT - 166, height: 166 },
    { y: 0, height: 160 },
    { y: HEIGHT - 190, height: 156 },
  ])('takes no line between its items for its side, at $y, $height high', (truth) => {
    for (const code of [(image: ImageBuffer) => image, jpeg60]) {
      const { state, box: found } = veil(code(base), code(sheet(truth)));
      expect(state).toBe('open');
      expectBox(found, { x: 0, width: WIDTH, ...truth });
    }
  });
});
