import type { Spans, Strip } from './correlate.js';
import type { Look } from '../look.js';

/** Of what neighbouring pixels differ by, in its own contrast, a blur of two pixels leaves a tenth, and what dims a page nearly all. */
const SHARE = 0.35;
/** Places are looked at by themselves, pixels across and down: a page may be dimmed in part. */
const BLOCK = 24;
/** Levels of deviation without which a block shows nothing, sharp or not. */
const LEAST_SHARP = 5;
const LEAST_BLURRED = 0.5;

/** Whether most of what a place shows has lost its sharp edges since an earlier look, as behind a popup that blurs the page. */
export function isBlurred(
  look: Look,
  { sharp, spans, strip: { y, height } }: Readonly<{ sharp: Look; spans: Spans; strip: Strip }>,
): boolean {
  let [blurred, compared] = [0, 0];
  for (const [x0, x1] of spans) {
    for (let top = y; top + BLOCK <= y + height; top += BLOCK) {
      for (let left = x0; left + BLOCK <= x1; left += BLOCK) {
        const was = edgesOf(sharp, left, top);
        const is = edgesOf(look, left, top);
        if (was.deviation < LEAST_SHARP || is.deviation < LEAST_BLURRED) continue;
        compared++;
        if (is.sharpness < SHARE * was.sharpness) blurred++;
      }
    }
  }
  return compared > 0 && blurred > compared / 2;
}

/** Of a block, standard deviation of luma, and the mean squared difference of horizontal neighbours over the variance. */
function edgesOf(
  look: Look,
  x: number,
  y: number,
): { readonly deviation: number; readonly sharpness: number } {
  const luma = look.image.luma();
  let [sum, squares, steps] = [0, 0, 0];
  for (let line = y - look.rect.y; line < y - look.rect.y + BLOCK; line++) {
    const from = line * look.image.width + x - look.rect.x;
    for (let at = from; at < from + BLOCK; at++) {
      const value = luma[at];
      sum += value;
      squares += value * value;
      if (at + 1 < from + BLOCK) steps += (luma[at + 1] - value) ** 2;
    }
  }
  const n = BLOCK * BLOCK;
  const variance = Math.max(0, squares / n - (sum / n) ** 2);
  return { deviation: Math.sqrt(variance), sharpness: variance === 0 ? 0 : steps / n / variance };
}
