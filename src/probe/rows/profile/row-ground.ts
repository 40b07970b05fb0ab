import type { Rect } from '../../../core/geometry.js';
import type { ImageBuffer } from '../../../image/image-buffer.js';
import { INK_DIFFERENCE, NO_INK } from './row-ink.js';
import type { RowProfile } from './row-profile.js';

/** So many pixels of a row say how far it lies from the row above. */
const SAMPLES = 96;
/** Steps of so few levels beyond the usual one are what a JPEG rings around letters: without one they are rarer than letters. */
const RINGING = 12;
/** Levels from row to row that are the gradient's own. */
const SLOPE = 2;
/** A gradient changes little over so many pixels; a stroke of a letter is narrower. */
const REACH = 6;

type Ground = Pick<RowProfile, 'red' | 'green' | 'blue' | 'ink' | 'left' | 'right'>;

/**
 * Writes the background and the ink of an area in which no colour has most of a row: a gradient from side to side. A row's
 * background is that of the row above and the median step between the two, so that it says where rows begin, not what colour
 * they have; ink is what differs from the pixels a few columns to its left. Tells whether a JPEG was there.
 * Cost: two passes and a sort of the samples per row.
 */
export function groundOf({ data, width }: ImageBuffer, area: Rect, ground: Ground): { isLossless: boolean } {
  const channels = [ground.red, ground.green, ground.blue];
  let near = 0;
  let far = 0;
  const every = Math.max(1, Math.floor(area.width / SAMPLES));
  const steps = new Int16Array(Math.ceil(area.width / every));
  for (let row = 0; row < area.height; row++) {
    const from = 4 * ((area.y + row) * width + area.x);
    for (const [channel, rows] of channels.entries()) {
      for (const i of steps.keys()) {
        const p = from + channel + 4 * every * i;
        steps[i] = data[p] - (row === 0 ? 0 : data[p - 4 * width]);
      }
      const usual = steps.sort()[steps.length >> 1];
      rows[row] = (row === 0 ? 0 : rows[row - 1]) + usual;
      for (const step of steps) {
        const off = Math.abs(step - usual);
        if (off > INK_DIFFERENCE) far++;
        else if (off > SLOPE && off <= RINGING) near++;
      }
    }
    inkOf(data, { from, row, area }, ground);
  }
  const isLossless = near <= far;
  if (isLossless) for (const rows of channels) level(rows.subarray(0, area.height));
  return { isLossless };
}

/** Takes the gradient's own steps out. */
function level(rows: Float32Array): void {
  let above = rows[0];
  for (let row = 1; row < rows.length; row++) {
    const step = rows[row] - above;
    above = rows[row];
    rows[row] = rows[row - 1] + (Math.abs(step) > SLOPE ? step : 0);
  }
}

function inkOf(
  data: Uint8Array,
  { from, row, area }: { readonly from: number; readonly row: number; readonly area: Rect },
  { ink, left, right }: Ground,
): void {
  ink[row] = 0;
  left[row] = NO_INK;
  right[row] = -1;
  for (let at = REACH; at < area.width; at++) {
    const p = from + 4 * at;
    const q = p - 4 * REACH;
    const off = Math.max(
      Math.abs(data[p] - data[q]),
      Math.abs(data[p + 1] - data[q + 1]),
      Math.abs(data[p + 2] - data[q + 2]),
    );
    if (off <= INK_DIFFERENCE) continue;
    ink[row]++;
    if (left[row] === NO_INK) left[row] = area.x + at;
    right[row] = area.x + at;
  }
}
