import type { ImageBuffer } from '../../image/image-buffer.js';
import { chunkStep } from './edge-profile.js';

/** A straight edge somewhere in a picture, across one axis. */
export interface Line {
  /** Position on the axis, boundaries between pixels at whole numbers; fractional where the edge is blurred over two. */
  readonly at: number;
  /** How many pixels of it show, pieces of 40 pixels and more. */
  readonly length: number;
}

const CHUNK = 8;
/** Five pieces: letters, icons and most buttons are shorter. */
const MIN_RUN = 5;
/** Levels; block borders of JPEG quality 60 on a flat ground differ by up to 2. */
const MIN_STEP = 2.5;
/**
 * Lossy codecs repeat a strong edge weakly within two of their blocks: what is so near and so much weaker is such an echo. In
 * JPEG of quality 60 to 90 the echoes of black on white had up to a tenth of its step. An echo is where the strong edge is: a line that
 * goes on beside it, as the end of a list behind a button, is one of its own.
 */
const ECHO_PX = 16;
const ECHO_SHARE = 0.15;
const ECHO_ALONG = 0.8;

/**
 * The long straight edges of a picture across `axis`, in order: every boundary where pieces of 8 pixels in a row, 40 pixels or
 * more, differ from what is before it, and more of it than at the boundaries beside. Echoes of stronger lines are left out. Cost: 1280x720 about 25 ms an axis.
 */
export function findLines(image: ImageBuffer, axis: 'x' | 'y'): readonly Line[] {
  const [length, other] = axis === 'x' ? [image.width, image.height] : [image.height, image.width];
  const chunks = Math.floor(other / CHUNK);
  const steps = new Float64Array(chunks);
  const strength = new Float64Array(length + 1);
  const shown: number[][] = [];
  for (let boundary = 1; boundary < length; boundary++) {
    for (let i = 0; i < chunks; i++) steps[i] = chunkStep(image, { axis, boundary, start: i * CHUNK });
    [strength[boundary], shown[boundary]] = runs(steps);
  }
  const lines: (Line & { step: number; pieces: readonly number[] })[] = [];
  for (let p = 1; p < length; p++) {
    if (strength[p] === 0 || strength[p] < strength[p - 1] || strength[p] <= strength[p + 1]) continue;
    const [before, after] = [strength[p - 1], strength[p + 1]];
    const at = p + (after - before) / (before + strength[p] + after);
    const pieces = shown[p];
    lines.push({ at, length: pieces.length * CHUNK, step: strength[p] / pieces.length, pieces });
  }
  const isEcho = ({ at, step, pieces }: (typeof lines)[number]): boolean =>
    lines.some((other) => {
      if (Math.abs(other.at - at) > ECHO_PX || step >= ECHO_SHARE * other.step) return false;
      const along = pieces.filter((piece) => other.pieces.includes(piece)).length;
      return along >= ECHO_ALONG * pieces.length;
    });
  return lines
    .filter((line) => !isEcho(line))
    .map(({ at, length: shownLength }) => ({ at, length: shownLength }));
}

/** Summed steps of the pieces that stand in long enough rows, and which these are. */
function runs(steps: Float64Array): [strength: number, pieces: number[]] {
  const pieces: number[] = [];
  let [strength, sum, run] = [0, 0, 0];
  for (let i = 0; i <= steps.length; i++) {
    if (i < steps.length && steps[i] >= MIN_STEP) {
      sum += steps[i];
      run++;
      continue;
    }
    if (run >= MIN_RUN) {
      strength += sum;
      for (let piece = i - run; piece < i; piece++) pieces.push(piece);
    }
    [sum, run] = [0, 0];
  }
  return [strength, pieces];
}
