import { middle } from '../profile/row-ink.js';
import { heightOf, type Cell } from '../row-cell.js';
import type { Inked } from '../flat/row-lines.js';
import { SAME_ROOM, spaceAbove, spaceBelow } from './row-stretches.js';

/** A line may reach so far over the cut between two rows: an ascender, or what a JPEG leaves. Pixels. */
const OVER = 3;
/** What is higher than this share of a row may be the ink of two that runs together. */
const JOINED = 0.5;
/** Rows are so many times further apart than the lines of one. */
const APART = 1.5;

/**
 * False where a stretch as high as `count` of the `rows` cannot be so many of them: a line lies across the end of one, or there is less
 * room between two than the rows keep around their ink, and not clearly more than between the lines of one.
 */
export function mayRepeat({ top, bottom, clusters }: Inked, count: number, rows: readonly Inked[]): boolean {
  if (rows.length === 0) return true;
  const height = (bottom - top) / count;
  const cuts = Array.from({ length: count - 1 }, (_, i) => top + (i + 1) * height);
  const isCut = (ink: Cell): boolean =>
    heightOf(ink) < JOINED * height && cuts.some((y) => ink.top < y - OVER && ink.bottom > y + OVER);
  if (clusters.some(isCut)) return false;
  const gaps = clusters.slice(1).map((ink, i) => {
    const isEnd = cuts.some((y) => middle(clusters[i]) < y && middle(ink) >= y);
    return { isEnd, room: ink.top - clusters[i].bottom };
  });
  const inner = gaps.filter(({ isEnd }) => !isEnd).map(({ room }) => room);
  const usual = Math.min(...rows.map((row) => spaceAbove(row) + spaceBelow(row))) - SAME_ROOM;
  const least = inner.length > 0 ? Math.min(usual, APART * Math.max(...inner)) : -Infinity;
  return gaps.every(({ isEnd, room }) => !isEnd || room >= least);
}
