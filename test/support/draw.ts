import type { Rect } from '../../src/core/geometry.js';
import { ImageBuffer } from '../../src/image/image-buffer.js';

type Color = readonly [number, number, number] | readonly [number, number, number, number];

/**
 * A picture drawn as text: one letter per pixel, each letter a colour of the palette (opaque unless it has an alpha).
 * `scale` draws every letter as a square of that many pixels. Throws when rows differ in length or a letter is unknown.
 *
 * @example
 * drawImage(['..r', '.rr'], { '.': [255, 255, 255], r: [200, 0, 0] }, 4); // 12x8 pixels
 */
export function drawImage(
  rows: readonly string[],
  palette: Readonly<Record<string, Color>>,
  scale = 1,
): ImageBuffer {
  const columns = rows[0].length;
  const width = columns * scale;
  const data = new Uint8Array(4 * width * rows.length * scale);
  for (const [row, text] of rows.entries()) {
    if (text.length !== columns) throw new Error(`row ${row} has ${text.length} letters, not ${columns}`);
    for (let column = 0; column < columns; column++) {
      const letter = text[column];
      if (!Object.hasOwn(palette, letter)) throw new Error(`no colour for '${letter}' in row ${row}`);
      fill(data, width, { x: column * scale, y: row * scale, width: scale, height: scale }, palette[letter]);
    }
  }
  return new ImageBuffer(width, rows.length * scale, data);
}

export function solid(width: number, height: number, color: Color): ImageBuffer {
  const data = new Uint8Array(4 * width * height);
  fill(data, width, { x: 0, y: 0, width, height }, color);
  return new ImageBuffer(width, height, data);
}

/** A copy with `rect` filled; what lies outside of the picture is cut off. */
export function paint(image: ImageBuffer, rect: Rect, color: Color): ImageBuffer {
  const data = Uint8Array.from(image.data);
  const x = Math.max(0, rect.x);
  const y = Math.max(0, rect.y);
  const width = Math.min(image.width, rect.x + rect.width) - x;
  const height = Math.min(image.height, rect.y + rect.height) - y;
  fill(data, image.width, { x, y, width, height }, color);
  return new ImageBuffer(image.width, image.height, data);
}

function fill(data: Uint8Array, stride: number, rect: Rect, [r, g, b, a = 255]: Color): void {
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    for (let x = rect.x; x < rect.x + rect.width; x++) data.set([r, g, b, a], 4 * (y * stride + x));
  }
}

/** Each channel up to three levels off, as a capture card leaves it; another way with each seed. */
export function noisy(image: ImageBuffer, seed: number): ImageBuffer {
  let state = seed;
  const next = (): number => (state = Math.imul(state, 1103515245) + 12345) >>> 16;
  const data = image.data.map((value, i) =>
    i % 4 === 3 ? value : Math.min(255, Math.max(0, value + (next() % 7) - 3)),
  );
  return new ImageBuffer(image.width, image.height, data);
}
