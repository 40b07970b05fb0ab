import type { RowProfile } from '../profile/row-profile.js';
import type { RowEdge } from './row-edges.js';
import { type Extent, MARGIN, SIDE, extentOf, hasSide, inkColumns } from './row-extents.js';

/** So many rows from its line, a label in the middle of a field on a dense screen begins. */
const DEEP = 24;
/** A round corner is so far beyond the end of its line, on a dense screen. Pixels. */
const CORNER = 16;
/** A field is at least this wide, in pixels, and its label has ink in so many columns. */
const NARROWEST = 24;
const LABEL = 12;
/** So many lines of fields are what a list has: two a row, of which a codec takes some, and the rows' own. */
const FEWEST = 3;
const SHARE = 0.4;

/**
 * The edges without those of fields: lines with sides at both ends, and ink beyond these in the same pixel rows, and what shows within
 * these ends only. What they frame is a part of a row, as an input field beside its label; a card has nothing beside it.
 * Cost: 16 columns for each edge, and a pixel row for one that does not reach the sides of the region.
 */
export function withoutFields(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  if (edges.length < FEWEST) return edges;
  const extents = edges.map((edge) => extentOf(profile, edge));
  const fields = extents.filter((extent, i) => isOfField(profile, edges[i], extent));
  if (fields.length < Math.max(FEWEST, SHARE * edges.length)) return edges;
  const isWithin = ({ from, to }: Extent): boolean =>
    to > from && fields.some((field) => from >= field.from - MARGIN && to <= field.to + MARGIN);
  return edges.filter((_, i) => !isWithin(extents[i]));
}

/** Whether both sides run on from the ends of an edge, above or below it, not both as the rules of a table, with ink beyond them. */
function isOfField(profile: RowProfile, edge: RowEdge, { from, to }: Extent): boolean {
  const { x, width } = profile.across;
  const [left, right] = [from - MARGIN, to - 1 + MARGIN];
  if (to - from < NARROWEST || left < x || right >= x + width) return false;
  const rowsTo = (end: number, direction: number): number[] =>
    Array.from({ length: end - SIDE.from }, (_, i) => edge.y + direction * (SIDE.from + i)).filter(
      (row) => row >= 0 && row < profile.height,
    );
  const framed = [-1, 1].filter((direction) => {
    const rows = rowsTo(SIDE.to, direction);
    return (
      hasSide(profile, edge, { rows, x: from, out: -1 }) &&
      hasSide(profile, edge, { rows, x: to - 1, out: 1 })
    );
  });
  if (framed.length !== 1) return false;
  const rows = rowsTo(DEEP, framed[0]);
  const before = inkColumns(profile, rows, { from: x, to: from - CORNER });
  const after = inkColumns(profile, rows, { from: to + CORNER, to: x + width });
  return before + after >= LABEL;
}
