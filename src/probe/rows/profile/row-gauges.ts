import type { Rect } from '../../../core/geometry.js';
import type { ImageBuffer } from '../../../image/image-buffer.js';
import { type Background, type Colour, furthest } from './row-background.js';

/** A progress bar is so high, in pixels: a lower one is a separator that does not reach the sides, a higher one a card. */
const LOWEST = 3;
const HIGHEST = 24;
/** A codec's block, over which it spreads what is at its edge; and so far from its edge a bar has its colour. Pixels. */
const RINGING = 8;
/** And tints by up to so many levels. */
const TINT = 12;
const TINTED_LUMA = 2;
const BLURRED = 3;
/** Levels of a channel that one colour differs by, and steps from one to another. */
const SAME_COLOUR = 5;
const STEP = 24;
/** A faint track differs by more than this from its ground, and what a codec leaves of a plain colour does not. */
const FAINT = 4;
/** A bar is of few colours: its track and what is filled of it, with their ends, each a step or, blurred, several on end. Letters have more. */
const MOST_STEPS = 12;
/** Share of a row that is not of the ground's colour, where a bar is; less is no background. */
const BAR_SHARE = 0.4;
/** And of a row beside it that may be covered, by letters. */
const COVERED = 0.2;
/** On both sides of a bar, within this share of the row, so many pixels show the ground. */
const SIDE_SHARE = 0.12;
const LEAST_GROUND = 2;
/** Every so many pixels of a row are looked at to tell what most of it is. */
const ACROSS = 4;

/** A row of an area, on a ground. */
interface BarSearch {
  readonly image: ImageBuffer;
  readonly area: Rect;
  readonly ground: Colour;
}

/** The first and the last pixel of a part of a row, from the area's side. */
interface Span {
  readonly first: number;
  readonly last: number;
}

/**
 * Where a bar that begins in this row ends, with its ground written to the rows right above; the row itself where none does. It may end
 * where a scrollbar would be, up to which columns of the region are looked at.
 */
export function gaugeFrom(
  image: ImageBuffer,
  looked: Rect,
  row: number,
  { background, width }: { readonly background: Background; readonly width: number },
): number {
  if (row === 0) return row;
  // A codec tints the ground next to a bar, and next to what is above that.
  const above = middleColour(background, row - 1, row - 1, row - 1);
  const usual = middleColour(background, row - 1, Math.max(0, row - RINGING), Math.max(0, row - 2 * RINGING));
  const isTint = furthest(above, usual) <= TINT;
  const grounds = furthest(above, usual) === 0 ? [usual] : [above, usual];
  // Beyond what is looked at ends only what reaches its last column.
  const last = 4 * ((looked.y + row) * image.width + looked.x + looked.width - 1);
  const searches = [
    ...grounds.map((ground) => ({ ground, area: looked })),
    ...(isTint ? grounds : [usual])
      .filter((ground) => off(image.data, last, ground) > FAINT)
      .map((ground) => ({ ground, area: { ...looked, width } })),
  ];
  for (const { ground, area } of searches) {
    const end = endOfGauge(image, area, row, ground);
    if (end === row || (area.width > looked.width && !isClear({ image, area, ground }, row, end))) continue;
    if (ground === usual || isTint) write(background, usual, { from: Math.max(0, row - BLURRED), to: row });
    return end;
  }
  return row;
}

/** Of each channel the one of three rows that is neither the lowest nor the highest. */
function middleColour(
  { red, green, blue }: Background,
  ...[one, two, three]: [number, number, number]
): Colour {
  const middle = (channel: Float32Array): number => {
    const [a, b, c] = [channel[one], channel[two], channel[three]];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  };
  return { r: middle(red), g: middle(green), b: middle(blue) };
}

function write(
  { red, green, blue }: Background,
  { r, g, b }: Colour,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  red.fill(r, from, to);
  green.fill(g, from, to);
  blue.fill(b, from, to);
}

/**
 * The row after a bar, as of progress, that begins in `row`: it takes most of the width but ends before both sides, with the ground
 * around it. It is drawn on that like a word, and no background. `row` itself where there is none. Cost: its rows' pixels.
 */
