import type { Cell } from './row-grid.js';
import type { Heights } from './row-heights.js';
import { middle } from './row-ink.js';
import { EDGE_SLACK, heightOf } from './row-cell.js';
import {
  SAME_ROOM,
  type Stretch,
  boundedRows,
  middleOf,
  spaceAbove,
  typicalHeight,
} from './row-stretches.js';

/** So many rows of one height tell what is a row and what is above it. */
const FEWEST_ROWS = 3;
/** A heading is at least as high as a line of small text, and lower than this share of a row. */
const LOWEST = 14;
const SHARE = 0.75;
/** It is so many times further from the row than that row's lines from each other. */
const APART = 1.5;

/**
 * A group's heading and the first row below it, which nothing parts: the row is as high as the others, up to the boundary below it, and
 * begins as theirs do. Null where what is above is as near to it as its own lines, so one of these, or is no heading.
 */
export function headedRow(
  stretch: Stretch,
  inked: readonly Stretch[],
  heights: Heights,
): readonly Cell[] | null {
  const { top, bottom, openBottom, clusters } = stretch;
  const others = boundedRows(
    inked.filter((other) => other !== stretch),
    heights,
  );
  if (others.length < FEWEST_ROWS || openBottom || stretch.isCard) return null;
  const { height } = typicalHeight(others)!;
  const rows = others.filter((other) => Math.abs(heightOf(other) - height) <= EDGE_SLACK);
  if (rows.length < FEWEST_ROWS || 2 * rows.length <= others.length) return null;
  const cut = bottom - height;
  const isHeading = cut - top >= LOWEST && cut - top < SHARE * height;
  const above = clusters.filter((ink) => middle(ink) < cut);
  const own = clusters.slice(above.length);
  const [last, first] = [above.at(-1), own.at(0)];
  if (!isHeading || last === undefined || first === undefined) return null;
  const usual = middleOf(rows.map(spaceAbove));
  const begins = Math.abs(first.top - cut - usual) <= SAME_ROOM;
  const gaps = own.slice(1).map((ink, i) => ink.top - own[i].bottom);
  const isApart = last.bottom <= cut && first.top - last.bottom >= APART * Math.max(usual, ...gaps);
  return begins && isApart
    ? [
        { top, bottom: cut },
        { top: cut, bottom },
      ]
    : null;
}
