import type { Background } from './row-background.js';

/** A shaded background: levels per row, over so many rows up and down, on this share of the rows; no more levels in one step. */
const SHADE = { slope: 0.1, reach: 6, share: 0.75, step: 4 };

/**
 * Takes the slope out of a background that is shaded from top to bottom, row by row or as a whole, so that what is left are the
 * steps from one row to the next. Leaves any other background alone.
 */
export function unshade({ red, green, blue }: Background, height: number): void {
  const slopes = slopesOf(green, height);
  let up = 0;
  let down = 0;
  for (const slope of slopes) {
    if (slope >= SHADE.slope) up++;
    else if (slope <= -SHADE.slope) down++;
  }
  if (Math.max(up, down) < SHADE.share * height) return;
  for (const channel of [red, green, blue]) {
    const own = slopesOf(channel, height);
    let shade = 0;
    for (let y = 1; y < height; y++) {
      shade += own[y];
      channel[y] -= shade;
    }
  }
}

/** Mean of the small steps around each row, levels per row. */
function slopesOf(channel: Float32Array, height: number): Float32Array {
  const slopes = new Float32Array(height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    let count = 0;
    for (let at = Math.max(1, y - SHADE.reach); at < Math.min(height, y + SHADE.reach + 1); at++) {
      const step = channel[at] - channel[at - 1];
      if (step > SHADE.step || step < -SHADE.step) continue;
      sum += step;
      count++;
    }
    slopes[y] = count === 0 ? 0 : sum / count;
  }
  return slopes;
}
