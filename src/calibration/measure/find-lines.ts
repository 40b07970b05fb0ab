import type { ImageBuffer } from '../../image/image-buffer.js';
import { CHUNK } from './edge-profile.js';
import { type Boundary, type StepGrid, peaks, stepGrid } from './step-grid.js';

/** A straight edge somewhere in a picture, across one axis. */
export interface Line {
  /** Position on the axis, boundaries between pixels at whole numbers; fractional where the edge is blurred over two. */
  readonly at: number;
  /** How many pixels of it show, pieces of 40 pixels and more. */
  readonly length: number;
  /** The boundaries between pixels that may be its own, in order. */
  readonly sharp: readonly Boundary[];
}

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
  return linesOf(stepGrid(image, axis));
}

/** The same of a picture whose steps are known. */
export function linesOf({ length, pieces: count, steps }: StepGrid): readonly Line[] {
  const strength = new Float64Array(length + 1);
  const shown: number[][] = [];
  for (let boundary = 1; boundary < length; boundary++) {
    const along = steps.subarray(boundary * count, (boundary + 1) * count);
    [strength[boundary], shown[boundary]] = runs(along);
  }
  const lines = peaks(strength).map(({ boundary, at, sharp }) => {
    const pieces = shown[boundary];
    return { at, sharp, length: pieces.length * CHUNK, step: strength[boundary] / pieces.length, pieces };
  });
  const isEcho = ({ at, step, pieces }: (typeof lines)[number]): boolean =>
    lines.some((other) => {
      if (Math.abs(other.at - at) > ECHO_PX || step >= ECHO_SHARE * other.step) return false;
      const along = pieces.filter((piece) => other.pieces.includes(piece)).length;
      return along >= ECHO_ALONG * pieces.length;
    });
  return lines
    .filter((line) => !isEcho(line))
    .map(({ at, sharp, length: shownLength }) => ({ at, sharp, length: shownLength }));
}

/** A side shows along at least this share of its pieces: other things lie on it, and stripes of a list have its ground's colour. */
const MIN_ALONG = 0.45;
/** Fewer pieces may all lie on one letter's stem: such a side is looked at pixel by pixel, of which so many have to differ alike. */
const MIN_PIECES = 6;
const MIN_PIXELS = 0.65;
/** Levels of luma from one pixel to the next: lossy codecs seldom change a flat ground by more, and never in one direction all along. */
const MIN_PIXEL_STEP = 4;
/** Pixels: shorter sides say nothing. */
export const SHORTEST_PX = 16;

/**
 * The lines across `axis`, in order, that go from pixel `from` to `to` on the other; shorter ones than {@link findLines} has, because
 * where it begins and ends is known. Null where that is less than 16 pixels.
 */
export function linesBetween(
  image: ImageBuffer,
  { axis, grid, from, to }: Readonly<{ axis: 'x' | 'y'; grid: StepGrid; from: number; to: number }>,
): readonly Pick<Line, 'at' | 'sharp'>[] | null {
  if (to - from < SHORTEST_PX) return null;
  const first = Math.ceil(from / CHUNK);
  const end = Math.floor(to / CHUNK);
  const strengthOf =
    end - first < MIN_PIECES
      ? (boundary: number) => pixelStrength(image, { axis, boundary, from, to })
      : (boundary: number) => pieceStrength(grid, { boundary, first, end });
  const strength = new Float64Array(grid.length + 1);
  for (let boundary = 1; boundary < grid.length; boundary++) strength[boundary] = strengthOf(boundary);
  return peaks(strength);
}

/** Summed steps of the pieces that show a line, 0 where these are too few. */
function pieceStrength(
  { pieces, steps }: StepGrid,
  { boundary, first, end }: Readonly<{ boundary: number; first: number; end: number }>,
): number {
  let [sum, shown] = [0, 0];
  for (let at = boundary * pieces + first; at < boundary * pieces + end; at++) {
    if (steps[at] < MIN_STEP) continue;
    sum += steps[at];
    shown++;
  }
  return shown >= MIN_ALONG * (end - first) ? sum : 0;
}

/** The same of a short side, by the pixels that get lighter, or those that get darker. */
function pixelStrength(
  image: ImageBuffer,
  { axis, boundary, from, to }: Readonly<{ axis: 'x' | 'y'; boundary: number; from: number; to: number }>,
): number {
  const luma = image.luma();
  const [start, along, across] =
    axis === 'x'
      ? [from * image.width + boundary, image.width, 1]
      : [boundary * image.width + from, 1, image.width];
  const count = [0, 0];
  const sum = [0, 0];
  for (let i = 0; i < to - from; i++) {
    const at = start + i * along;
    const step = luma[at] - luma[at - across];
    if (Math.abs(step) < MIN_PIXEL_STEP) continue;
    count[step > 0 ? 1 : 0]++;
    sum[step > 0 ? 1 : 0] += Math.abs(step);
  }
  const way = count[1] > count[0] ? 1 : 0;
  return count[way] >= MIN_PIXELS * (to - from) ? sum[way] / CHUNK : 0;
}

/** Summed steps of the pieces that stand in long enough rows, and which these are. */
function runs(steps: Float32Array): [strength: number, pieces: number[]] {
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
