import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { groundOf } from './row-ground.js';
import { INK_DIFFERENCE, NO_INK } from './row-ink.js';
import { jitters, unshade } from './row-shade.js';

/**
 * What each pixel row of a region looks like: the colour of its background and how many pixels stand out from it.
 * The arrays are scratch memory that the next `rowProfile` call overwrites.
 */
export interface RowProfile {
  readonly height: number;
  /** The columns that were looked at: the ones where anything changes from row to row, less the scrollbar's. */
  readonly columns: { readonly x: number; readonly width: number };
  /** Background colour per row: mean of the row's most frequent brightness. Stripes, selections and lines show here. */
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  /** Pixels per row that differ from the background, vertical rules and scrollbars left out. */
  readonly ink: Int32Array;
  /** First and last ink column per row, in image pixels; 0x7fffffff and -1 where there is no ink. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Luma of the {@link SIDE} leftmost pixels of each row: beside cards and at their corners the page shows. */
  readonly side: Float32Array;
  /** Smallest background difference that means something: 1 on a lossless frame, more where JPEG left its noise. */
  readonly noise: number;
}

/** A classic scrollbar is 15 to 20 pixels wide. It is cut off, at most this share of the width. */
const SCROLLBAR = 20;
const SCROLLBAR_SHARE = 0.08;
/** The same on the left for a border. */
const BORDER = 6;
const BORDER_SHARE = 0.02;
/** Half width, in grey levels, of what counts as one background. */
const SAME_BACKGROUND = 2;
/** JPEG at quality 60 moves a flat background by up to two levels next to text (ITU-T T.81 annex K tables). */
const JPEG_NOISE = 3;
/** Next to text a lossless background is one colour but for a few antialiased pixels; a JPEG's is not. Grey levels. */
const LOSSLESS_SPREAD = 0.3;
/** Pixels this near to the background without being it, by the pixels of ink: antialiasing leaves few, a JPEG many. */
const NEARLY = 3;
const NEARLY_SHARE = 0.2;
/** A colour that fewer of a row's samples have is no background; the row then has that of the row above. */
const LEAST_SHARE = 0.25;
/**
 * Beside letters a JPEG overshoots a pale background, and all of it that clips piles up at white, as below black on a dark one.
 * A colour this near to the end of the scale, and within `reach` of the background above, needs most of the samples.
 */
const CLIPPED = { levels: 4, reach: INK_DIFFERENCE, share: 0.5 };
/** Most of a gradient's samples differ from their neighbours by few levels; on so many rows there is nothing but a gradient. */
const SMOOTH = { levels: 4, share: 0.7, rows: 0.08 };
/** Share of the samples that settles what the background is. */
const SAME_SHARE = 0.6;
/** Other colours of the same brightness are further away than this. */
const SAME_COLOUR = 10;
/** A border that the region includes and the margin of a card. Pixels. */
export const SIDE = 8;

let rows = 0;
let red = new Float32Array(0);
let green = new Float32Array(0);
let blue = new Float32Array(0);
let ink = new Int32Array(0);
let left = new Int32Array(0);
let right = new Int32Array(0);
let side = new Float32Array(0);
let runs = new Uint16Array(0);
const histogram = new Uint16Array(256 + 2);

/**
 * The profile of `region` (inside the image, checked by the caller). `maxRun`: what stands out for more rows than this
 * is a rule or a scrollbar, no ink. Cost: about one pass over the region, every other column when it is wider than 640.
 */
export function rowProfile(image: ImageBuffer, region: Rect, maxRun: number): RowProfile {
  reserve(region.height, image.width);
  const columns = activeColumns(image, region);
  const step = columns.width > 640 ? 2 : 1;
  const limit = Math.min(maxRun, Math.floor(0.9 * region.height));
  runs.fill(0, 0, image.width);
  let spread = 0;
  let inked = 0;
  let nearly = 0;
  let inkSum = 0;
  let unsure = 0;
  for (let y = 0; y < region.height; y++) {
    const deviation =
      y > 0 && sameBackground(image, region.y + y, columns, y)
        ? 0
        : background(image, region.y + y, columns, y);
    if (deviation === null) unsure++;
    nearly += inkOf(image, region.y + y, columns, { row: y, step, limit });
    inkSum += ink[y];
    sideOf(image, { x: region.x, y: region.y + y, width: region.width }, y);
    if (ink[y] === 0) continue;
    spread += deviation ?? 0;
    inked++;
  }
  const area = { ...columns, y: region.y, height: region.height };
  const ground =
    unsure < SMOOTH.rows * region.height
      ? null
      : groundOf(image, area, { red, green, blue, ink, left, right });
  for (let x = columns.x; ground === null && x < columns.x + columns.width; x++) {
    if (runs[x] > limit) forget(region.height - runs[x], region.height, step);
  }
  unshade({ red, green, blue }, region.height);
  return {
    height: region.height,
    columns,
    red,
    green,
    blue,
    ink,
    left,
    right,
    side,
    noise:
      (ground?.isLossless ??
      (spread <= LOSSLESS_SPREAD * inked &&
        (inked === 0 || nearly <= NEARLY_SHARE * inkSum) &&
        !jitters({ red, green, blue }, region.height)))
        ? 1
        : JPEG_NOISE,
  };
}

