import { median } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { RowEdge } from './row-edges.js';
import { JPEG_BLOCK } from './row-fit.js';

/** Parts of a pixel row, and how many of them a line runs through: beside it may be a filled cell. */
const PARTS = 8;
const FEWEST_PARTS = 7;
/** What a line stands out by in one part is off the usual by this share; of words, by more. */
const EVEN = 0.3;
/** So far from a pixel row of a line nothing is left of it, while letters are higher. Pixels. */
const CLEAR = 2;
/** Beside a line are no letters in these pixel rows, which spread far more than what a JPEG rings there, so many times its noise. */
const BESIDE = [-4, -3, 3, 4];
const RUNG = 3;
/** A line stands out at least by this share of what those do that were seen. */
const SHARE = 0.7;

/** The luma of a part of a pixel row, and by how much its columns are off that. */
interface Part {
  readonly mean: number;
  readonly spread: number;
}

/**
 * With the other dashed lines of a list of which some were seen. What a JPEG makes of dashes depends on where in its blocks they are: here a line,
 * maybe some pixel rows off, there nothing that stands out, but as dark on the whole. Cost: a pixel row for each line that was seen;
 * where one of these is dashed, another pass over the region.
 */
export function withBlurredDashes(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const { height, noise } = profile;
  if (noise <= 1) return edges;
  const seen = edges.filter((edge) => edge.kind === 'line' && spreadOf(partsOf(profile, edge.y - 1)) > noise);
  if (seen.length === 0) return edges;
  const rows = Array.from({ length: height }, (_, y) => partsOf(profile, y));
  const offs = offsOf(rows.map((parts) => parts.map(({ mean }) => mean)));
  const spreads = rows.map(spreadOf);
  const strongest = (y: number): number =>
    Math.max(...[y - 2, y - 1].map((at) => median([...(offs[at] ?? [0])])));
  const least = Math.max(noise, SHARE * median(seen.map(({ y }) => strongest(y))));
  const isLine = (y: number): boolean => {
    const isAlone = BESIDE.every((by) => (spreads[y + by] ?? 0) <= RUNG * noise);
    const usual = median([...offs[y]]);
    const even = offs[y].filter((off) => Math.abs(off - usual) <= EVEN * usual);
    return isAlone && usual >= least && even.length >= FEWEST_PARTS;
  };
  const lines: RowEdge[] = [];
  for (let y = 1; y < height; y++)
    if (isLine(y - 1) && !isLine(y)) lines.push({ y, kind: 'line', strength: strongest(y) });
  // Of two within a block of the JPEG the one is the line that is darker on the whole.
  const isEcho = (edge: RowEdge, others: readonly RowEdge[]): boolean =>
    others.some(
      ({ y, kind }) =>
        kind === 'line' && Math.abs(y - edge.y) <= JPEG_BLOCK && strongest(y) > strongest(edge.y),
    );
  const isKnown = (line: RowEdge): boolean => edges.some(({ y, kind }) => kind === 'line' && y === line.y);
  return [
    ...edges.filter((edge) => edge.kind === 'level' || !isEcho(edge, lines)),
    ...lines.filter((line) => !isKnown(line) && !isEcho(line, edges)),
  ];
}

/** How far each part of each pixel row is from what is above and below it, in luma, where it is not between these. */
function offsOf(shades: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return shades.map((parts, y) =>
    parts.map((shade, i) => {
      const [above, below] = [y - CLEAR, y + CLEAR].map((at) => shade - (shades[at]?.[i] ?? shade));
      return above * below > 0 ? Math.min(Math.abs(above), Math.abs(below)) : 0;
    }),
  );
}

/** By how much the columns of most parts of a pixel row are off the luma of their part. */
function spreadOf(parts: readonly Part[]): number {
  return median(parts.map(({ spread }) => spread));
}

function partsOf(
  { image: { data, width: stride }, y: top, across: { x, width }, step }: RowProfile,
  y: number,
): Part[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const [from, to] = [part, part + 1].map((i) => x + Math.round((i * width) / PARTS));
    const lumas: number[] = [];
    for (let at = from; at < to; at += step) {
      const p = 4 * ((top + y) * stride + at);
      lumas.push(0.299 * data[p] + 0.587 * data[p + 1] + 0.114 * data[p + 2]);
    }
    const mean = meanOf(lumas);
    return { mean, spread: meanOf(lumas.map((luma) => Math.abs(luma - mean))) };
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
