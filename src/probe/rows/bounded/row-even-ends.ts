import { inkClusters, inkFloor } from '../profile/row-clusters.js';
import { CUT_INK, middleOf, mostInk } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { LETTERS } from '../flat/row-uneven.js';
import { type Room, roomIn } from './row-ends.js';
import { cutInk } from './row-units.js';

/** So many rows that touch each other and are of one height tell that the first and the last one are, too. */
const FEWEST = 3;
const OFF = 1;

/**
 * The rows of a list of rows that are all of one height and touch each other, the first and the last one included: one that is higher by less
 * than a row, and begins or ends with the region, has a piece of another row there; a first one that is lower goes on over what is
 * blank beside it, a frame or a line on its letters having been taken for its end.
 */
export function withEvenEnds(profile: RowProfile, found: readonly Cell[]): readonly Cell[] {
  const inner = found.slice(1, -1);
  if (inner.length < FEWEST) return found;
  const height = middleOf(inner.map(heightOf));
  const isEven = (cell: Cell, i: number): boolean =>
    Math.abs(heightOf(cell) - height) <= OFF && (i === 0 || cell.top === inner[i - 1].bottom);
  if (!inner.every(isEven)) return found;
  const [first, last] = [found[0], found[found.length - 1]];
  const isHigher = (cell: Cell): boolean =>
    heightOf(cell) > height + EDGE_SLACK && heightOf(cell) < 2 * height - EDGE_SLACK;
  const rooms = inner.flatMap((cell) => roomIn(profile, cell) ?? []);
  const isLike = (row: Cell, side: keyof Room): boolean => {
    const room = roomIn(profile, row);
    return room !== null && Math.abs(room[side] - middleOf(rooms.map((each) => each[side]))) <= LETTERS;
  };
  const cut = (cell: Cell, at: number): readonly [Cell, Cell] => [
    { top: cell.top, bottom: at },
    { top: at, bottom: cell.bottom },
  ];
  const isAtTop = first.top <= EDGE_SLACK && first.bottom === inner[0].top && isHigher(first);
  const [piece, row] = cut(first, first.bottom - height);
  const isAtBottom =
    last.bottom >= profile.height - EDGE_SLACK &&
    last.top === inner[inner.length - 1].bottom &&
    isHigher(last);
  const [lastRow, lastPiece] = cut(last, last.top + height);
  return [
    ...(isAtTop && parts(profile, first, row.top) && isLike(row, 'below')
      ? [piece, row]
      : [grown(profile, first, { next: inner[0].top, height })]),
    ...inner,
    ...(isAtBottom && parts(profile, last, lastPiece.top) && isLike(lastRow, 'above')
      ? [lastRow, lastPiece]
      : [last]),
  ];
}

/** A first row that is lower than the others, as high as they are. */
function grown(
  profile: RowProfile,
  first: Cell,
  { next, height }: { readonly next: number; readonly height: number },
): Cell {
  const whole = { top: next - height, bottom: next };
  const lacks = height - heightOf(first);
  const isLower = lacks > EDGE_SLACK && 2 * lacks <= height + OFF && whole.top >= -OFF;
  const isWithin = first.top >= whole.top - OFF && first.bottom <= next;
  return isLower && isWithin && isBeside(profile, first, whole)
    ? { top: Math.max(0, whole.top), bottom: next }
    : first;
}

/** Whether there is ink on both sides of an end, and next to none at it. */
function parts(profile: RowProfile, cell: Cell, end: number): boolean {
  const floor = inkFloor(profile.ink, cell);
  const isInked = (side: Cell): boolean => mostInk(profile, side) > floor;
  return (
    isInked({ top: cell.top, bottom: end }) &&
    isInked({ top: end, bottom: cell.bottom }) &&
    cutInk(profile, end) - floor <= CUT_INK * mostInk(profile, cell)
  );
}

/** Whether nothing is drawn between a row and where it would end, but for letters that go on from it. */
function isBeside(profile: RowProfile, { top, bottom }: Cell, whole: Cell): boolean {
  const above = { top: Math.max(0, whole.top) + OFF, bottom: top };
  const below = { top: bottom, bottom: whole.bottom };
  return (
    (heightOf(above) <= EDGE_SLACK || inkClusters(profile, above).every((ink) => ink.bottom === top)) &&
    (heightOf(below) <= EDGE_SLACK || inkClusters(profile, below).every((ink) => ink.top === bottom))
  );
}
