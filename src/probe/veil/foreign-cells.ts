import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Prediction } from './new-frame.js';

/** Side of a cell in pixels; every second pixel of every second row of it (16) is looked at. */
export const CELL = 8;

export interface ForeignCells {
  readonly columns: number;
  readonly rows: number;
  /** Per cell, rows first: how many of its samples do not look like the page below. */
  readonly counts: Uint8Array;
  readonly total: number;
}

/**
 * Marks what in `after` is not the page as predicted: pixels further than `tolerance` levels from it in some channel, and
 * cells whose mean is off by half of that.
 * Cost: a quarter of the pixels, about 1 ms at 1280x720.
 */
export function foreignCells(
  before: ImageBuffer,
  after: ImageBuffer,
  options: { readonly region: Rect; readonly prediction: Prediction; readonly tolerance: number },
): ForeignCells {
  const { region, prediction, tolerance } = options;
  const [red, green, blue] = prediction.levels;
  const columns = Math.ceil(region.width / CELL);
  const rows = Math.ceil(region.height / CELL);
  const counts = new Uint8Array(columns * rows);
  const a = before.words();
  const b = after.words();
  const shift = SHIFT * tolerance;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const bottom = Math.min(region.height, (row + 1) * CELL);
    for (let column = 0; column < columns; column++) {
      const right = Math.min(region.width, (column + 1) * CELL);
      let samples = 0;
      let far = 0;
      let redSum = 0;
      let greenSum = 0;
      let blueSum = 0;
      for (let y = row * CELL; y < bottom; y += 2) {
        const line = (region.y + y) * before.width + region.x;
        for (let x = column * CELL; x < right; x += 2) {
          samples++;
          const p = a[line + x];
          const q = b[line + x];
          if (prediction.identity && p === q) continue;
          const redMiss = (q & 0xff) - red[p & 0xff];
          const greenMiss = ((q >>> 8) & 0xff) - green[(p >>> 8) & 0xff];
          const blueMiss = ((q >>> 16) & 0xff) - blue[(p >>> 16) & 0xff];
          redSum += redMiss;
          greenSum += greenMiss;
          blueSum += blueMiss;
          if (greenMiss > tolerance || greenMiss < -tolerance) far++;
          else if (redMiss > tolerance || redMiss < -tolerance) far++;
          else if (blueMiss > tolerance || blueMiss < -tolerance) far++;
        }
      }
      const shifted = Math.max(Math.abs(redSum), Math.abs(greenSum), Math.abs(blueSum)) > shift * samples;
      const count = shifted ? samples : far;
      counts[row * columns + column] = count;
      total += count;
    }
  }
  return { columns, rows, counts, total };
}

/** Codecs keep the mean of a block: half of what a pixel has to miss by, as the mean of a cell, is content. */
const SHIFT = 0.5;
