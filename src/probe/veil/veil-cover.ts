import { type Rect, area, inflate, intersect } from '../../core/geometry.js';
import { cellGroups } from './cell-groups.js';
import { CELL, type ForeignCells } from './foreign-cells.js';
import type { NewFrame } from './new-frame.js';
import { keepsEdges } from './recolored-page.js';
import { preservedShare } from './preserved-share.js';
import type { Candidate } from './veil-candidate.js';

/** How far a drop shadow reaches: 40 pixels cover the deepest elevations of the usual design systems. */
const SHADOW = 40;
/** Pixels beyond a side where a shadow has faded, also on a screen of double density, and the share of them that is new there. */
const SPILLED = 48;
const SPILLED_SHARE = 0.75;
/** A new line from border to border, and hardly anything changed beyond it: a sheet over rows as wide as the picture cuts none. */
export const CALM = 0.7;
/** Of the region: more may be the content of a plain page. */
const CONTENT_SHARE = 0.3;
/** Pixels beside a side: what a box hangs from is as high as a line. A codec carries the box into the next block. */
const BESIDE = 20;
const BLOCK = 8;
/** Of a side: what is marked along all of it is a row beside a row, or a shadow. */
const MOST_HUNG = 0.7;
/** From an outline to what is surely within its border. */
const BORDER = 4;

/** Above 0 where the box is new in enough places, and hides the edges that were there. */
export function coveringSlack({ before, after, region, page, cells }: Candidate, box: Rect): number {
  const { share } = foreignIn(cells, region, box);
  const rect = intersect(inflate(box, -BORDER), region);
  const keptAt = (gain: number): number => preservedShare(before, after, { rect, gain }) ?? 0;
  // What lies above a backdrop is as it was: a dialog below the one that opened.
  const kept = page.gain === 1 ? keptAt(1) : Math.max(keptAt(page.gain), keptAt(1));
  return Math.min((share - 0.05) / 0.3, (0.4 - kept) / 0.4);
}

/** What is foreign further from the box than its shadow, and the samples it could be. */
export function foreignElsewhere(
  { cells, region }: Candidate,
  box: Rect,
): { count: number; samples: number } {
  const { rect, count } = foreignIn(cells, region, inflate(box, SHADOW));
  return { count: cells.total - count, samples: samplesIn(region) - samplesIn(rect) };
}

/** 1 where all that is foreign is the box and its shadow, below 0 where more is foreign elsewhere than in the box. */
export function calmness(candidate: Candidate, box: Rect): number {
  return calmnessOf(candidate, box, foreignElsewhere(candidate, box).count);
}

/**
 * The same, but what shows the same content in other colours is not counted: a row that was selected, the title bar of a window
 * that lost the focus.
 */
export function recoloredCalmness(candidate: Candidate, box: Rect): number {
  return calmnessOf(
    candidate,
    box,
    foreignElsewhere(candidate, box).count - recoloredElsewhere(candidate, box),
  );
}

function calmnessOf({ cells, region }: Candidate, box: Rect, elsewhere: number): number {
  return 1 - elsewhere / Math.max(foreignIn(cells, region, box).count, 0.75 * samplesIn(box));
}

/** What is foreign further from the box than its shadow, in groups whose edges are where they were. */
function recoloredElsewhere({ before, after, cells, region }: Candidate, box: Rect): number {
  const shadowed = intersect(inflate(box, SHADOW), region);
  const { left, right, top, bottom } = cellsOf(shadowed, region);
  const counts = cells.counts.slice();
  for (let row = top; row < bottom; row++) {
    counts.fill(0, row * cells.columns + left, row * cells.columns + right);
  }
  const beyond = { ...cells, counts };
  return cellGroups(beyond, region)
    .filter((rect) => keepsEdges(before, after, { rect, box: shadowed }))
    .reduce((sum, rect) => sum + foreignIn(beyond, region, rect).count, 0);
}

/** Whether what changed goes on beyond a side as densely, further than a shadow: that line runs through what came. */
export function spills({ cells, region, group }: Candidate, box: Rect): boolean {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const beyond: Rect[] = [
    { ...box, y: group.y, height: box.y - group.y },
    { ...box, y: bottom, height: group.y + group.height - bottom },
    { ...box, x: group.x, width: box.x - group.x },
    { ...box, x: right, width: group.x + group.width - right },
  ];
  return beyond.some(
    (rect) =>
      Math.min(rect.width, rect.height) >= SPILLED &&
      foreignIn(cells, region, rect).count > SPILLED_SHARE * samplesIn(rect),
  );
}

/**
 * Whether the box hangs from something: beside one of its sides, and no other, a part changed, too, as the item of a menu bar is marked
 * above the menu it opens. A shadow lies along more.
 */
export function hangs(candidate: Candidate, box: Rect): boolean {
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const depth = BESIDE - BLOCK;
  const beside: Rect[] = [
    { ...box, y: box.y - BESIDE, height: depth },
    { ...box, y: bottom + BLOCK, height: depth },
    { ...box, x: box.x - BESIDE, width: depth },
    { ...box, x: right + BLOCK, width: depth },
  ];
  const shares = beside.map((rect) => changedAlong(candidate, rect)).filter((share) => share > 0);
  return shares.length === 1 && shares[0] <= MOST_HUNG;
}

/** Of the lines across a strip, those on which something changed. */
function changedAlong({ before, after, region, tolerance }: Candidate, strip: Rect): number {
  const { x, y, width, height } = intersect(strip, region);
  const isTall = strip.height > strip.width;
  const changed = new Set<number>();
  for (let py = y; py < y + height; py++) {
    for (let px = x; px < x + width; px++) {
      const p = 4 * (py * before.width + px);
      if ([0, 1, 2].some((c) => Math.abs(after.data[p + c] - before.data[p + c]) > tolerance))
        changed.add(isTall ? py : px);
    }
  }
  return changed.size / Math.max(strip.width, strip.height);
}

/**
 * Whether what cuts nothing may be the page's own: it came in the place of content and is no menu, or it is
 * so large that on a plain page it may be the content.
 */
export function mayFill(candidate: Candidate, frame: NewFrame, isMenu: boolean): boolean {
  if (!isMenu && !wasPlain(candidate, frame.rect)) return true;
  return area(frame.rect) > CONTENT_SHARE * area(candidate.region);
}

/** Whether there was nothing in the place of the box. */
export function wasPlain({ before, after, region }: Candidate, box: Rect): boolean {
  const rect = intersect(inflate(box, -BORDER), region);
  return preservedShare(before, after, { rect, gain: 1 }) === null;
}

function cellsOf(rect: Rect, region: Rect) {
  return {
    left: Math.round((rect.x - region.x) / CELL),
    right: Math.round((rect.x + rect.width - region.x) / CELL),
    top: Math.round((rect.y - region.y) / CELL),
    bottom: Math.round((rect.y + rect.height - region.y) / CELL),
  };
}

function foreignIn({ columns, counts }: ForeignCells, region: Rect, rect: Rect) {
  const within = intersect(rect, region);
  const { left, right, top, bottom } = cellsOf(within, region);
  let count = 0;
  let cells = 0;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const samples = counts[row * columns + column];
      count += samples;
      if (samples >= 2) cells++;
    }
  }
  return { rect: within, count, share: cells / Math.max(1, (right - left) * (bottom - top)) };
}

function samplesIn(rect: Rect): number {
  return area(rect) / 4;
}
