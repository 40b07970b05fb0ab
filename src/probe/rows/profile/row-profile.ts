import type { Rect } from '../../../core/geometry.js';
import type { ImageBuffer } from '../../../image/image-buffer.js';
import { backgroundOf, furthest } from './row-background.js';
import { gaugeFrom } from './row-gauges.js';
import { groundOf } from './row-ground.js';
import { INK_DIFFERENCE, NO_INK } from './row-ink.js';
import { unshade } from './row-shade.js';
import { endOfStrike } from './row-struck.js';

/**
 * What each pixel row of a region looks like: the colour of its background and how many pixels stand out from it.
 * The arrays are scratch memory that the next `rowProfile` call overwrites.
 */
export interface RowProfile {
  /** Where it is from: the picture, the first pixel row, and the columns of the region. */
  readonly image: ImageBuffer;
  readonly y: number;
  readonly across: { readonly x: number; readonly width: number };
  readonly height: number;
  /** The columns that were looked at: the ones where anything changes from row to row, less the scrollbar's. */
  readonly columns: { readonly x: number; readonly width: number };
  /** Background colour per row: mean of the row's most frequent brightness. Stripes, selections and lines show here. */
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  /** Every so many columns are looked at. */
  readonly step: number;
  /** Pixels per row that differ from the background, vertical rules and scrollbars left out. */
  readonly ink: Int32Array;
  /** The ink of which each may be a letter's: what `ink` leaves out of that, as too little for a line, no boundary goes through. */
  readonly letters: Int32Array;
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
/** JPEG at quality 60 moves a flat background by up to two levels next to text (ITU-T T.81 annex K tables). */
const JPEG_NOISE = 3;
/** Pixels this near to the background without being it, by the pixels of ink: antialiasing leaves few, a JPEG many. */
const NEARLY = 3;
const NEARLY_SHARE = 0.2;
/** Share of the samples that settles what the background is. */
const SAME_SHARE = 0.6;
/** On this share of the rows there is nothing but a gradient. */
const GRADIENT_ROWS = 0.08;
/** Of a wide region every other column is looked at; a row that is blank there may be dotted in every so many of the others. */
const WIDE = 640;
const BETWEEN = 7;
/** With ink in at most this share of its columns a row is blank but for what a JPEG leaves. */
const BLANK = 0.02;
/** Dots cover this share of what is looked at. */
const DOTS = 0.3;
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

/**
 * The profile of `region` (inside the image, checked by the caller). `maxRun`: what stands out for more rows than this
 * is a rule or a scrollbar, no ink. Cost: about one pass over the region, every other column when it is wider than 640.
 */
export function rowProfile(image: ImageBuffer, region: Rect, maxRun: number): RowProfile {
  reserve(region.height, image.width);
  const columns = activeColumns(image, region);
  const step = columns.width > WIDE ? 2 : 1;
  const limit = Math.min(maxRun, Math.floor(0.9 * region.height));
  runs.fill(0, 0, image.width);
  const background = { red, green, blue };
  const area = { ...columns, y: region.y, height: region.height };
  const width = region.x + region.width - area.x;
  let drawnEnd = 0;
  let nearly = 0;
  let inkSum = 0;
  let unsure = 0;
  for (let y = 0; y < region.height; y++) {
    const isSame = y > 0 && (y < drawnEnd || sameBackground(image, region.y + y, columns, y));
    if (!isSame) drawnEnd = gaugeFrom(image, area, y, { background, width });
    const isKnown = isSame || y < drawnEnd;
    if (!isKnown && backgroundOf(image, { y: region.y + y, row: y, columns }, background)) unsure++;
    if (!isKnown) drawnEnd = strikeFrom(image, area, y);
    if (isKnown || y < drawnEnd) goOn(y);
    nearly += inkOf(image, region.y + y, columns, { row: y, step, limit });
    inkSum += ink[y];
    sideOf(image, { x: region.x, y: region.y + y, width: region.width }, y);
  }
  const ground =
    unsure < GRADIENT_ROWS * region.height
      ? null
      : groundOf(image, area, { ...background, ink, left, right });
  for (let x = columns.x; ground === null && x < columns.x + columns.width; x++) {
    if (runs[x] > limit) forget(region.height - runs[x], region.height, step);
  }
  unshade(background, region.height);
  return {
    image,
    y: region.y,
    across: { x: region.x, width: region.width },
    height: region.height,
    columns,
    step,
    ...background,
    ink,
    letters: ink,
    left,
    right,
    side,
    noise: (ground?.isLossless ?? nearly <= NEARLY_SHARE * inkSum) ? 1 : JPEG_NOISE,
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

/** Whether most samples have exactly the colour of the background of the row above: the common case on screens. */
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
  return same * jump >= SAME_SHARE * columns.width;
}

/** Where a line on letters ends that begins in this row and was taken for its background; the row itself where there is none. */
function strikeFrom(image: ImageBuffer, area: Rect, y: number): number {
  const [ground, line] = [y - 1, y].map((row) => ({ r: red[row], g: green[row], b: blue[row] }));
  return y > 0 && furthest(ground, line) > INK_DIFFERENCE ? endOfStrike(image, area, y, { ground, line }) : y;
}

/** The background of the row above goes on. */
function goOn(row: number): void {
  red[row] = red[row - 1];
  green[row] = green[row - 1];
  blue[row] = blue[row - 1];
}

/** A row's background as an opaque pixel in memory order on a little-endian machine; elsewhere no pixel is equal to it. */
function pack(row: number): number {
  return (
    ((255 << 24) | (Math.round(blue[row]) << 16) | (Math.round(green[row]) << 8) | Math.round(red[row])) >>> 0
  );
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
  if (step > 1 && count <= BLANK * columns.width) dotsOf(image, y, columns, row);
  return nearly;
}

/** The ink of a dotted line whose dots are in the columns between those that are looked at. */
function dotsOf(
  { data, width: stride }: ImageBuffer,
  y: number,
  { x, width }: { readonly x: number; readonly width: number },
  row: number,
): void {
  const isInk = (at: number): boolean => {
    const p = 4 * (y * stride + at);
    const off = Math.max(
      Math.abs(data[p] - red[row]),
      Math.abs(data[p + 1] - green[row]),
      Math.abs(data[p + 2] - blue[row]),
    );
    return off > INK_DIFFERENCE;
  };
  const dots: number[] = [];
  for (let at = x + 1; at < x + width; at += 2 * BETWEEN) if (isInk(at)) dots.push(at);
  if (2 * BETWEEN * dots.length < DOTS * width) return;
  ink[row] = 2 * BETWEEN * dots.length;
  left[row] = dots[0];
  right[row] = dots[dots.length - 1];
}

function forget(from: number, to: number, count: number): void {
  for (let y = from; y < to; y++) ink[y] -= count;
}
