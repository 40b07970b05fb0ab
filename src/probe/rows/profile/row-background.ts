import type { ImageBuffer } from '../../../image/image-buffer.js';
import { INK_DIFFERENCE } from './row-ink.js';
import { groundOfWords } from './row-reversed.js';

/** A colour per pixel row. */
export interface Background {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
}

/** Channels, 0..255. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
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
/**
 * Where no colour has this share of a row, the background of so many rows above goes on if it is at least so many times as frequent
 * as the most frequent colour: bold letters, buttons and bars cover more of a row here and there than they leave.
 */
const GOES_ON = { share: 0.5, times: 0.5, rows: 4 };
/** So many pixels of the background above, beyond both ends of a colour, tell that it lies on that. */
const LEAST_BESIDE = 6;
/** And so many of a colour without a break are no ringing beside letters. */
const LEAST_OF_BAR = 8;
/** This share of a gradient's samples differs from its neighbours by no more than so many levels. */
const SMOOTH = { levels: 4, share: 0.7 };
/** Other colours of the same brightness are further away than this. */
const SAME_COLOUR = 10;
const histogram = new Uint16Array(256 + 2);

/** Writes the background colour of one row and tells whether it is a gradient, where no colour is frequent. */
export function backgroundOf(
  image: ImageBuffer,
  { y, row, columns }: BackgroundRow,
  background: Background,
): boolean {
  const { data, width: stride } = image;
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
  const colour = 2 * fine.count < rough.count ? mean(data, samples, majority(data, samples)) : fine;
  const frequency = (colour.count * jump) / (4 * columns.width);
  const isGradient = frequency < LEAST_SHARE && isSmooth(data, samples);
  const isClipped = row > 0 && isOvershoot(colour, background, row - 1);
  const least = isClipped ? CLIPPED.share : LEAST_SHARE;
  const above = frequency < GOES_ON.share ? sameAsAbove(data, samples, background, row) : null;
  const isCovered =
    frequency < least ||
    (isClipped && wasThere(data, samples, { colour, row, stride }, background)) ||
    (above !== null && isBetween(data, samples, colour, above));
  if (row > 0 && isCovered) write(background, row, colourAt(background, row - 1));
  else if (above !== null && above.count >= GOES_ON.times * colour.count) write(background, row, above);
  else write(background, row, groundOfWords(image, samples, colour) ?? colour);
  return isGradient;
}

/** What the samples have of a background that the rows above have had for a while, or null. */
function sameAsAbove(
  data: Uint8Array,
  samples: Samples,
  background: Background,
  row: number,
): (Colour & { readonly count: number }) | null {
  if (!hasStood(background, row)) return null;
  const above = colourAt(background, row - 1);
  const mode = Math.round(0.299 * above.r + 0.587 * above.g + 0.114 * above.b);
  return mean(data, { ...samples, mode }, { ...above, within: SAME_COLOUR });
}

/** Whether the rows above have had one background for a while. */
function hasStood(background: Background, row: number): boolean {
  if (row < GOES_ON.rows) return false;
  const above = colourAt(background, row - 1);
  for (let at = row - GOES_ON.rows; at < row; at++)
    if (furthest(above, colourAt(background, at)) > SAME_COLOUR) return false;
  return true;
}

/**
 * Whether nearly as much of another colour was beside the background of the rows above: a page of white beside a pale stripe, to which
 * overshoot adds, takes over where the stripe ends, and gains more.
 */
function wasThere(
  data: Uint8Array,
  samples: Samples,
  { colour, row, stride }: Readonly<{ colour: Colour & { count: number }; row: number; stride: number }>,
  background: Background,
): boolean {
  const apart = furthest(colour, colourAt(background, row - 1));
  if (apart <= SAME_COLOUR || !hasStood(background, row)) return false;
  const up = 4 * stride * GOES_ON.rows;
  const [from, to] = [samples.from - up, samples.to - up];
  const before = mean(data, { ...samples, from, to }, { ...colour, within: apart / 2 });
  return (colour.count - before.count) * samples.jump < LEAST_SHARE * (to - from);
}

