import type { ImageBuffer } from '../image/index.js';
import { hammingDistance, signature } from '../probe/index.js';

/** Bits of the difference hash that carets, clocks and spinners may turn in a page that has settled. */
const SETTLED_BITS = 2;

/**
 * Whether a page has settled, asked with each picture of it and the time it was taken: it shows the same for `stillMs`, which is not one
 * flat colour. With 0 the first such picture will do.
 */
export function createSettling({
  stillMs,
}: Readonly<{ stillMs: number }>): (image: ImageBuffer, nowMs: number) => { ready: boolean; why: string } {
  let still: Readonly<{ dhash: string; sinceMs: number }> | undefined;
  return (image, nowMs) => {
    const { dhash } = signature(image);
    const isFlat = /^0*$/.test(dhash);
    if (isFlat || still === undefined || hammingDistance(dhash, still.dhash) > SETTLED_BITS)
      still = { dhash, sinceMs: nowMs };
    if (isFlat) return { ready: false, why: 'the picture is flat' };
    if (nowMs - still.sinceMs >= stillMs) return { ready: true, why: 'settled' };
    return {
      ready: false,
      why: 'the picture still changes; `--still 0` takes it as it is, and ambient masks tell what moves',
    };
  };
}
