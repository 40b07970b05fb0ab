import type { ImageBuffer } from '../../../image/image-buffer.js';
import type { RowEdge } from './row-edges.js';
import { type RowProfile, SIDE } from '../profile/row-profile.js';

/** Eight pixels of a page at a device scale factor of 1.5; gaps between cards tend to be wider. */
const THICKEST_SEPARATOR = 12;
/** A row is at least this many times higher than the separator below it. */
const ROW_HEIGHT = 1.5;
/** So far from a strip its anti-aliasing, the blur of a JPEG and most rounded corners do not reach. */
const CLEAR = 6;
/** Levels of luma, with what a JPEG makes of them. */
const ALIKE = 3;
/** A shadow slopes by so many levels from half to half; over fewer pixels it does not show. */
const SHADE = { levels: 2, half: 4 };
/** So few pixels of a row are no ink but what a JPEG leaves. */
const DIRT = 3;
/** What is beside a row differs from a strip by at most this share of what the row differs. */
const BESIDE = 0.4;
/** The margin beside a card is at least this wide; less is a border. */
const MARGIN = 5;

/** So far beyond the region's sides no border of its is left. Pixels. */
const BEYOND = 4;

interface Strip {
  readonly top: RowEdge;
  readonly bottom: RowEdge;
  /** Between two rows, or between a row and the same background below it: not the shadow of a card. */
  readonly isCertain: boolean;
}

/**
 * Thin blank strips of another background that reach from side to side are separators, however thick: the row above owns
 * each. Where the strip's colour goes on beside, at the corners of or beyond the rows, these are cards, and the strips are gaps.
 */
export function thickSeparators(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const blank = edges.slice(1).flatMap((_, i) => stripAt(profile, edges, i) ?? []);
  const certain = blank.filter(({ isCertain }) => isCertain);
  const gaps = certain.filter((strip) => isGap(profile, strip));
  if (2 * gaps.length >= certain.length) return edges;
  const strips = blank.filter((strip) =>
    certain.some((other) => Math.abs(thickness(strip) - thickness(other)) <= 1),
  );
  const tops = new Set(strips.map(({ top }) => top));
  const bottoms = new Set(strips.map(({ bottom }) => bottom));
  const last = edges[edges.length - 1];
  if (strips.some((strip) => isCutStrip(profile, last, strip))) tops.add(last);
  return edges
    .filter((edge) => !tops.has(edge))
    .map((edge) => (bottoms.has(edge) ? { ...edge, kind: 'line' } : edge));
}

/** True when the region ends within the separator below `edge`, which is like another one. */
function isCutStrip(profile: RowProfile, edge: RowEdge, strip: Strip): boolean {
  const { height } = profile;
  if (edge === strip.bottom || edge.kind !== 'level' || height - edge.y > thickness(strip) + 1) return false;
  return (
    !hasInk(profile, edge.y + 1, height) &&
    isAlike(luma(profile, (edge.y + height) >> 1), luma(profile, (strip.top.y + strip.bottom.y) >> 1))
  );
}

function thickness({ top, bottom }: Strip): number {
  return bottom.y - top.y;
}

/** The blank strip between an edge and the next one, below a row. */
function stripAt(profile: RowProfile, edges: readonly RowEdge[], i: number): Strip | null {
  const strip = { top: edges[i], bottom: edges[i + 1] };
  const [top, bottom] = [strip.top.y, strip.bottom.y];
  if (strip.top.kind !== 'level' || strip.bottom.kind !== 'level' || bottom - top > THICKEST_SEPARATOR)
    return null;
  const above = i === 0 ? 0 : edges[i - 1].y;
  const below = edges.at(i + 2)?.y ?? profile.height;
  if (above > 0 && top - above < ROW_HEIGHT * (bottom - top)) return null;
  if (hasInk(profile, top + 1, bottom - 1) || !hasInk(profile, above, top)) return null;
  if (isShaded(profile, top, bottom)) return null;
  const row = luma(profile, (above + top) >> 1);
  if (isAlike(row, luma(profile, (top + bottom) >> 1))) return null;
  const isCertain = hasInk(profile, bottom, below) || isAlike(row, luma(profile, (bottom + below) >> 1));
  return { ...strip, isCertain };
}

