import type { Spans, Strip } from './correlate.js';
import type { Look } from './look.js';

/** Of what neighbouring pixels differ by, in its own contrast, a blur of two pixels leaves a tenth, and what dims a page nearly all. */
const SHARE = 0.35;

/** Whether a place has lost its sharp edges since an earlier look, as behind a popup that blurs the page. */
export function isBlurred(
  look: Look,
  { sharp, spans, strip }: Readonly<{ sharp: Look; spans: Spans; strip: Strip }>,
): boolean {
  return sharpness(look, spans, strip) < SHARE * sharpness(sharp, spans, strip);
}

/** Mean squared difference of horizontal neighbours over the variance: 2 for noise, 0 for what changes slowly or not at all. */
function sharpness(look: Look, spans: Spans, { y, height }: Strip): number {
  const luma = look.image.luma();
  let [n, sum, squares, steps] = [0, 0, 0, 0];
  for (const [x0, x1] of spans) {
    for (let line = y - look.rect.y; line < y - look.rect.y + height; line++) {
      const from = line * look.image.width - look.rect.x;
      for (let at = from + x0; at < from + x1 - 1; at++) {
        const value = luma[at];
        n++;
        sum += value;
        squares += value * value;
        steps += (luma[at + 1] - value) ** 2;
      }
    }
  }
  const variance = n === 0 ? 0 : squares / n - (sum / n) ** 2;
  return variance <= 0 ? 0 : steps / n / variance;
}
