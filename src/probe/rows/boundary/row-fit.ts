import type { RowProfile } from '../profile/row-profile.js';
import { type Run, lumaOf, runLuma } from '../profile/row-runs.js';

export const JPEG_BLOCK = 8;
/** Luma that changes by no more than so many times the noise says little of where a step of colour is. */
export const COLOUR_ONLY = 2;

/**
 * Where a step that JPEG blurred lies: the split within a block of `near` that two constants explain with the least
 * squared error, in luma, which is the sharpest; of a step that is one of colour only, in the colours.
 */
export function fitStep(profile: RowProfile, above: Run, below: Run, near: number): number {
  const from = Math.max(above.top, near - 2 * JPEG_BLOCK);
  const to = Math.min(below.bottom, near + 2 * JPEG_BLOCK);
  const first = Math.max(from + 2, near - JPEG_BLOCK);
  const last = Math.min(to - 2, near + JPEG_BLOCK);
  const { red, green, blue, noise } = profile;
  const isOfColour = Math.abs(runLuma(above) - runLuma(below)) <= COLOUR_ONLY * noise;
  const values = isOfColour
    ? [red, green, blue]
    : [Float32Array.from({ length: to }, (_, y) => (y < from ? 0 : lumaOf(profile, y)))];
  const errorOf = (top: number, bottom: number): number =>
    values.reduce((error, channel) => error + squaredError(channel.subarray(top, bottom)), 0);
  let best = near;
  let least = Infinity;
  for (let y = first; y <= last; y++) {
    const error = errorOf(from, y) + errorOf(y, to);
    if (error < least) {
      least = error;
      best = y;
    }
  }
  return best;
}

function squaredError(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return squares - (sum * sum) / values.length;
}
