import type { ImageBuffer } from '../../image/image-buffer.js';
import { rowsDiffer } from '../rows-differ.js';

/**
 * True when the differences of two pictures of one size look like the noise of a lossy codec: small, of both signs, and
 * side by side. Looked for in runs of 16 pixels on every fourth row; a run is noise when its luma differs
 * both ways by at most 16 levels, content when by more than 32. The pair is noisy with at least 24 runs of noise, and three
 * for every ten of content. A lossless interface changes text and fills by far more, and fades go one way.
 * Cost: a quarter of a full comparison; rows that are equal next to nothing.
 */
export function hasCodecNoise(before: ImageBuffer, after: ImageBuffer): boolean {
  const whole = { x: 0, width: before.width };
  const differs = rowsDiffer(before, after, whole);
  const beforeDiffers = rowsDiffer(before, before, whole);
  const afterDiffers = rowsDiffer(after, after, whole);
  const row: RowRuns = { noise: 0, content: 0 };
  let noise = 0;
  let content = 0;
  for (let y = 0; y < before.height; y += 4) {
    if (!differs(y)) continue;
    // Rows that repeat in both pictures have the same runs.
    if (y === 0 || beforeDiffers(y, y - 4) || afterDiffers(y, y - 4)) countRuns(row, { before, after, y });
    noise += row.noise;
    content += row.content;
  }
  return noise >= MIN_NOISE_RUNS && noise > NOISE_PER_CONTENT * content;
}

/**
 * Measured on the 47 differing pairs of two applications (GTK 3 over VNC, a canvas grid): lossless, noise runs
 * stay below 24 or 0.06 a content run; with one picture re-encoded as JPEG at quality 60 to 90 there are 0.7 and more,
 * but where a nearly empty page changed as a whole.
 */
const MIN_NOISE_RUNS = 24;
const NOISE_PER_CONTENT = 0.3;

interface RowRuns {
  noise: number;
  content: number;
}

function countRuns(
  runs: RowRuns,
  { before, after, y }: { before: ImageBuffer; after: ImageBuffer; y: number },
): void {
  const a = before.signedWords();
  const b = after.signedWords();
  const end = (y + 1) * before.width;
  runs.noise = 0;
  runs.content = 0;
  for (let from = y * before.width; from < end; from += 16) {
    let lowest = 0;
    let highest = 0;
    const to = Math.min(from + 16, end);
    for (let i = from; i < to; i++) {
      const p = a[i];
      const q = b[i];
      if (p === q) continue;
      const delta = lumaOf(q) - lumaOf(p);
      if (delta < lowest) lowest = delta;
      if (delta > highest) highest = delta;
    }
    if (lowest < -32 || highest > 32) runs.content++;
    else if (lowest < 0 && highest > 0 && lowest >= -16 && highest <= 16) runs.noise++;
  }
}

function lumaOf(word: number): number {
  return (77 * (word & 0xff) + 150 * ((word >>> 8) & 0xff) + 29 * ((word >>> 16) & 0xff) + 128) >> 8;
}
