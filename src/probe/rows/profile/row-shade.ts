import type { Background } from './row-background.js';

/** A shaded background: levels per row, over so many rows up and down, on this share of the rows; of one slope, give or take so many levels. */
const SHADE = { slope: 0.1, reach: 12, share: 0.75, levels: 4 };
/** A JPEG makes stairs of a slope, a step each block: from half a block above to half a block below they are slopes again. */
const BLOCK = 8;

/**
 * Takes the slope out of a background that is shaded from top to bottom, row by row or as a whole, so that what is left are the
 * steps from one row to the next. Leaves any other background alone. Cost: a sort of some rows for every block, of all when it is shaded.
 */
export function unshade({ red, green, blue }: Background, height: number): void {
  if (!isShaded(green.subarray(0, height))) return;
  for (const channel of [red, green, blue]) {
    const rises = risesOf(channel.subarray(0, height));
    let shade = 0;
    for (let y = 1; y < height; y++) {
      shade += slopeAt(rises, y);
      channel[y] -= shade;
    }
  }
}

/** Whether most rows slope one way. */
function isShaded(channel: Float32Array): boolean {
  const rises = risesOf(channel);
  let [up, down, all] = [0, 0, 0];
  for (let y = 0; y < channel.length; y += BLOCK) {
    const slope = slopeAt(rises, y);
    if (slope >= SHADE.slope) up++;
    else if (slope <= -SHADE.slope) down++;
    all++;
  }
  return Math.max(up, down) >= SHADE.share * all;
}

/** Levels from half a block above each row to half a block below it. */
function risesOf(channel: Float32Array): Float32Array {
  return channel.map((_, y) => channel[y + BLOCK / 2] - channel[y - BLOCK / 2]);
}

/** Levels per row around one: of the rises as most are, without those over a step from one background to another. */
function slopeAt(rises: Float32Array, y: number): number {
  const from = Math.max(BLOCK / 2, y - SHADE.reach);
  const around = rises.slice(from, Math.min(rises.length - BLOCK / 2, y + SHADE.reach + 1)).sort();
  const usual = around[around.length >> 1];
  let [sum, count] = [0, 0];
  for (const rise of around) {
    if (Math.abs(rise - usual) > SHADE.levels) continue;
    sum += rise;
    count++;
  }
  return sum / (count * BLOCK);
}
