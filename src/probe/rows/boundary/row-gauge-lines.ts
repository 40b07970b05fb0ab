import { middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { RowEdge } from './row-edges.js';
import { type Extent, MARGIN, SIDE, extentOf, hasSide, inkColumns, lumaAt } from './row-extents.js';
import { LABEL } from './row-fields.js';

/** So many lines that reach further tell where rows end; a bar in each row may have two edges, and a codec doubles one. */
const FEWEST = 3;
const SHARE = 0.4;
/** Above and below the line the ground shows within so many pixels, in this share of its columns; it is nearer to that than to the line. */
const BLURRED = 4;
const HIGHEST = 16;
const GROUND_SHARE = 0.6;
const SAME = 0.4;
/** Less of the width is no row's background; and from so far beyond its ends on, over so many columns, the ground shows. */
const WIDE = 0.4;
const BESIDE = { from: 4, to: 10 };
/** So far above a bar are the letters of its row. Pixels. */
const LETTERS = 32;
/** Every so many columns of a line are looked at. */
const ACROSS = 4;

/**
 * A JPEG's edges without those of bars, as of progress, that it blurred: thin, with the ground above and below, they end before both
 * sides of the region, where the boundaries of rows reach further, and have letters above them. Cost: as of fields.
 */
export function withoutGauges(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  if (edges.length <= FEWEST) return edges;
  const extents = edges.map((edge) => extentOf(profile, edge));
  return edges.filter((edge, i) => {
    const further = extents.filter((other) => reachesFurther(other, extents[i])).length;
    const isShort = further >= Math.max(FEWEST, SHARE * edges.length);
    return !isShort || !isGauge(profile, edge, extents[i]);
  });
}

/** Whether the other reaches clearly further to one side at least, and as far to the other one. */
function reachesFurther(other: Extent, { from, to }: Extent): boolean {
  const [left, right] = [from - other.from, other.to - to];
  return Math.min(left, right) > -MARGIN && Math.max(left, right) >= MARGIN;
}

function isGauge(profile: RowProfile, edge: RowEdge, extent: Extent): boolean {
  const { x, width } = profile.across;
  const { from, to } = extent;
  if (from - BESIDE.to < x || to + BESIDE.to > x + width || to - from < WIDE * width) return false;
  return (
    isThin(profile, edge, extent) &&
    endsOnGround(profile, edge, extent) &&
    hasLetters(profile, edge, extent) &&
    !isFramed(profile, edge, extent)
  );
}

/** Whether most of what is right below a line shows again above it. */
function isThin(profile: RowProfile, { y, strength }: RowEdge, extent: Extent): boolean {
  if (y < HIGHEST || y + BLURRED >= profile.height) return false;
  const columns = columnsOf(extent);
  const below = columns.map((x) => lumaAt(profile, x, y + BLURRED));
  for (let row = y - BLURRED; row >= y - HIGHEST; row--) {
    const same = columns.filter((x, i) => Math.abs(lumaAt(profile, x, row) - below[i]) < SAME * strength);
    if (same.length >= GROUND_SHARE * columns.length) return true;
  }
  return false;
}

/** Whether what is right below a line shows beyond both of its ends, too, in most of its pixel rows. */
function endsOnGround(profile: RowProfile, { y, strength }: RowEdge, { from, to }: Extent): boolean {
  const below = columnsOf({ from, to }).map((x) => lumaAt(profile, x, y + BLURRED));
  const ground = middleOf(below);
  const outside = Array.from({ length: BESIDE.to - BESIDE.from }, (_, i) => BESIDE.from + i);
  const rows = Array.from({ length: BLURRED }, (_, i) => y - 1 - i);
  return [outside.map((i) => from - i), outside.map((i) => to - 1 + i)].every((columns) => {
    const all = rows.flatMap((row) => columns.map((x) => Math.abs(lumaAt(profile, x, row) - ground)));
    return middleOf(all) < SAME * strength;
  });
}

/** Some of its columns. */
function columnsOf({ from, to }: Extent): number[] {
  return Array.from({ length: Math.ceil((to - from) / ACROSS) }, (_, i) => from + i * ACROSS);
}

function hasLetters(profile: RowProfile, { y }: RowEdge, extent: Extent): boolean {
  const rows = Array.from({ length: LETTERS }, (_, i) => y - HIGHEST / 2 - i).filter((row) => row >= 0);
  return inkColumns(profile, rows, extent) >= LABEL;
}

/** Whether a line's ends go on upwards or downwards, as those of a card or a field do. */
function isFramed(profile: RowProfile, edge: RowEdge, { from, to }: Extent): boolean {
  return [-1, 1].some((direction) => {
    const rows = Array.from({ length: SIDE.to - SIDE.from }, (_, i) => edge.y + direction * (SIDE.from + i));
    const inside = rows.filter((row) => row >= 0 && row < profile.height);
    return (
      hasSide(profile, edge, { rows: inside, x: from, out: -1 }) &&
      hasSide(profile, edge, { rows: inside, x: to - 1, out: 1 })
    );
  });
}
