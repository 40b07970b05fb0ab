import { INK_DIFFERENCE, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { RowEdge } from './row-edges.js';

/** Where along the pixel rows an edge is to be seen. */
export interface Extent {
  /** First column, and the one after the last, in pixels of the image. */
  readonly from: number;
  readonly to: number;
}

/** Where an edge shows, so much of its step does; of a line, which is fainter on a darker ground, so much on either side of it. */
const SHOWS = 0.4;
const FAINT = 0.2;
/** So far from an edge, in pixels, its line is over; two ends so near to each other are at one place. */
const BESIDE = 3;
/** So far from the end of a line, in pixels, what is beside it shows. */
export const MARGIN = 8;
/** A frame's sides run on from its line over these rows, past its round corners. */
export const SIDE = { from: 4, to: 12, share: 0.7 };
/** From where a line ends, pixels outwards: its corner may be round. What is beside it shows so far from there. */
const AROUND = Array.from({ length: 13 }, (_, i) => i - 2);
const OUTSIDE = 14;
/** Pixel rows of a line, by its edge, which a codec moves a little. */
const LINE = [-4, -3, -2, -1, 0];
/** So many columns tell in which pixel row a line is, and these that it reaches the side of the region. */
const FEW = 16;
const NEAR = [1, 3, 5];
/** A line that text or a codec breaks for no more columns goes on: a JPEG block. */
const BREAK = 8;

/**
 * The longest stretch along which an edge shows; of a line in the pixel row, near the edge, where most of it does. From side to side
 * where it shows at a side of the region.
 */
export function extentOf(profile: RowProfile, { y, kind, strength }: RowEdge): Extent {
  const { x, width } = profile.across;
  const { data } = profile.image;
  const apart = (at: number, line: number, other: number): number =>
    channelsApart(data, line + 4 * at, other + 4 * at);
  const step = [y - BESIDE, y + BESIDE].map((row) => lineOf(profile, row));
  const isStep = (at: number): boolean => apart(at, step[0], step[1]) >= SHOWS * strength;
  const isLine = (row: number) => {
    const [over, line, under] = [row - BESIDE, row, row + BESIDE].map((each) => lineOf(profile, each));
    return (at: number): boolean => {
      const [above, below] = [apart(at, line, over), apart(at, line, under)];
      return Math.min(above, below) >= FAINT * strength && above + below >= 2 * SHOWS * strength;
    };
  };
  const shown = kind === 'level' ? [isStep] : LINE.map((i) => isLine(y + i));
  const few = Array.from({ length: FEW }, (_, i) => x + Math.round(((i + 0.5) * width) / FEW));
  const counts = shown.map((shows) => few.filter(shows).length);
  const shows = shown[counts.indexOf(Math.max(...counts))];
  const reaches = [x, x + width - MARGIN].some((side) => NEAR.every((i) => shows(side + i)));
  return reaches ? { from: x, to: x + width } : longest(profile.across, shows);
}

/** The longest stretch of columns for which `shows` holds, but for short breaks. */
function longest({ x, width }: RowProfile['across'], shows: (x: number) => boolean): Extent {
  let best: Extent = { from: x, to: x };
  let [from, end] = [x, -Infinity];
  for (let at = x; at < x + width; at++) {
    if (!shows(at)) continue;
    if (at - end > BREAK) from = at;
    end = at + 1;
    if (end - from > best.to - best.from) best = { from, to: end };
  }
  return best;
}

/** Whether a frame ends at column `x`, seen from outside of it, in most of `rows`. */
export function hasSide(
  profile: RowProfile,
  { strength }: RowEdge,
  { rows, x, out }: { readonly rows: readonly number[]; readonly x: number; readonly out: -1 | 1 },
): boolean {
  const { data } = profile.image;
  const ends = rows.filter((row) => {
    const outside = placeOf(profile, x + OUTSIDE * out, row);
    return AROUND.some(
      (i) => channelsApart(data, placeOf(profile, x + i * out, row), outside) >= SHOWS * strength,
    );
  });
  return rows.length > 0 && ends.length >= SIDE.share * rows.length;
}

/** How many columns have in one of `rows` what stands out from most of these. */
export function inkColumns(profile: RowProfile, rows: readonly number[], { from, to }: Extent): number {
  const columns = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const inked = new Set<number>();
  for (const row of rows) {
    const lumas = columns.map((x) => lumaAt(profile, x, row));
    const ground = middleOf([...lumas]);
    for (const [i, luma] of lumas.entries()) if (Math.abs(luma - ground) > INK_DIFFERENCE) inked.add(i);
  }
  return inked.size;
}

/** Luma of a pixel; `x` of the image, `row` of the region, neither further than their ends. */
function lumaAt(profile: RowProfile, x: number, row: number): number {
  const { data } = profile.image;
  const p = placeOf(profile, x, row);
  return 0.299 * data[p] + 0.587 * data[p + 1] + 0.114 * data[p + 2];
}

function placeOf(profile: RowProfile, x: number, row: number): number {
  return lineOf(profile, row) + 4 * Math.min(profile.image.width - 1, Math.max(0, x));
}

/** Where the bytes of a pixel row of the region begin, no further than its ends. */
function lineOf({ image, y, height }: RowProfile, row: number): number {
  return 4 * image.width * (y + Math.min(height - 1, Math.max(0, row)));
}

/** Largest channel difference of the pixels at two places. */
function channelsApart(data: Uint8Array, p: number, q: number): number {
  return Math.max(
    Math.abs(data[p] - data[q]),
    Math.abs(data[p + 1] - data[q + 1]),
    Math.abs(data[p + 2] - data[q + 2]),
  );
}