export function endOfGauge(image: ImageBuffer, area: Rect, row: number, ground: Colour): number {
  const search = { image, area, ground };
  let end = row;
  while (end < area.height && end - row <= HIGHEST + 2 * RINGING && isBar(search, end)) end++;
  if (end === row) return row;
  return isOnGround(search, row, end) ? end : endOfFrame(search, row);
}

/**
 * The row after a bar that an outline shows, from its upper side to its lower one, with the ground inside as far as the bar is not filled.
 * `row` itself where there is none. Rounded corners make it wider below its upper side.
 */
function endOfFrame(search: BarSearch, row: number): number {
  const { height } = search.area;
  const upper = spanOf(search, row);
  if (row === 0 || upper === null || !isDrawn(search, row) || !isGround(search, row - 1, row)) return row;
  const isWithin = (y: number): boolean => {
    const span = spanOf(search, y);
    return (
      span !== null &&
      span.first <= upper.first &&
      span.last >= upper.last &&
      areFew(search, y, { first: 0, last: search.area.width - 1 })
    );
  };
  let end = row;
  for (let y = row + 1; y < height - 1 && y < row + HIGHEST && isWithin(y); y++)
    if (isBar(search, y) && endsOnGround(search, y + 1, y)) end = y + 1;
  return end - row >= LOWEST ? end : row;
}

/** Whether as much of a row as of a bar clearly is not of the ground's colour: the page beside a card is too little, and a codec's ringing too faint. */
function isDrawn({ image: { data, width: stride }, area, ground }: BarSearch, row: number): boolean {
  const from = 4 * ((area.y + row) * stride + area.x);
  let drawn = 0;
  for (let p = from; p < from + 4 * area.width; p += 4 * ACROSS)
    if (off(data, p, ground) > STEP) drawn += ACROSS;
  return drawn >= BAR_SHARE * area.width;
}

/** Whether as many rows as a bar has are clearly drawn: the shadow of a card has fewer. */
function isClear(search: BarSearch, from: number, to: number): boolean {
  let drawn = 0;
  for (let row = from; row < to; row++) if (isDrawn(search, row)) drawn++;
  return drawn >= LOWEST;
}

/** The first and the last pixel of a row that clearly are not of the ground's colour. */
function spanOf({ image: { data, width: stride }, area, ground }: BarSearch, row: number): Span | null {
  const from = 4 * ((area.y + row) * stride + area.x);
  const isDrawn = (x: number): boolean => off(data, from + 4 * x, ground) > STEP;
  let [first, last] = [0, area.width - 1];
  while (first <= last && !isDrawn(first)) first++;
  while (last > first && !isDrawn(last)) last--;
  return first <= last ? { first, last } : null;
}

/** Whether rows of a bar, with what a codec left of it above and below, are as high as one and lie on the ground. */
function isOnGround(search: BarSearch, from: number, to: number): boolean {
  const middle = (from + to) >> 1;
  let [top, bottom] = [from, to];
  while (top < middle && isGround(search, top, middle)) top++;
  while (bottom - 1 > middle && isGround(search, bottom - 1, middle)) bottom--;
  const height = bottom - top;
  if (height < LOWEST || height > HIGHEST || top === 0 || bottom === search.area.height) return false;
  const inside = Math.min(BLURRED, (height - 1) >> 1);
  // Letters beside a bar, as a codec spreads them, leave no ground at its side in its first rows: those are above what was found.
  const above = Array.from({ length: BLURRED }, (_, i) => top - 1 - i);
  return (
    above.some((row) => row >= 0 && isGround(search, row, top + inside)) &&
    endsOnGround(search, bottom, bottom - 1 - inside)
  );
}

/** Whether the ground is below a bar, and its own colour comes back within a block: below the border of a card comes the card's. */
function endsOnGround(search: BarSearch, end: number, bar: number): boolean {
  if (!isGround(search, end, bar)) return false;
  const { data } = search.image;
  const last = Math.min(search.area.height, end + RINGING + 1);
  for (let row = end; row < last; row++) {
    const { covered, other } = beside(search, { row, bar }, (p) => !isTinted(data, p, search.ground));
    if (2 * other <= covered) return true;
  }
  return false;
}

