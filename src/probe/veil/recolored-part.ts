import { type Rect, area } from '../../core/geometry.js';
import { ImageBuffer } from '../../image/image-buffer.js';
import { CELL } from './foreign-cells.js';
import type { Changed, ChangedPage } from './changed-page.js';
import { edgeAt, isMostlyKept } from './recolored-page.js';

/** Every second pixel of every second line of a cell. */
const SAMPLES = 16;
/** Of them, those that went from one colour to one other: the rest are letters. */
const GROUND = 8;
/** Levels: what a ground changes by at least. */
const CHANGED = 6;
/** Levels between what is one colour, as a codec leaves it; and without one, which tells a popup of nearly the page's colour from what is marked below it. */
const MOST_NOISE = 16;
const NOISES = [MOST_NOISE, 6];
/** A row of 32 pixels by 128 has as many. */
const FEWEST_CELLS = 64;
/** Of the region: more is the page itself, which was dimmed or took another theme. */
const MOST_SHARE = 0.2;

/** A grid of cells, and of each that changed the place of a pixel of its ground, else -1. */
interface Grounds {
  readonly columns: number;
  readonly places: Int32Array;
}

/**
 * `before` with what took another colour as it is in `after`: a row that was selected, a title bar that lost the focus. The ground of such a
 * part went from one colour to one other, and what is written on it is where it was. Null where there is none.
 * Cost: a sixteenth of the pixels, and all of what changed.
 */
export function recoloredPart(
  before: ImageBuffer,
  after: ImageBuffer,
  { region, within }: Changed,
): ChangedPage | null {
  const grounds = groundsOf(before, after, within);
  const { columns, places } = grounds;
  const most = (MOST_SHARE * area(region)) / (CELL * CELL);
  const recolored: number[] = [];
  const parts: Rect[] = [];
  for (const noise of NOISES) {
    const seen = new Uint8Array(places.length);
    for (let start = 0; start < places.length; start++) {
      if (places[start] < 0 || seen[start] !== 0) continue;
      const part = partAt(start, { before, after, grounds, noise, seen });
      const firsts = part.map((cell) => firstOf(cell, columns, before, within));
      if (part.length < FEWEST_CELLS || !keepsLetters(before, after, firsts)) continue;
      if (recolored.length + part.length > most) return null;
      for (const cell of part) places[cell] = -1;
      for (const first of firsts) recolored.push(first);
      parts.push(boundsOf(part, columns, within));
    }
  }
  if (parts.length === 0) return null;
  const page = new ImageBuffer(before.width, before.height, new Uint8Array(before.data));
  for (const first of recolored) copyCell(after, page, first);
  return { page, parts };
}

function groundsOf(before: ImageBuffer, after: ImageBuffer, region: Rect): Grounds {
  const columns = Math.floor(region.width / CELL);
  const places = new Int32Array(columns * Math.floor(region.height / CELL));
  for (let cell = 0; cell < places.length; cell++)
    places[cell] = groundAt(before, after, firstOf(cell, columns, before, region));
  return { columns, places };
}

/** The first pixel of a cell. */
function firstOf(cell: number, columns: number, { width }: ImageBuffer, { x, y }: Rect): number {
  return (y + CELL * Math.floor(cell / columns)) * width + x + CELL * (cell % columns);
}

/** The place of a pixel whose change most of the cell shares; -1 where there is none. */
function groundAt(before: ImageBuffer, after: ImageBuffer, first: number): number {
  const [was, is] = [before.words(), after.words()];
  const placeOf = (sample: number): number => first + 2 * (sample % 4) + 2 * (sample >> 2) * before.width;
  for (let candidate = 0; candidate < SAMPLES; candidate += 5) {
    const at = placeOf(candidate);
    if (isLike(was[at], is[at], CHANGED)) continue;
    let alike = 0;
    for (let sample = 0; sample < SAMPLES; sample++) {
      const place = placeOf(sample);
      if (isLike(was[place], was[at], MOST_NOISE) && isLike(is[place], is[at], MOST_NOISE)) alike++;
    }
    if (alike >= GROUND) return at;
  }
  return -1;
}

function boundsOf(part: readonly number[], columns: number, { x, y }: Rect): Rect {
  let [left, right, top, bottom] = [columns, 0, Infinity, 0];
  for (const cell of part) {
    const [column, row] = [cell % columns, Math.floor(cell / columns)];
    [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
  }
  return {
    x: x + CELL * left,
    y: y + CELL * top,
    width: CELL * (right - left),
    height: CELL * (bottom - top),
  };
}

interface Flood {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  readonly grounds: Grounds;
  readonly noise: number;
  readonly seen: Uint8Array;
}

/** The cells around `start` that changed as it did, each as the one beside it. */
function partAt(start: number, { before, after, grounds, noise, seen }: Flood): number[] {
  const { columns, places } = grounds;
  const [was, is] = [before.words(), after.words()];
  const part = [start];
  seen[start] = 1;
  for (let i = 0; i < part.length; i++) {
    const cell = part[i];
    const column = cell % columns;
    const beside = [column > 0 ? cell - 1 : -1, column < columns - 1 ? cell + 1 : -1];
    for (const other of [cell - columns, cell + columns, ...beside]) {
      if (other < 0 || other >= places.length || places[other] < 0 || seen[other] !== 0) continue;
      const [from, to] = [places[cell], places[other]];
      if (!isLike(was[from], was[to], noise) || !isLike(is[from], is[to], noise)) continue;
      seen[other] = 1;
      part.push(other);
    }
  }
  return part;
}

function copyCell(from: ImageBuffer, to: ImageBuffer, first: number): void {
  for (let line = first; line < first + CELL * from.width; line += from.width)
    to.words().set(from.words().subarray(line, line + CELL), line);
}

function isLike(one: number, other: number, levels: number): boolean {
  if (one === other) return true;
  for (let shift = 0; shift < 24; shift += 8)
    if (Math.abs(((one >>> shift) & 0xff) - ((other >>> shift) & 0xff)) > levels) return false;
  return true;
}

/** Whether what is written on the cells that begin at `firsts` is where it was. */
function keepsLetters(before: ImageBuffer, after: ImageBuffer, firsts: readonly number[]): boolean {
  let edges = 0;
  let kept = 0;
  for (const first of firsts) {
    for (let line = first; line < first + CELL * before.width; line += 2 * before.width) {
      for (let at = 4 * line + 1; at < 4 * (line + CELL - 2); at += 8) {
        const edge = edgeAt(before.data, after.data, at);
        if (edge !== 'none') edges++;
        if (edge === 'kept') kept++;
      }
    }
  }
  return isMostlyKept(edges, kept);
}
