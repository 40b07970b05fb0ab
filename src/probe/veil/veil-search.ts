import { type Rect, area, enclosing, inflate, intersect, overlaps } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { cellGroups } from './cell-groups.js';
import { type ForeignCells, foreignCells } from './foreign-cells.js';
import { cutsLetters } from './cut-letters.js';
import type { Prediction } from './new-frame.js';
import { newRectangles } from './new-rectangles.js';
import type { PageDimming } from './page-dimming.js';
import { type Candidate, edgeOf } from './veil-candidate.js';
import { drawerIn } from './veil-drawer.js';
import { recoloredCalmness } from './veil-cover.js';
import { stoodElsewhere } from './moved-content.js';
import { type Judged, judgeCandidate, standsApart } from './veil-judge.js';
import { MIN_SIDE } from './veil-shape.js';
import type { VeilState } from '../veil.js';

export interface Search {
  readonly region: Rect;
  readonly minShare: number;
  readonly page: PageDimming;
  readonly tolerance: number;
}

/**
 * The group of changed cells, or the rectangle within one, that is the likeliest to have been laid over the page; null where none
 * is large enough.
 */
export function bestCandidate(before: ImageBuffer, after: ImageBuffer, search: Search): Judged | null {
  const { region, minShare, page, tolerance } = search;
  const prediction = predict(page);
  const cells = foreignCells(before, after, { region, prediction, tolerance });
  const groups = cellGroups(cells, region);
  const isLarge = (group: Rect): boolean => area(group) >= minShare * area(region);
  const candidates = groups.filter(isLarge).slice(0, MAX_CANDIDATES);
  if (page.gain < 1)
    candidates.push(...cellGroups(solid(cells), region).filter(isLarge).slice(0, MAX_CANDIDATES));
  const all = { before, after, ...search, prediction, cells };
  let best: Judged | null = null;
  const boxes: Rect[] = [];
  const whole = new Set<Rect>();
  for (const group of candidates) {
    const judged = judgeCandidate({ ...all, group });
    boxes.push(judged.box);
    // What seems to have opened within a place that was filled is a part of that.
    if (best !== null && isWhole(best) && isAround(best.box, judged.box)) continue;
    if (best === null || isBetter(judged, best)) best = judged;
    if (best.state === 'open') return best;
    if (isWhole(judged)) whole.add(group);
  }
  if (page.gain < 1) return best;
  const parts = groups.filter((group) => !whole.has(group)).slice(0, MAX_PARTS);
  const within = rectanglesWithin(all, parts);
  const found = openedWithin(all, parts, judgedOf(all, within)) ?? mayBeDrawer(all, groups) ?? best;
  if (found?.state !== 'closed') return found;
  boxes.push(...within.flat().slice(0, MAX_COVERING));
  const box = boxes.find((each) => cutsLetters(all, each));
  return box === undefined ? found : { box, state: 'unsure', reason: 'no-outline', slack: 0 };
}

function mayBeDrawer(candidate: Page, groups: readonly Rect[]): Judged | null {
  const box = groups.map((group) => drawerIn({ ...candidate, group })).find((found) => found !== null);
  return box === undefined ? null : { box, state: 'unsure', reason: 'no-outline', slack: 0 };
}

/** Outlined all around, but perhaps the page's own: what is new within is a part of it. */
function isWhole({ state, reason }: Judged): boolean {
  return state === 'unsure' && reason !== 'no-outline';
}

/**
 * What opened, or may have opened, within a group, which holds more than that: a row that was selected, a title bar that lost its
 * focus. Beyond it the page is as it was, and no larger box went there: else it is a part of the page that was below that.
 */
function openedWithin(
  candidate: Page,
  groups: readonly Rect[],
  came: ReturnType<typeof judgedOf>,
): Judged | null {
  const likeliest = (wanted: VeilState, calm: number) =>
    came.find(
      ({ state, box, group }) => state === wanted && recoloredCalmness({ ...candidate, group }, box) >= calm,
    );
  const opened =
    likeliest('open', QUITE_CALM) ??
    likeliest('unsure', LEAST_CALM) ??
    came.find((each) => isApart(candidate, each));
  if (opened === undefined) return null;
  const { box } = opened;
  const whole = came.find((other) => isWhole(other) && isAround(other.box, box));
  if (whole !== undefined) return whole;
  const swapped = { ...candidate, before: candidate.after, after: candidate.before };
  const went = [
    ...groups.map((group) => judge(swapped, group)),
    ...judgedOf(swapped, rectanglesWithin(swapped, groups)),
  ].filter((other) => other.state !== 'closed' && other.slack >= 0 && isAround(other.box, box));
  if (went.length === 0) return { ...opened, state: opened.state === 'open' ? 'open' : 'unsure' };
  const hasClosed = went.some(({ state }) => state === 'open');
  return { box, state: hasClosed ? 'closed' : 'unsure', reason: 'closed', slack: 0 };
}

