import { expect } from 'vitest';
import type { Rect } from '../../src/core/geometry.js';
import { ImageBuffer } from '../../src/image/image-buffer.js';
import { paint, solid } from './draw.js';

export type Rgb = [number, number, number];
export interface Theme {
  page: Rgb;
  card: Rgb;
  ink: Rgb;
  line: Rgb;
  accent: Rgb;
}
export const LIGHT: Theme = {
  page: [244, 245, 247],
  card: [255, 255, 255],
  ink: [30, 30, 30],
  line: [205, 208, 213],
  accent: [26, 115, 232],
};
export const DARK: Theme = {
  page: [30, 30, 30],
  card: [38, 38, 40],
  ink: [212, 212, 212],
  line: [66, 66, 66],
  accent: [14, 99, 156],
};
export const WIDTH = 480;
export const HEIGHT = 360;

/** Words of upright strokes; `seed` makes lines differ. */
export function text(
  image: ImageBuffer,
  { x, y, seed, length, ink }: { x: number; y: number; seed: number; length: number; ink: Rgb },
) {
  let drawn = image;
  for (let i = 0; i < length; i++) {
    const tall = (seed * 7 + i * 5) % 4;
    if (tall === 0) continue;
    drawn = paint(drawn, { x: x + 5 * i, y: y + 4 - tall, width: 2, height: 4 + tall }, ink);
  }
  return drawn;
}

/** A header with three tabs, and a bordered list of rows of text. */
export function page(
  theme: Theme,
  { tab = 0, first = 0, selected = -1, rows = 9, length = 70 } = {},
): ImageBuffer {
  let image = solid(WIDTH, HEIGHT, theme.page);
  for (let i = 0; i < 3; i++) {
    image = text(image, { x: 30 + 120 * i, y: 14, seed: i + 90, length: 14, ink: theme.ink });
    if (i === tab) image = paint(image, { x: 24 + 120 * i, y: 28, width: 84, height: 3 }, theme.accent);
  }
  image = paint(image, { x: 20, y: 40, width: 440, height: 300 }, theme.line);
  image = paint(image, { x: 21, y: 41, width: 438, height: 298 }, theme.card);
  for (let row = 0; row < rows; row++) {
    const y = 44 + 32 * row;
    if (row === selected) image = paint(image, { x: 21, y, width: 438, height: 31 }, theme.accent);
    image = text(image, { x: 34, y: y + 12, seed: tab * 50 + first + row, length, ink: theme.ink });
    image = paint(image, { x: 21, y: y + 31, width: 438, height: 1 }, theme.line);
  }
  return image;
}

export function box(image: ImageBuffer, rect: Rect, theme: Theme): ImageBuffer {
  let drawn = paint(image, rect, theme.line);
  drawn = paint(
    drawn,
    { x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2 },
    theme.card,
  );
  for (let y = rect.y + 14; y < rect.y + rect.height - 12; y += 24) {
    drawn = text(drawn, { x: rect.x + 14, y, seed: y, length: Math.floor(rect.width / 12), ink: theme.ink });
  }
  return drawn;
}

export function map(image: ImageBuffer, level: (value: number, x: number, y: number) => number): ImageBuffer {
  const data = Uint8Array.from(image.data, (value, i) => {
    const pixel = Math.floor(i / 4);
    return i % 4 === 3
      ? value
      : Math.round(level(value, pixel % image.width, Math.floor(pixel / image.width)));
  });
  return new ImageBuffer(image.width, image.height, data);
}

export const dim = (image: ImageBuffer, gain: number, offset = 0) =>
  map(image, (value) => gain * value + offset);

/** Darkens outside of `rect` by up to `most`, fading over `reach` pixels. */
export function shadow(image: ImageBuffer, rect: Rect, { reach = 16, most = 0.3 } = {}): ImageBuffer {
  return map(image, (value, x, y) => {
    const dx = Math.max(rect.x - x, x - rect.x - rect.width + 1, 0);
    const dy = Math.max(rect.y - y, y - rect.y - rect.height + 1, 0);
    return value * (1 - most * Math.max(0, 1 - Math.hypot(dx, dy) / reach));
  });
}

export function expectBox(found: Rect | null, truth: Rect): void {
  expect(found).not.toBeNull();
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs(found![side] - truth[side])).toBeLessThanOrEqual(3);
  }
}
