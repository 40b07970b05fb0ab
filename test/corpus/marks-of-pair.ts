import { type Rect, inflate, intersect, sizeRect } from '../../src/core/geometry.js';
import type { ImageBuffer } from '../../src/image/index.js';
import type { Mark } from './measure-anchors.js';
import { movedBy } from './measure-scrolls.js';
import type { FrameTruth, ListTruth, PairTruth, ScrollTruth } from './truth.js';

/** Nobody takes a larger anchor than a bar, nor is it worth the time to ask for all the rows that stayed. */
const LARGEST = 64;
const MOST_PLACES = 2;
const AROUND = 24;
/** Rows are told by what stands at their left. */
const ROW_WIDTH = 260;
/** A part of a list that scrolls: from here, as shares of the list, and so high. */
const BAND = { top: 0.4, height: 32 };

/** What is known to be in one picture of a pair, and where in the other. */
export function marksOfPair(
  { popup, gone, alike = false, places = [], scrolled }: PairTruth,
  truth: FrameTruth,
  screen: ImageBuffer,
): Mark[] {
  const list = truth.lists?.at(0);
  return [
    ...(popup === undefined || popup === null
      ? []
      : [{ at: popup, from: 'after' as const, there: null, search: around(popup, screen) }]),
    ...places
      .filter(({ changed, height }) => !changed && height <= LARGEST)
      .slice(0, MOST_PLACES)
      .map(({ x, y, width, height }): Mark => {
        const at = { x, y, width, height };
        return { at, from: 'before', there: at, search: around(at, screen) };
      }),
    ...(popup === null && gone !== undefined && !alike && list !== undefined ? marksOfRows(list, gone) : []),
    ...(scrolled === undefined ? [] : [markOfScroll(scrolled)]),
  ];
}

/** It may have gone some way. */
function around(at: Rect, screen: ImageBuffer): Rect {
  return intersect(inflate(at, AROUND), sizeRect(screen));
}

/** A row above those that went, the first of them, and the one that followed them. */
function marksOfRows({ region, rows }: ListTruth, gone: readonly number[]): Mark[] {
  const [first, next] = gone.length === 0 ? [2, 2] : [gone[0], gone[gone.length - 1] + 1];
  const boxOf = (row: number): Rect => ({
    ...{ x: region.x, y: rows[row].y },
    ...{ width: Math.min(region.width, ROW_WIDTH), height: rows[row].height },
  });
  const mark = (row: number, y: number | null): Mark[] => {
    if (row >= rows.length || rows[row].partial === true) return [];
    const at = boxOf(row);
    return [{ at, from: 'before', there: y === null ? null : { ...at, y }, search: region }];
  };
  return [
    ...(first > 0 ? mark(0, rows[0].y) : []),
    ...(next > first ? mark(first, null) : []),
    ...mark(next, rows[first]?.y ?? null),
  ];
}

function markOfScroll(scrolled: ScrollTruth): Mark {
  const { region } = scrolled;
  const at = {
    ...{ x: region.x, y: region.y + Math.round(BAND.top * region.height) },
    ...{ width: Math.min(region.width, ROW_WIDTH), height: BAND.height },
  };
  return { at, from: 'before', there: movedBy(scrolled, at), search: region };
}