/** Whether what much else changed around is a box of its own, and did not stand elsewhere before: it may be no part of that. */
function isApart(candidate: Page, { group, box, reason }: ReturnType<typeof judge>): boolean {
  if (reason !== 'replaced' && reason !== 'changed-elsewhere') return false;
  return standsApart({ ...candidate, group }) && !stoodElsewhere(candidate, box);
}

function isAround(other: Rect, box: Rect): boolean {
  return area(other) > area(box) && overlaps(other, box);
}

function judge(candidate: Page, group: Rect): Judged & { readonly group: Rect } {
  return { ...judgeCandidate({ ...candidate, group }), group };
}

/** New rectangles of each group, the largest first. */
function rectanglesWithin(candidate: Page, groups: readonly Rect[]): Rect[][] {
  const { before, after, tolerance } = candidate;
  const pair = { before, after, step: edgeOf(tolerance) };
  return joined(groups)
    .filter(({ width, height }) => Math.min(width, height) >= MIN_SIDE)
    .map((group) => newRectangles(pair, intersect(padded(group), candidate.region)));
}

function judgedOf(candidate: Page, within: readonly Rect[][]): ReturnType<typeof judge>[] {
  return within
    .flatMap((rects) => rects.slice(0, MAX_WITHIN))
    .map((rect) => judge(candidate, inflate(rect, AROUND)));
}

function padded({ x, y, width, height }: Rect): Rect {
  return { x: x - PADDING.x, y: y - PADDING.y, width: width + 2 * PADDING.x, height: height + 2 * PADDING.y };
}

type Page = Omit<Candidate, 'group'>;

/** Those that lie side by side as one: of a popup in the colour of the page, text and borders alone have changed. */
function joined(groups: readonly Rect[]): Rect[] {
  const all: Rect[] = [];
  for (const group of groups) {
    const near = (other: Rect): boolean => area(intersect(inflate(other, NEAR), rect)) > 0;
    let rect = group;
    for (let i = all.findIndex(near); i >= 0; i = all.findIndex(near))
      rect = enclosing([all.splice(i, 1)[0], rect]);
    all.push(rect);
  }
  return all;
}

const RANK = { open: 2, unsure: 1, closed: 0 };

function isBetter(one: Judged, other: Judged): boolean {
  return RANK[one.state] === RANK[other.state]
    ? one.slack > other.slack
    : RANK[one.state] > RANK[other.state];
}

/** Without the cells of which a part is as it was: noise, or text that changed, does not join the box beside it. */
function solid({ counts, ...cells }: ForeignCells): ForeignCells {
  return { ...cells, counts: counts.map((count) => (count >= SOLID ? count : 0)) };
}

/** What the page below would look like. */
export function predict({ gain, offset }: PageDimming): Prediction {
  const levelsOf = (channel: 0 | 1 | 2): Uint8Array =>
    Uint8Array.from({ length: 256 }, (_, level) =>
      Math.min(255, Math.max(0, Math.round(gain * level + offset[channel]))),
    );
  return { identity: gain === 1, levels: [levelsOf(0), levelsOf(1), levelsOf(2)] };
}

/** Of a cell's 16 samples. */
const SOLID = 12;
const MAX_CANDIDATES = 6;
/** Groups in which a popup may have opened, the largest first: its text and its borders are some of them. */
const MAX_PARTS = 24;
/** Enough for what is outlined all around, though more changed beyond it: an entry that lost the focus does so along its border. */
const QUITE_CALM = 0.3;
/** Enough to doubt that nothing opened: no more changed beyond it than in it. */
const LEAST_CALM = 0;
/** Rectangles of one group that are judged, the largest first. */
const MAX_WITHIN = 4;
/** Rectangles that are looked at for what ends at them. */
const MAX_COVERING = 24;
/** Of text and borders of one popup, in pixels: what a menu's item opens is marked at its other end. */
const NEAR = 64;
/** From the text of a popup to its border, which is too thin to be seen as a cell: a menu may be much wider. Pixels. */
const PADDING = { x: 200, y: 40 };
/** The sides of a rectangle lie within so many pixels of where its lines end. */
const AROUND = 4;