/** True when a strip is darker in one half than in the other: a shadow, so cards. The ringing of a JPEG is in both. */
function isShaded(profile: RowProfile, top: number, bottom: number): boolean {
  const half = (bottom - top) >> 1;
  if (half < SHADE.half) return false;
  let slope = 0;
  for (let i = 1; i < half; i++) slope += luma(profile, top + i) - luma(profile, bottom - 1 - i);
  return Math.abs(slope) >= SHADE.levels * (half - 1);
}

function isGap(profile: RowProfile, strip: Strip): boolean {
  const { height } = profile;
  const [top, bottom] = [strip.top.y, strip.bottom.y];
  const colour = luma(profile, (top + bottom) >> 1);
  const ends = [
    [0, thickness(strip) + 1],
    [height - 1, height - 2 - thickness(strip)],
  ];
  if (ends.some((rows) => rows.every((y) => isAlike(luma(profile, y), colour)))) return true;
  if (goesOnBeside(profile, top, bottom) || isFramed(profile, top, bottom)) return true;
  if (goesOnBeyond(profile, top, bottom)) return true;
  return [
    { near: top - 1, clear: top - CLEAR },
    { near: bottom, clear: bottom + CLEAR },
  ].some(({ near, clear }) => columnsLike(profile, near, colour) > columnsLike(profile, clear, colour));
}

/** True for a strip between the borders of two cards: a line at each end, further from the strip and from the row than these from each other. */
function isFramed(profile: RowProfile, top: number, bottom: number): boolean {
  const colour = luma(profile, (top + bottom) >> 1);
  return [
    { line: top - 1, clear: top - CLEAR },
    { line: bottom, clear: bottom + CLEAR },
  ].every(({ line, clear }) => {
    if (clear < 0 || clear >= profile.height) return false;
    const [at, row] = [luma(profile, line), luma(profile, clear)];
    return Math.min(Math.abs(at - row), Math.abs(at - colour)) > Math.max(ALIKE, Math.abs(row - colour));
  });
}

/** Whether the colour between two rows is also beside one of them: the ground that cards lie on. */
export function goesOnBeside(profile: RowProfile, top: number, bottom: number): boolean {
  const colour = luma(profile, (top + bottom) >> 1);
  return [top - CLEAR, bottom + CLEAR].some((y) => columnsLike(profile, y, colour) >= MARGIN);
}

/** Whether a colour is beside both rows that end and begin there, for all that a JPEG makes of it beside one. */
export function isBesideBoth(profile: RowProfile, top: number, bottom: number, colour: number): boolean {
  const [above, below] = [top - CLEAR, bottom + CLEAR].map((y) => columnsLike(profile, y, colour));
  return above + below >= 2 * MARGIN;
}

/** Whether the colour between two rows is all along these beyond a side of the region, where the picture goes on: the page that cards lie on. */
function goesOnBeyond(profile: RowProfile, top: number, bottom: number): boolean {
  const { image, y, across, height } = profile;
  const colour = luma(profile, (top + bottom) >> 1);
  const rows = [top - CLEAR, (top + bottom) >> 1, bottom + CLEAR].filter((row) => row >= 0 && row < height);
  return [across.x - BEYOND, across.x + across.width - 1 + BEYOND].some(
    (x) => x >= 0 && x < image.width && rows.every((row) => isAlike(lumaAt(image, x, y + row), colour)),
  );
}

function lumaAt({ data, width }: ImageBuffer, x: number, y: number): number {
  const p = 4 * (y * width + x);
  return 0.299 * data[p] + 0.587 * data[p + 1] + 0.114 * data[p + 2];
}

/** How many of the leftmost columns look like the strip where the row does not. */
function columnsLike(profile: RowProfile, y: number, strip: number): number {
  if (y < 0 || y >= profile.height) return 0;
  const most = BESIDE * Math.abs(luma(profile, y) - strip);
  if (most < ALIKE * BESIDE) return 0;
  let count = 0;
  for (let at = SIDE * y; at < SIDE * (y + 1); at++) if (Math.abs(profile.side[at] - strip) <= most) count++;
  return count;
}

function isAlike(a: number, b: number): boolean {
  return Math.abs(a - b) < ALIKE;
}

function hasInk({ ink }: RowProfile, top: number, bottom: number): boolean {
  for (let y = top; y < bottom; y++) if (ink[y] > DIRT) return true;
  return false;
}

function luma({ red, green, blue }: RowProfile, y: number): number {
  return 0.299 * red[y] + 0.587 * green[y] + 0.114 * blue[y];
}
