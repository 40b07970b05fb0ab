import type { Background } from './row-background.js';

/** Grey levels of a small step, and how many of them mean JPEG noise or a gradient. */
const JITTER = { least: 0.6, most: 4, steps: 4, share: 0.25 };
/** A shaded background: levels per row, over so many rows up and down, on this share of the rows. */
const SHADE = { slope: 0.1, reach: 6, share: 0.6 };

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
      if (step > JITTER.most || step < -JITTER.most) continue;
      sum += step;
      count++;
    }
    slopes[y] = count === 0 ? 0 : sum / count;
  }
  return slopes;
}

/**
 * True when many steps of the background are small and next to each other. Drawn boundaries are strong, or alone: a
 * stripe is one step, a line two.
 */
export function jitters({ red, green, blue }: Background, height: number): boolean {
  let steps = 0;
  let small = 0;
  let last = -9;
  for (let y = 1; y < height; y++) {
    const step = Math.max(
      Math.abs(red[y] - red[y - 1]),
      Math.abs(green[y] - green[y - 1]),
      Math.abs(blue[y] - blue[y - 1]),
    );
    if (step < JITTER.least) continue;
    steps++;
    if (step < JITTER.most && y - last <= 2) small++;
    last = y;
  }
  return small >= JITTER.steps && small >= JITTER.share * steps;
}