/** Whether most of a row is of another colour than the ground without a break, with few steps; the ground shows on both sides. */
function isBar(search: BarSearch, row: number): boolean {
  const {
    image: { data, width: stride },
    area,
    ground,
  } = search;
  const span = longestSpan(search, row);
  if (span.last - span.first < BAR_SHARE * area.width) return false;
  const start = 4 * ((area.y + row) * stride + area.x);
  const end = start + 4 * area.width;
  const side = 4 * Math.floor(SIDE_SHARE * area.width);
  const shows = (from: number): boolean => {
    let count = 0;
    for (let p = from; p < from + side; p += 4) if (off(data, p, ground) <= SAME_COLOUR) count++;
    return count >= LEAST_GROUND;
  };
  return shows(start) && shows(end - side) && areFew(search, row, span);
}

/** The longest part of a row without the ground's colour. */
function longestSpan({ image: { data, width: stride }, area, ground }: BarSearch, row: number): Span {
  const start = 4 * ((area.y + row) * stride + area.x);
  let longest = { first: 0, last: 0 };
  for (let x = 0, from = 0; x < area.width; x += ACROSS) {
    if (off(data, start + 4 * x, ground) <= FAINT) from = x + ACROSS;
    else if (x - from > longest.last - longest.first) longest = { first: from, last: x };
  }
  return longest;
}

/** Whether a row has no more steps from one colour to another than a bar between two of its pixels; those of neighbours are one. */
function areFew(
  { image: { data, width: stride }, area }: BarSearch,
  row: number,
  { first, last }: Span,
): boolean {
  const start = 4 * ((area.y + row) * stride + area.x);
  let steps = 0;
  let isStep = false;
  for (let p = start + 4 * (first + 1); p <= start + 4 * last && steps <= MOST_STEPS; p += 4) {
    const step = Math.max(
      Math.abs(data[p] - data[p - 4]),
      Math.abs(data[p + 1] - data[p - 3]),
      Math.abs(data[p + 2] - data[p - 2]),
    );
    if (step > STEP && !isStep) steps++;
    isStep = step > STEP;
  }
  return steps <= MOST_STEPS;
}

/** Whether what a bar covers in one of its rows is ground in another row: nearer to that than to the bar, as a codec blurs. */
function isGround(search: BarSearch, row: number, bar: number): boolean {
  const { image, ground } = search;
  const { other } = beside(search, { row, bar }, (p, contrast) => off(image.data, p, ground) > contrast / 2);
  return other < COVERED * search.area.width;
}

/** Of the pixels that a bar covers in one of its rows how many there are, and how many of them are no ground in another row. */
function beside(
  search: BarSearch,
  { row, bar }: { readonly row: number; readonly bar: number },
  isOther: (p: number, contrast: number) => boolean,
): { readonly covered: number; readonly other: number } {
  const {
    image: { data, width: stride },
    area,
    ground,
  } = search;
  const start = 4 * ((area.y + bar) * stride + area.x);
  const offset = 4 * (row - bar) * stride;
  const { first, last } = longestSpan(search, bar);
  let [covered, other] = [0, 0];
  for (let p = start + 4 * first; p <= start + 4 * last; p += 4 * ACROSS) {
    const contrast = off(data, p, ground);
    if (contrast <= FAINT) continue;
    covered += ACROSS;
    if (isOther(p + offset, contrast)) other += ACROSS;
  }
  return { covered, other };
}

/** Whether a pixel is of the ground's colour but for the tint that a codec leaves, which hardly is brighter or darker. */
function isTinted(data: Uint8Array, p: number, { r, g, b }: Colour): boolean {
  const luma = 0.299 * (data[p] - r) + 0.587 * (data[p + 1] - g) + 0.114 * (data[p + 2] - b);
  return Math.abs(luma) <= TINTED_LUMA && off(data, p, { r, g, b }) <= TINT;
}

function off(data: Uint8Array, p: number, { r, g, b }: Colour): number {
  return Math.max(Math.abs(data[p] - r), Math.abs(data[p + 1] - g), Math.abs(data[p + 2] - b));
}