/**
 * Whether a colour ends before both ends of the row and leaves the background above there, with letters on it maybe: a bar among other
 * cells, of which a codec's ringing leaves little of the row in one colour. A background reaches one of the ends.
 */
function isBetween(data: Uint8Array, { from, to, jump }: Samples, colour: Colour, above: Colour): boolean {
  if (furthest(colour, above) <= SAME_COLOUR) return false;
  const beside = (start: number, step: number): number => {
    let count = 0;
    let run = 0;
    for (let p = start; p >= from && p < to && run < LEAST_OF_BAR; p += step) {
      const at = { r: data[p], g: data[p + 1], b: data[p + 2] };
      run = furthest(at, colour) <= SAME_COLOUR ? run + jump / 4 : 0;
      if (furthest(at, above) <= SAME_COLOUR) count += jump / 4;
    }
    return count;
  };
  const last = from + jump * Math.floor((to - 1 - from) / jump);
  return beside(from, jump) >= LEAST_BESIDE && beside(last, -jump) >= LEAST_BESIDE;
}

function colourAt({ red, green, blue }: Background, row: number): Colour {
  return { r: red[row], g: green[row], b: blue[row] };
}

function write({ red, green, blue }: Background, row: number, { r, g, b }: Colour): void {
  red[row] = r;
  green[row] = g;
  blue[row] = b;
}

/** Of the channels, the largest difference. */
export function furthest(a: Colour, b: Colour): number {
  return Math.max(Math.abs(a.r - b.r), Math.abs(a.g - b.g), Math.abs(a.b - b.b));
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

function isOvershoot(colour: Colour, background: Background, above: number): boolean {
  const { r, g, b } = colour;
  const isClipped = Math.min(r, g, b) >= 255 - CLIPPED.levels || Math.max(r, g, b) <= CLIPPED.levels;
  return isClipped && furthest(colour, colourAt(background, above)) <= CLIPPED.reach;
}

interface Samples {
  readonly from: number;
  readonly to: number;
  readonly jump: number;
  readonly mode: number;
}

/**
 * The colour that most of the samples as bright as the mode have, where the mean of these is no colour of the row: a coloured cell may be
 * as bright as the row. Source: Boyer & Moore, MJRTY (1981).
 */
function majority(data: Uint8Array, samples: Samples): Colour & { readonly within: number } {
  let found = { r: 0, g: 0, b: 0, within: SAME_COLOUR };
  let votes = 0;
  for (let p = samples.from; p < samples.to; p += samples.jump) {
    if (!isAsBright(data, p, samples)) continue;
    const colour = { r: data[p], g: data[p + 1], b: data[p + 2], within: SAME_COLOUR };
    if (votes === 0) found = colour;
    votes += furthest(colour, found) <= SAME_COLOUR ? 1 : -1;
  }
  return found;
}

function isAsBright(data: Uint8Array, p: number, { mode }: Samples): boolean {
  const luma = (77 * data[p] + 150 * data[p + 1] + 29 * data[p + 2] + 128) >> 8;
  return Math.abs(luma - mode) <= SAME_BACKGROUND;
}

/** Mean of the samples as bright as the mode and no further than `within` from a colour. */
function mean(
  data: Uint8Array,
  samples: Samples,
  around: Colour & { readonly within: number },
): Colour & { readonly count: number } {
  const { from, to, jump } = samples;
  const { r: r0, g: g0, b: b0, within } = around;
  let r = 0;
  let g = 0;
  let b = 0;
  let count = 0;
  for (let p = from; p < to; p += jump) {
    if (!isAsBright(data, p, samples)) continue;
    const off = Math.max(Math.abs(data[p] - r0), Math.abs(data[p + 1] - g0), Math.abs(data[p + 2] - b0));
    if (off > within) continue;
    r += data[p];
    g += data[p + 1];
    b += data[p + 2];
    count++;
  }
  return { r: r / count, g: g / count, b: b / count, count };
}
