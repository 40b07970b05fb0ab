import { type Rect, area, sidesApart } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** Steps are looked at over this many pixels along a line, as in `newEdge`. */
const RUN = 8;
/** So many of a run's four samples step alike. */
const STRAIGHT = 3;
/** Runs that a line may miss, where it crosses text or something of its colour. */
const GAP = 2;
/** Runs of the shortest side that is looked for. */
const SHORTEST = 5;
/** A side begins so far from its corner, in pixels: behind a rounded corner and a part of a run. */
const CORNER = 20;
/** The longest lines of each direction: text that is set close together has short ones. */
const MOST_LINES = 40;
/** Sides of one rectangle that was found twice differ by less than this, in pixels. */
const SAME = 12;
/** Of the way around, that is new where something opened: one side may lie on a line of the page. */
const NEW_SHARE = 0.6;

interface Pair {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  /** A step of this many levels is an edge. */
  readonly step: number;
}

/** A straight line that `after` has and `before` had not: at `at`, between two pixels, from `from` to `to`. */
interface Line {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Rectangles within `within` that are new along most of their sides, the largest first: outlines of what may have opened while
 * more than that changed around it. Each is given by two new lines that meet at a corner; the other two sides are about where
 * these end.
 * Cost: a quarter of the pixels of `within`.
 */
export function newRectangles(pair: Pair, within: Rect): Rect[] {
  const across = newLines(pair, within, 'x');
  if (across.length === 0) return [];
  const down = newLines(pair, within, 'y');
  const found: Rect[] = [];
  for (const horizontal of across) {
    for (const vertical of down) {
      const rect = cornerOf(horizontal, vertical);
      if (rect === null || newShare(rect, across, down) < NEW_SHARE) continue;
      const same = found.findIndex((other) => sidesApart(other, rect) <= SAME);
      if (same < 0) found.push(rect);
      else if (area(rect) > area(found[same])) found[same] = rect;
    }
  }
  return found.sort((a, b) => area(b) - area(a));
}

/** The rectangle of two lines that meet at one of its corners; null when they do not. */
function cornerOf(horizontal: Line, vertical: Line): Rect | null {
  const [fromLeft, fromRight] = [horizontal.from - vertical.at, vertical.at - horizontal.to];
  const [fromTop, fromBottom] = [vertical.from - horizontal.at, horizontal.at - vertical.to];
  const isCorner = (gap: number): boolean => gap > -RUN && gap <= CORNER;
  if (isCorner(fromLeft) === isCorner(fromRight) || isCorner(fromTop) === isCorner(fromBottom)) return null;
  const left = isCorner(fromLeft) ? vertical.at : horizontal.from;
  const right = isCorner(fromRight) ? vertical.at : horizontal.to;
  const top = isCorner(fromTop) ? horizontal.at : vertical.from;
  const bottom = isCorner(fromBottom) ? horizontal.at : vertical.to;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Of the way around `rect`, the share with a new line nearby. */
function newShare({ x, y, width, height }: Rect, across: readonly Line[], down: readonly Line[]): number {
  const along = (lines: readonly Line[], at: number, from: number, to: number): number =>
    lines.reduce(
      (most, line) =>
        Math.abs(line.at - at) > SAME
          ? most
          : Math.max(most, Math.min(to, line.to) - Math.max(from, line.from)),
      0,
    );
  const covered =
    along(across, y, x, x + width) +
    along(across, y + height, x, x + width) +
    along(down, x, y, y + height) +
    along(down, x + width, y, y + height);
  return covered / (2 * (width + height));
}

/** The longest new lines along `axis`. Steps are of green: outlines that show in red and blue alone are not met. */
function newLines({ before, after, step }: Pair, within: Rect, axis: 'x' | 'y'): Line[] {
  const isAlongX = axis === 'x';
  const [along, across] = isAlongX ? [4, 4 * before.width] : [4 * before.width, 4];
  const start = isAlongX ? within.x : within.y;
  const runs = Math.floor((isAlongX ? within.width : within.height) / RUN);
  const first = isAlongX ? within.y : within.x;
  const end = first + (isAlongX ? within.height : within.width);
  const lines: Line[] = [];
  for (let at = Math.max(1, first); at < end; at++) {
    const line = at * across + start * along;
    let from = -1;
    let last = -1;
    for (let run = 0; run <= runs; run++) {
      if (
        run < runs &&
        isNewRun(before.data, after.data, { at: line + 1 + run * RUN * along, along, across, step })
      ) {
        if (from < 0) from = run;
        last = run;
      } else if (from >= 0 && (run - last > GAP || run === runs)) {
        if (last - from + 1 >= SHORTEST)
          lines.push({ at, from: start + from * RUN, to: start + (last + 1) * RUN });
        from = -1;
      }
    }
  }
  return lines.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_LINES);
}

function isNewRun(
  before: Uint8Array,
  after: Uint8Array,
  { at, along, across, step }: { at: number; along: number; across: number; step: number },
): boolean {
  let now = 0;
  let up = 0;
  let down = 0;
  for (let i = 0; i < RUN; i += 2) {
    const p = at + i * along;
    const here = after[p] - after[p - across];
    now += here;
    if (here > 1) up++;
    else if (here < -1) down++;
    else if (i - 2 * Math.max(up, down) >= 2) return false;
  }
  if ((now > 0 ? up : down) < STRAIGHT || Math.abs(now) < (step * RUN) / 2) return false;
  let then = 0;
  for (let i = 0; i < RUN; i += 2) then += before[at + i * along] - before[at + i * along - across];
  return Math.abs(then) < 0.5 * Math.abs(now) || now < 0 !== then < 0;
}
