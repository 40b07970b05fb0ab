import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';

/** Which pixels of a region are ink: one byte each, rows first. */
export interface Ink extends Pick<Rect, 'width' | 'height'> {
  readonly mask: Uint8Array;
}

/** Columns `from..to-1` with ink in them and none beside, and the rows `top..bottom-1` it lies in. Region pixels. */
export interface InkRun {
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly bottom: number;
  /** Ink pixels by all pixels of its box, 0..1: 1 for a bar. */
  readonly fill: number;
}

/** What stands out from `background` by more than `levels` in a channel. */
export function inkOf(
  image: ImageBuffer,
  region: Rect,
  { background, levels }: { readonly background: readonly number[]; readonly levels: number },
): Ink {
  const { width, height } = region;
  const { data } = image;
  const mask = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    let p = 4 * ((region.y + y) * image.width + region.x);
    for (let x = 0; x < width; x++, i++, p += 4) mask[i] = contrast(data, p, background) > levels ? 1 : 0;
  }
  return { width, height, mask };
}

/** The largest contrast that at least a few pixels of the region have, 0..255. */
export function inkContrast(image: ImageBuffer, region: Rect, background: readonly number[]): number {
  const counts = new Uint32Array(256);
  for (let y = region.y; y < region.y + region.height; y++) {
    const start = 4 * (y * image.width + region.x);
    for (let p = start; p < start + 4 * region.width; p += 4) counts[contrast(image.data, p, background)]++;
  }
  let pixels = 0;
  let level = 255;
  while (level > 0 && (pixels += counts[level]) < FEW) level--;
  return level;
}

const FEW = 6;

function contrast(data: Uint8Array, p: number, [red, green, blue]: readonly number[]): number {
  return Math.max(Math.abs(data[p] - red), Math.abs(data[p + 1] - green), Math.abs(data[p + 2] - blue));
}

/** The runs of ink, left to right. */
export function inkRuns({ width, height, mask }: Ink): readonly InkRun[] {
  const runs: InkRun[] = [];
  let open: { from: number; top: number; bottom: number; count: number } | null = null;
  for (let x = 0; x <= width; x++) {
    let count = 0;
    let top = height;
    let bottom = 0;
    for (let y = 0; x < width && y < height; y++) {
      if (mask[y * width + x] === 0) continue;
      count++;
      top = Math.min(top, y);
      bottom = y + 1;
    }
    if (count > 0) {
      open ??= { from: x, top, bottom, count: 0 };
      open.top = Math.min(open.top, top);
      open.bottom = Math.max(open.bottom, bottom);
      open.count += count;
    } else if (open !== null) {
      const { from, top: first, bottom: last, count: pixels } = open;
      runs.push({ from, to: x, top: first, bottom: last, fill: pixels / ((x - from) * (last - first)) });
      open = null;
    }
  }
  return runs;
}

/** The ink in the columns `from..to-1` as one run. */
export function columnsOf({ width, height, mask }: Ink, { from, to }: Pick<InkRun, 'from' | 'to'>): InkRun {
  let [count, top, bottom] = [0, height, 0];
  for (let y = 0; y < height; y++) {
    for (let x = from; x < to; x++) {
      if (mask[y * width + x] === 0) continue;
      count++;
      top = Math.min(top, y);
      bottom = y + 1;
    }
  }
  return { from, to, top, bottom, fill: count === 0 ? 0 : count / ((to - from) * (bottom - top)) };
}

/** Ink without that of the columns `from..to-1`. */
export function clearedOf({ width, height, mask }: Ink, { from, to }: Pick<InkRun, 'from' | 'to'>): Ink {
  return { width, height, mask: mask.map((ink, i) => (i % width >= from && i % width < to ? 0 : ink)) };
}
