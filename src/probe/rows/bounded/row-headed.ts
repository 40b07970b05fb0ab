import type { Heights } from '../row-heights.js';
import { middle, middleOf } from '../profile/row-ink.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { SAME_ROOM, type Stretch, boundedRows, spaceAbove, typicalHeight } from './row-stretches.js';

/** So many rows of one height tell what is a row and what is above it. */
const FEWEST_ROWS = 3;
/** A heading is at least as high as a line of small text, and lower than so many times a row. */
const LOWEST = 14;
const HIGHEST = 2;
/**
 * One that is not lower than this share of a row is a line, of which the ink takes at most that share of its height, with as much room
 * above it as below, but for this share of that.
 */
const SHARE = 0.75;
const INK = 0.6;
const OFF_MIDDLE = 0.5;
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
  if (cut - top < LOWEST || cut - top >= HIGHEST * height) return null;
  const above = clusters.filter((ink) => middle(ink) < cut);
  const own = clusters.slice(above.length);
  const [last, first] = [above.at(-1), own.at(0)];
  if (last === undefined || first === undefined) return null;
  if (cut - top >= SHARE * height && !isLineOf({ top, bottom: cut }, above)) return null;
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

/** Whether the ink is one line, in the middle of the cell, or nearer to what is below. */
function isLineOf({ top, bottom }: Cell, [line, ...more]: readonly Cell[]): boolean {
  const [over, under] = [line.top - top, bottom - line.bottom];
  return more.length === 0 && heightOf(line) <= INK * (bottom - top) && under - over <= OFF_MIDDLE * under;
}
