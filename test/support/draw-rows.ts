import jpeg from 'jpeg-js';
import { expect } from 'vitest';
import { ImageBuffer } from '../../src/image/image-buffer.js';
import { type RowBandsOptions, rowBands } from '../../src/probe/row-bands.js';

/** A line of letters, ten pixels high from `y` on. */
export interface TextLine {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly grey: number;
}

/** Where a row is. Pixels. */
export interface Row {
  readonly y: number;
  readonly height: number;
}

/** Rows below each other, `gap` pixels apart. */
export function stack(heights: readonly number[], { first = 0, gap = 0 } = {}): Row[] {
  let y = first;
  return heights.map((height) => {
    const row = { y, height };
    y += height + gap;
    return row;
  });
}

export function grey(level: number): readonly [number, number, number] {
  return [level, level, level];
}

/** A copy with letters close to each other: stems with a bar, seeded by their place. */
export function write(image: ImageBuffer, { x, y, width, grey: level }: TextLine): ImageBuffer {
  const data = Uint8Array.from(image.data);
  const dot = (px: number, py: number): void => {
    if (px < x + width && py < image.height) data.set(grey(level), 4 * (py * image.width + px));
  };
  let seed = x + y;
  for (let px = x; px < x + width; px += 4 + (seed % 3)) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const shape = seed >> 8;
    for (let py = y + (shape % 2 === 0 ? 0 : 3); py < y + 10; py++) dot(px, py);
    for (let along = 1; along < 3; along++) dot(px + along, y + 3 + (shape % 7));
  }
  return new ImageBuffer(image.width, image.height, data);
}

export function jpeg60({ width, height, data }: ImageBuffer): ImageBuffer {
  const { data: bytes } = jpeg.encode({ width, height, data }, 60);
  return new ImageBuffer(width, height, jpeg.decode(bytes, { useTArray: true }).data);
}

/** Every whole row found, none invented, edges within 2 pixels. */
export function expectRows(
  image: ImageBuffer,
  rows: readonly { y: number; height: number }[],
  options: RowBandsOptions = {},
): void {
  const found = rowBands(image, options).rows.filter(({ partial }) => !partial);
  expect(found).toHaveLength(rows.length);
  for (const [i, { y, height }] of rows.entries()) {
    expect(Math.abs(found[i].y - y)).toBeLessThanOrEqual(2);
    expect(Math.abs(found[i].y + found[i].height - y - height)).toBeLessThanOrEqual(2);
  }
}
