import type { ImageBuffer } from '../image/image-buffer.js';
import { INK_DIFFERENCE } from './row-ink.js';

/** A colour per pixel row. */
export interface Background {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
}

/** Row `row` of a profile, which is pixel row `y` of its picture in these columns. */
interface BackgroundRow {
  readonly y: number;
  readonly row: number;
  readonly columns: { readonly x: number; readonly width: number };
}

/** Half width, in grey levels, of what counts as one background. */
const SAME_BACKGROUND = 2;
/** A colour that fewer of a row's samples have is no background; the row then has that of the row above. */
const LEAST_SHARE = 0.25;
/**
 * Beside letters a JPEG overshoots a pale background, and all of it that clips piles up at white, as below black on a dark one.
 * A colour this near to the end of the scale, and within `reach` of the background above, needs most of the samples.
 */
const CLIPPED = { levels: 4, reach: INK_DIFFERENCE, share: 0.5 };
/** This share of a gradient's samples differs from its neighbours by no more than so many levels. */
const SMOOTH = { levels: 4, share: 0.7 };
/** Other colours of the same brightness are further away than this. */
const SAME_COLOUR = 10;
const histogram = new Uint16Array(256 + 2);

/**
 * Writes the background colour of one row and tells how far its samples lie from it on average, in grey levels: null on a
 * gradient, where no colour is frequent.
 */
export function backgroundOf(
  { data, width: stride }: ImageBuffer,
  { y, row, columns }: BackgroundRow,
  background: Background,
): number | null {
  const { red, green, blue } = background;
  // About 256 samples say what the most frequent colour is.
  const jump = 4 * Math.max(1, columns.width >> 8);
  const from = 4 * (y * stride + columns.x);
  const to = from + 4 * columns.width;
  histogram.fill(0);
  for (let p = from; p < to; p += jump)
    histogram[1 + ((77 * data[p] + 150 * data[p + 1] + 29 * data[p + 2] + 128) >> 8)]++;
  let mode = 0;
  let most = -1;
  for (let bin = 1; bin <= 256; bin++) {
    const count = histogram[bin - 1] + 2 * histogram[bin] + histogram[bin + 1];
    if (count > most) {
      most = count;
      mode = bin - 1;
    }
  }
  const samples = { from, to, jump, mode };
  const rough = mean(data, samples, { r: 0, g: 0, b: 0, within: 255 });
  const fine = mean(data, samples, { ...rough, within: SAME_COLOUR });
  const colour = fine.count > 0 ? fine : rough;
  const frequency = (colour.count * jump) / (4 * columns.width);
  const deviation = frequency < LEAST_SHARE && isSmooth(data, samples) ? null : colour.spread;
  if (row > 0 && frequency < (isOvershoot(colour, background, row - 1) ? CLIPPED.share : LEAST_SHARE)) {
    red[row] = red[row - 1];
    green[row] = green[row - 1];
    blue[row] = blue[row - 1];
    return deviation;
  }
  red[row] = colour.r;
  green[row] = colour.g;
  blue[row] = colour.b;
  return deviation;
}

/** True where samples differ little from their neighbours, as those of letters do not. */
function isSmooth(data: Uint8Array, { from, to, jump }: Samples): boolean {
  let smooth = 0;
  for (let p = from + jump; p < to; p += jump) {
    const step = Math.max(
      Math.abs(data[p] - data[p - jump]),
      Math.abs(data[p + 1] - data[p + 1 - jump]),
      Math.abs(data[p + 2] - data[p + 2 - jump]),
    );
    if (step <= SMOOTH.levels) smooth++;
  }
  return smooth * jump >= SMOOTH.share * (to - from);
}

function isOvershoot(
  { r, g, b }: { r: number; g: number; b: number },
  { red, green, blue }: Background,
  above: number,
): boolean {
  const isClipped = Math.min(r, g, b) >= 255 - CLIPPED.levels || Math.max(r, g, b) <= CLIPPED.levels;
  return (
    isClipped &&
    Math.max(Math.abs(r - red[above]), Math.abs(g - green[above]), Math.abs(b - blue[above])) <= CLIPPED.reach
  );
}

interface Samples {
  readonly from: number;
  readonly to: number;
  readonly jump: number;
  readonly mode: number;
}

/** Mean of the samples as bright as the mode and no further than `within` from a colour. */
function mean(
  data: Uint8Array,
  { from, to, jump, mode }: Samples,
  around: { readonly r: number; readonly g: number; readonly b: number; readonly within: number },
): { r: number; g: number; b: number; count: number; spread: number } {
  const { r: r0, g: g0, b: b0, within } = around;
  let r = 0;
  let g = 0;
  let b = 0;
  let count = 0;
  let spread = 0;
  for (let p = from; p < to; p += jump) {
    const luma = (77 * data[p] + 150 * data[p + 1] + 29 * data[p + 2] + 128) >> 8;
    if (luma - mode > SAME_BACKGROUND || mode - luma > SAME_BACKGROUND) continue;
    const off = Math.max(Math.abs(data[p] - r0), Math.abs(data[p + 1] - g0), Math.abs(data[p + 2] - b0));
    if (off > within) continue;
    spread += off;
    r += data[p];
    g += data[p + 1];
    b += data[p + 2];
    count++;
  }
  return { r: r / count, g: g / count, b: b / count, count, spread: spread / count };
}