function reserve(height: number, width: number): void {
  if (width > runs.length) runs = new Uint16Array(width);
  if (height <= rows) return;
  rows = height;
  red = new Float32Array(height);
  green = new Float32Array(height);
  blue = new Float32Array(height);
  ink = new Int32Array(height);
  left = new Int32Array(height);
  right = new Int32Array(height);
  side = new Float32Array(SIDE * height);
}

/** The page beside a list never changes from row to row; a tenth of the width stays as proof of the background. */
function activeColumns(image: ImageBuffer, region: Rect): { x: number; width: number } {
  const { data, width: stride } = image;
  const end = region.x + region.width - Math.min(SCROLLBAR, Math.floor(SCROLLBAR_SHARE * region.width));
  const start = region.x + Math.min(BORDER, Math.floor(BORDER_SHARE * region.width));
  let first = end;
  let last = start - 1;
  for (let y = region.y + 1; y < region.y + region.height; y++) {
    const at = y * stride;
    for (let x = start; x < first; x += 3) if (differs(data, at + x, at + x - stride)) first = x;
    for (let x = end - 1; x > last; x -= 3) if (differs(data, at + x, at + x - stride)) last = x;
  }
  if (last < first) return { x: start, width: end - start };
  const pad = Math.max(16, Math.round(0.1 * region.width));
  const x = Math.max(start, first - pad);
  return { x, width: Math.min(end, last + 1 + pad) - x };
}

function sideOf(
  { data, width: stride }: ImageBuffer,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  row: number,
): void {
  for (let i = 0; i < SIDE; i++) {
    const p = 4 * (y * stride + x + Math.min(i, width - 1));
    side[SIDE * row + i] = 0.299 * data[p] + 0.587 * data[p + 1] + 0.114 * data[p + 2];
  }
}

function differs(data: Uint8Array, a: number, b: number): boolean {
  const p = 4 * a;
  const q = 4 * b;
  return (
    Math.abs(data[p] - data[q]) > 6 ||
    Math.abs(data[p + 1] - data[q + 1]) > 6 ||
    Math.abs(data[p + 2] - data[q + 2]) > 6
  );
}

/** Keeps the background of the row above where most samples have exactly that colour: the common case on screens. */
function sameBackground(
  image: ImageBuffer,
  y: number,
  columns: { readonly x: number; readonly width: number },
  row: number,
): boolean {
  const words = image.words();
  const word = pack(row - 1);
  const jump = Math.max(1, columns.width >> 8);
  const from = y * image.width + columns.x;
  const to = from + columns.width;
  let same = 0;
  for (let at = from; at < to; at += jump) if (words[at] === word) same++;
  if (same * jump < SAME_SHARE * columns.width) return false;
  red[row] = red[row - 1];
  green[row] = green[row - 1];
  blue[row] = blue[row - 1];
  return true;
}

/** A row's background as an opaque pixel in memory order on a little-endian machine; elsewhere no pixel is equal to it. */
function pack(row: number): number {
  return (
    ((255 << 24) | (Math.round(blue[row]) << 16) | (Math.round(green[row]) << 8) | Math.round(red[row])) >>> 0
  );
}

/**
 * Writes the background colour of one row and tells how far its samples lie from it on average, in grey levels: null on a
 * gradient, where no colour is frequent.
 */
function background(
  { data, width: stride }: ImageBuffer,
  y: number,
  columns: { readonly x: number; readonly width: number },
  row: number,
): number | null {
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
  if (row > 0 && frequency < (isOvershoot(colour, row - 1) ? CLIPPED.share : LEAST_SHARE)) {
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

function isOvershoot({ r, g, b }: { r: number; g: number; b: number }, above: number): boolean {
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

/** Counts one row's ink and returns how many pixels are nearly, but not quite, its background. */
function inkOf(
  image: ImageBuffer,
  y: number,
  columns: { readonly x: number; readonly width: number },
  { row, step, limit }: { row: number; step: number; limit: number },
): number {
  const words = image.words();
  const { data } = image;
  const base = y * image.width;
  const plain = pack(row);
  const r = Math.round(red[row]);
  const g = Math.round(green[row]);
  const b = Math.round(blue[row]);
  let count = 0;
  let first = NO_INK;
  let last = -1;
  let known = plain;
  let inked = false;
  let near = 0;
  let nearly = 0;
  const end = columns.x + columns.width;
  for (let x = columns.x; x < end; x += step) {
    const word = words[base + x];
    if (word !== plain) {
      if (word !== known) {
        known = word;
        const p = 4 * (base + x);
        const dr = data[p] - r;
        const dg = data[p + 1] - g;
        const db = data[p + 2] - b;
        inked =
          dr > INK_DIFFERENCE ||
          dr < -INK_DIFFERENCE ||
          dg > INK_DIFFERENCE ||
          dg < -INK_DIFFERENCE ||
          db > INK_DIFFERENCE ||
          db < -INK_DIFFERENCE;
        near =
          dr <= NEARLY && dr >= -NEARLY && dg <= NEARLY && dg >= -NEARLY && db <= NEARLY && db >= -NEARLY
            ? step
            : 0;
      }
      nearly += near;
      if (inked) {
        runs[x]++;
        count += step;
        if (first === NO_INK) first = x;
        last = x;
        continue;
      }
    }
    if (runs[x] !== 0) {
      if (runs[x] > limit) forget(row - runs[x], row, step);
      runs[x] = 0;
    }
  }
  ink[row] = count;
  left[row] = first;
  right[row] = last;
  return nearly;
}

function forget(from: number, to: number, count: number): void {
  for (let y = from; y < to; y++) ink[y] -= count;
}
