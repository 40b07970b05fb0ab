import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import { scrolledPart } from '../../../src/probe/veil/scrolled-part.js';
import { LIGHT, type Rgb, map } from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

const { page: ground, ink, line, card } = LIGHT;
const TOP = 60;
const ROW = 30;
const MARKED: Rgb = [190, 215, 250];

/** Words of upright strokes, of which no two lines are alike. */
function words(image: ImageBuffer, { x, y, seed }: { x: number; y: number; seed: number }): ImageBuffer {
  let [drawn, random] = [image, 7919 * (seed + 1)];
  for (let i = 0; i < 14; i++) {
    random = (random * 48271) % 2147483647;
    if (random % 5 === 0) continue;
    drawn = paint(drawn, { x: x + 6 * i, y, width: 2 + (random % 3), height: 4 + (random % 7) }, ink);
  }
  return drawn;
}

/** A list below a header, `by` pixels further up, with one row marked. */
function list(by: number, marked = -1): ImageBuffer {
  let image = paint(solid(640, 480, card), { x: 0, y: 0, width: 640, height: 50 }, ground);
  for (let row = 0; row < 20; row++) {
    const y = TOP + ROW * row - by;
    if (y < TOP || y + ROW > 470) continue;
    if (row === marked) image = paint(image, { x: 20, y, width: 600, height: ROW - 1 }, MARKED);
    image = paint(image, { x: 20, y: y + ROW - 1, width: 600, height: 1 }, line);
    for (const [column, x] of [30, 170, 330, 500].entries())
      image = words(image, { x, y: y + 10, seed: 4 * row + column });
  }
  return words(image, { x: 20, y: 20, seed: 300 });
}

function menuOver(image: ImageBuffer, rect: Rect, fill: Rgb): ImageBuffer {
  let drawn = paint(image, rect, fill);
  for (let y = rect.y + 16; y < rect.y + rect.height - 16; y += 24)
    drawn = words(drawn, { x: rect.x + 14, y, seed: 500 + y });
  return drawn;
}

describe('veil of a menu', () => {
  const rect = { x: 250, y: 163, width: 140, height: 150 };

  it.each([37, 90])('over a list that scrolled by %d pixels is not closed', (by) => {
    expect(veil(list(0), menuOver(list(by), rect, ground)).state).not.toBe('closed');
    expect(veil(list(by), menuOver(list(0), rect, ground)).state).not.toBe('closed');
    expect(veil(list(0), list(by)).state).toBe('closed');
  });
  it('over a row that was selected is not closed', () => {
    expect(veil(list(0), menuOver(list(0, 5), rect, ground)).state).not.toBe('closed');
    expect(veil(list(0, 4), menuOver(list(0, 5), rect, ground)).state).not.toBe('closed');
    expect(veil(list(0, 4), list(0, 5)).state).toBe('closed');
  });
});

describe('veil of a dialog that dims another page than before', () => {
  const dimmed = (image: ImageBuffer): ImageBuffer => map(image, (value) => Math.round(0.74 * value));
  /** Wider columns, of other words, below the same header. */
  const other = [30, 143, 256, 369, 482].reduce(
    (image, x, column) =>
      Array.from({ length: 18 }, (_, row) => row).reduce(
        (drawn, row) =>
          words(drawn, { x: x + (row % 4), y: TOP + 5 + 23 * row, seed: 900 + 5 * row + column }),
        image,
      ),
    paint(list(0), { x: 0, y: 50, width: 640, height: 430 }, card),
  );

  it('is not closed, nor of a sheet that covers one side', () => {
    const [dialog, sheet] = [
      { x: 170, y: 140, width: 300, height: 160 },
      { x: 0, y: 300, width: 640, height: 180 },
    ];
    for (const rect of [dialog, sheet])
      expect(veil(list(0), menuOver(dimmed(other), rect, card)).state).not.toBe('closed');
  });
  it('is closed where the page is another and not darker', () => {
    expect(veil(list(0), other).state).toBe('closed');
  });
});

it('scrolledPart finds nothing in a region too low to scroll in', () => {
  const region = { x: 0, y: 70, width: 640, height: 2 };
  const stripes = Array.from({ length: 80 }, (_, i) => 8 * i).reduce(
    (image, x) => paint(image, { x, y: 60, width: 4, height: 20 }, ink),
    list(0),
  );
  expect(scrolledPart(list(0), stripes, { region, within: region })).toBeNull();
});

it('veil takes another theme of a picture of a wall for no popup', () => {
  const small = list(0);
  const large = (of: (value: number) => number): ImageBuffer => {
    const width = 6 * small.width;
    const data = new Uint8Array(4 * width * 6 * small.height);
    for (let y = 0; y < 6 * small.height; y++)
      for (let x = 0; x < width; x++)
        for (let channel = 0; channel < 4; channel++) {
          const value = small.data[4 * ((y % small.height) * small.width + (x % small.width)) + channel];
          data[4 * (y * width + x) + channel] = channel === 3 ? 255 : of(value);
        }
    return new ImageBuffer(width, 6 * small.height, data);
  };
  expect(
    veil(
      large((value) => value),
      large((value) => value - 20),
    ).state,
  ).toBe('closed');
});
