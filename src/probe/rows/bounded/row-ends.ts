import type { RowEdge } from '../boundary/row-edges.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { middleOf } from '../profile/row-ink.js';
import { FEWEST_ALIKE, inksIn } from './row-stretches.js';
import { LETTERS } from '../flat/row-uneven.js';

/** What is left between a row and the end of the region is the row's where it is no more than this. Pixels. */
const SNAP = 3;
/** Letters, and an icon beside them, put ink off the middle by less. Pixels. */
const LEAN = 5;

/** How far a row's ink is from its top and its bottom. */
export interface Room {
  readonly above: number;
  readonly below: number;
}

/**
 * Rows of one height, the first and the last one of which may be higher: its ink is nearer to the outer end than that of the others, and
 * not in its middle as theirs is, and there is room beyond, up to the region's end, and no boundary at its own.
 */
export function withHigherEnds(
  profile: RowProfile,
  cells: readonly Cell[],
  edges: readonly RowEdge[],
): readonly Cell[] {
  const [first, last] = [0, cells.length - 1];
  const isDrawn = (end: number): boolean => edges.some(({ y }) => y === end);
  return cells.map((cell, i) => {
    if ((i !== first && i !== last) || isDrawn(i === first ? cell.top : cell.bottom)) return cell;
    const inner = cells.slice(first + 1, last);
    const others = inner.filter((other) => Math.abs(heightOf(other) - heightOf(cell)) <= EDGE_SLACK);
    if (2 * others.length <= inner.length || cell.top < 0 || cell.bottom > profile.height) return cell;
    const rooms = others.flatMap((other) => roomIn(profile, other) ?? []);
    const room = roomIn(profile, cell);
    if (room === null || rooms.length < FEWEST_ALIKE) return cell;
    const usual = {
      above: middleOf(rooms.map(({ above }) => above)),
      below: middleOf(rooms.map(({ below }) => below)),
    };
    const lean = room.above - usual.above - (room.below - usual.below);
    const more = i === first ? usual.above - room.above : usual.below - room.below;
    if (more <= LETTERS || (i === first ? -lean : lean) < LEAN) return cell;
    const free = i === first ? cell.top : profile.height - cell.bottom;
    const by = free - more <= SNAP ? free : more;
    return i === first ? { ...cell, top: cell.top - by } : { ...cell, bottom: cell.bottom + by };
  });
}

/** The room around a cell's ink; null where there is none. */
export function roomIn(profile: RowProfile, cell: Cell): Room | null {
  const inks = inksIn(profile, {
    top: Math.max(0, cell.top),
    bottom: Math.min(profile.height, cell.bottom),
  });
  if (inks.length === 0) return null;
  return { above: inks[0].top - cell.top, below: cell.bottom - inks[inks.length - 1].bottom };
}
