import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/**
 * How a tile differs between two frames, in levels. Red and blue count a third: codecs keep chroma coarser than luma, of
 * which green carries most.
 */
export interface TileMotion {
  /** The largest shift of a channel's mean. */
  readonly level: number;
  /** The largest standard deviation of a channel's differences: what the shift of the mean does not explain. */
  readonly structure: number;
  /** Standard deviation of green in the later frame. */
  readonly contrast: number;
}

const EQUAL: TileMotion = { level: 0, structure: 0, contrast: 0 };

/** Level and structure of the change in `rect`; equal pixels are zeros all three. One pass over the words, one over what differs. */
export function tileMotion(before: ImageBuffer, after: ImageBuffer, rect: Rect): TileMotion {
  if (!differs(before, after, rect)) return EQUAL;
  const a = before.signedWords();
  const b = after.signedWords();
  let red = 0;
  let green = 0;
  let blue = 0;
  let reds = 0;
  let greens = 0;
  let blues = 0;
  let value = 0;
  let values = 0;
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const start = y * before.width + rect.x;
    for (let i = start; i < start + rect.width; i++) {
      const p = a[i];
      const q = b[i];
      const redBy = (q & 0xff) - (p & 0xff);
      const greenBy = ((q >>> 8) & 0xff) - ((p >>> 8) & 0xff);
      const blueBy = ((q >>> 16) & 0xff) - ((p >>> 16) & 0xff);
      red += redBy;
      green += greenBy;
      blue += blueBy;
      reds += redBy * redBy;
      greens += greenBy * greenBy;
      blues += blueBy * blueBy;
      value += (q >>> 8) & 0xff;
      values += ((q >>> 8) & 0xff) ** 2;
    }
  }
  const pixels = rect.width * rect.height;
  return {
    level: Math.max(Math.abs(green), Math.abs(red) / 3, Math.abs(blue) / 3) / pixels,
    structure: Math.max(
      deviation(green, greens, pixels),
      deviation(red, reds, pixels) / 3,
      deviation(blue, blues, pixels) / 3,
    ),
    contrast: deviation(value, values, pixels),
  };
}

function deviation(sum: number, squares: number, count: number): number {
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

function differs(before: ImageBuffer, after: ImageBuffer, rect: Rect): boolean {
  const a = before.signedWords();
  const b = after.signedWords();
  for (let y = rect.y; y < rect.y + rect.height; y++) {
    const start = y * before.width + rect.x;
    for (let i = start; i < start + rect.width; i++) if (a[i] !== b[i]) return true;
  }
  return false;
}
