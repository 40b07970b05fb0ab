import { type Block, blockColumns } from '../flat/row-blocks.js';
import type { Heights } from '../row-heights.js';
import { middle, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
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
 * A row, and a group's heading above or below it, which nothing parts from it: the row is as high as the others, up to the boundary on its other side.
 * Null where there is no heading.
 */
export function headedRow(
  profile: RowProfile,
  stretch: Stretch,
  inked: readonly Stretch[],
  heights: Heights,
): readonly Cell[] | null {
  const others = boundedRows(
    inked.filter((other) => other !== stretch),
    heights,
  );
  if (others.length < FEWEST_ROWS || stretch.isCard) return null;
  const { height } = typicalHeight(others)!;
  const rows = others.filter((other) => Math.abs(heightOf(other) - height) <= EDGE_SLACK);
  if (rows.length < FEWEST_ROWS || 2 * rows.length <= others.length) return null;
  const { top, bottom } = stretch;
  const beside = { inked, rows, height };
  const isAbove = (): boolean =>
    (stretch.openBottom ? isAboveCutHeading : isAboveHeading)(profile, stretch, beside);
  const isBelow = !stretch.openBottom && isBelowHeading(stretch, beside);
  const cut = isBelow ? bottom - height : isAbove() ? top + height : endOfCutRow(profile, stretch, beside);
  return cut === null
    ? null
    : [
        { top, bottom: cut },
        { top: cut, bottom },
      ];
}

interface Beside {
  /** Of one height, in pixels. */
  readonly rows: readonly Stretch[];
  readonly height: number;
}

/** The row begins as the others do; what is above is no line of its own, as it is further from these than they from each other. */
function isBelowHeading({ top, bottom, clusters }: Stretch, { rows, height }: Beside): boolean {
  const cut = bottom - height;
  if (cut - top < LOWEST || cut - top >= HIGHEST * height) return false;
  const above = clusters.filter((ink) => middle(ink) < cut);
  const own = clusters.slice(above.length);
  const [last, first] = [above.at(-1), own.at(0)];
  if (last === undefined || first === undefined) return false;
  if (cut - top >= SHARE * height && !isLineOf({ top, bottom: cut }, above)) return false;
  const usual = middleOf(rows.map(spaceAbove));
  // As high as the other rows' ink, and where it would be: a row below the list's padding, or below what the end cuts.
  const isRow =
    Math.abs(above[0].top - (cut - height) - usual) <= SAME_ROOM &&
    Math.abs(last.bottom - above[0].top - middleOf(rows.map(inkHeight))) <= SAME_ROOM;
  const begins = Math.abs(first.top - cut - usual) <= SAME_ROOM;
  return (
    begins &&
    !isRow &&
    last.bottom <= cut &&
    first.top - last.bottom >= APART * Math.max(usual, ...gapsOf(own))
  );
}

/**
 * The row begins as the others do, and below it is one line in a room that is as high as a heading which stands alone, or as one below another row:
 * that one is as far from both as from the row's middle, not near to its lines. Where no other is seen whole, its line begins below the picture
 * that all rows have, where no text of theirs does.
 */
function isAboveHeading(
  profile: RowProfile,
  stretch: Stretch,
  { inked, rows, height }: Beside & { readonly inked: readonly Stretch[] },
): boolean {
  const usual = middleOf(rows.map(spaceAbove));
  const apart = apartBelow(stretch, height, usual);
  const isLike = (other: Stretch, least: number): boolean =>
    Math.abs(heightOf(other) - heightOf(stretch) + least) <= EDGE_SLACK;
  if (apart <= 0) return false;
  if (apart >= APART * usual && isBelowPicture(profile, stretch, rows)) return true;
  return inked.some((other) => {
    if (other === stretch) return false;
    if (isLike(other, height)) return other.clusters.length === 1;
    if (other.openTop && apart >= APART * usual) return isEndOf(other, stretch, height);
    return isLike(other, 0) && Math.min(apart, apartBelow(other, height, usual)) >= APART * usual;
  });
}

/** Whether the region cuts off the beginning of a heading that is as the one below the first `height` pixels: its line is as high, and as far from its end. */
function isEndOf({ top, bottom, clusters }: Stretch, stretch: Stretch, height: number): boolean {
  const [line, ...more] = clusters;
  const other = stretch.clusters[stretch.clusters.length - 1];
  const isLower = bottom - top <= heightOf(stretch) - height + EDGE_SLACK;
  const rests = [
    { top: line.bottom, bottom },
    { top: other.bottom, bottom: stretch.bottom },
  ];
  return more.length === 0 && isLower && isAlike(line, other) && isAlike(rests[0], rests[1]);
}

/** Where a row ends that the region's top cuts, above a heading as another one that stands below a row or alone; null where there is none. */
function endOfCutRow(
  profile: RowProfile,
  stretch: Stretch,
  { inked, rows, height }: Beside & { readonly inked: readonly Stretch[] },
): number | null {
  const { top, bottom, openTop, openBottom, clusters } = stretch;
  if (!openTop || openBottom || clusters.length < 2) return null;
  const line = clusters[clusters.length - 1];
  const sizeOf = (other: Stretch): number => {
    if (other.clusters.length === 1) return heightOf(other);
    return isAboveHeading(profile, other, { inked, rows, height }) ? heightOf(other) - height : 0;
  };
  const isLike = (other: Stretch): boolean => {
    const own = other.clusters[other.clusters.length - 1];
    const isOpen = other.openTop || other.openBottom;
    return (
      !isOpen &&
      isAlike(own, line) &&
      isAlike({ top: own.bottom, bottom: other.bottom }, { top: line.bottom, bottom })
    );
  };
  const sizes = inked.filter((other) => other !== stretch && isLike(other)).map(sizeOf);
  const size = sizes.find((each) => each >= LOWEST && each < SHARE * height);
  if (size === undefined) return null;
  const end = bottom - size;
  const areIn = clusters.slice(0, -1).every((ink) => ink.bottom <= end);
  return areIn && line.top >= end && end - top < height ? end : null;
}

/** But for what letters make. */
function isAlike(one: Cell, other: Cell): boolean {
  return Math.abs(heightOf(one) - heightOf(other)) <= SAME_ROOM;
}

/** Whether the last line begins at the left side of a picture above it that the rows have, too. */
function isBelowPicture(profile: RowProfile, stretch: Stretch, rows: readonly Stretch[]): boolean {
  const line = stretch.clusters[stretch.clusters.length - 1];
  const left = profile.left.subarray(line.top, line.bottom).reduce((a, b) => Math.min(a, b));
  const isAbove = (block: Block): boolean =>
    block.top >= stretch.top && block.bottom <= line.top && Math.abs(block.left - left) <= EDGE_SLACK;
  return blockColumns(profile, [stretch, ...rows]).some(
    (column) => column.length > rows.length && column.some(isAbove),
  );
}

/** The same where the region ends within the heading, which begins as one that stands alone does and shows no more than that, or below a picture. */
function isAboveCutHeading(
  profile: RowProfile,
  stretch: Stretch,
  { inked, rows, height }: Beside & { readonly inked: readonly Stretch[] },
): boolean {
  const { top, bottom, clusters } = stretch;
  const cut = top + height;
  const own = clusters.filter((ink) => middle(ink) < cut);
  const below = clusters.slice(own.length);
  const [first, last] = [own.at(0), own.at(-1)];
  if (first === undefined || last === undefined || below.length !== 1) return false;
  const [line] = below;
  const usual = middleOf(rows.map(spaceAbove));
  const begins = Math.abs(first.top - top - usual) <= SAME_ROOM;
  if (!begins || last.bottom > cut || line.top < cut) return false;
  if (line.top - last.bottom >= APART * usual && isBelowPicture(profile, stretch, rows)) return true;
  const isHeading = (other: Stretch): boolean =>
    other.clusters.length === 1 &&
    heightOf(other) < SHARE * height &&
    bottom - cut <= heightOf(other) + EDGE_SLACK &&
    Math.abs(line.top - cut - spaceAbove(other)) <= SAME_ROOM;
  return inked.some(isHeading);
}

/** How far a line below the first `height` pixels is from the ink in these, in pixels; 0 where it is no heading. */
function apartBelow({ top, bottom, clusters }: Stretch, height: number, usual: number): number {
  const cut = top + height;
  if (bottom - cut < LOWEST || bottom - cut >= SHARE * height) return 0;
  const own = clusters.filter((ink) => middle(ink) < cut);
  const below = clusters.slice(own.length);
  const [first, last, line] = [own.at(0), own.at(-1), below.at(0)];
  if (first === undefined || last === undefined || line === undefined) return 0;
  const begins = Math.abs(first.top - top - usual) <= SAME_ROOM;
  if (!begins || last.bottom > cut || line.top < cut || !isLineOf({ top: cut, bottom }, below)) return 0;
  const apart = line.top - last.bottom;
  return apart >= APART * Math.max(0, ...gapsOf(own)) ? apart : 0;
}

/** From the first line to the last one, in pixels. */
function inkHeight({ clusters }: Stretch): number {
  return clusters[clusters.length - 1].bottom - clusters[0].top;
}

/** Between lines, in pixels. */
function gapsOf(lines: readonly Cell[]): readonly number[] {
  return lines.slice(1).map((ink, i) => ink.top - lines[i].bottom);
}

/** Whether the ink is one line, in the middle of the cell, or nearer to what is below. */
function isLineOf({ top, bottom }: Cell, [line, ...more]: readonly Cell[]): boolean {
  const [over, under] = [line.top - top, bottom - line.bottom];
  return more.length === 0 && heightOf(line) <= INK * (bottom - top) && under - over <= OFF_MIDDLE * under;
}
