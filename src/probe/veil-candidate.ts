import { type Rect, area, inflate, intersect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { CELL, type ForeignCells } from './foreign-cells.js';
import { type NewFrame, type Prediction, newFrame } from './new-frame.js';
import { type Occlusion, occlusion } from './occlusion.js';
import type { PageDimming } from './page-dimming.js';
import { preservedShare } from './preserved-share.js';
import type { VeilReason, VeilState } from './veil.js';

export interface Candidate {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  readonly region: Rect;
  readonly page: PageDimming;
  readonly prediction: Prediction;
  readonly tolerance: number;
  readonly cells: ForeignCells;
  readonly minShare: number;
  /** The box of what is foreign here. */
  readonly group: Rect;
}

export interface Judged {
  readonly box: Rect;
  readonly state: VeilState;
  /** The first criterion missed. */
  readonly reason: VeilReason;
  /** Of the weakest criterion, in its own units: 0 decides, above holds. */
  readonly slack: number;
}

/** Whether the foreign cells in `group` are something laid over the page. */
export function judgeCandidate(candidate: Candidate): Judged {
  return candidate.page.gain < 1 ? judgeDimmed(candidate) : judgePlain(candidate);
}

/** A backdrop says already that something is there: the criteria only tell the box from the rest. */
function judgeDimmed(candidate: Candidate): Judged {
  const { before, after, prediction, region, cells, group } = candidate;
  const frame = newFrame({ before, after, prediction, region, step: stepOf(candidate) }, group);
  const { rect: box } = frame;
  const around = foreignIn(cells, region, inflate(box, SHADOW));
  const outside = samplesIn(region) - samplesIn(around.rect);
  const criteria: Criteria = [
    ['no-outline', outlineSlack(frame, 1)],
    ['not-covering', coveringSlack(candidate, box)],
    ['changed-elsewhere', (0.15 - (cells.total - around.count) / Math.max(1, outside)) / 0.15],
    ['notice', largeSlack(box, candidate)],
  ];
  const { reason, slack } = weakest(criteria);
  const state = reason === 'opened' ? 'open' : reason === 'notice' ? 'closed' : 'unsure';
  return { box, state, reason, slack };
}

/**
 * Over a page that stays as it was a popup is told from a page's own new parts by what it covers: lines that ran on below
 * its outline end there. What replaces something else tears them on both sides, what is filled in has none.
 */
function judgePlain(candidate: Candidate): Judged {
  const { before, after, prediction, region, cells, group, tolerance } = candidate;
  const step = stepOf(candidate);
  const frame = newFrame({ before, after, prediction, region, step }, group);
  const { rect: box } = frame;
  const edge = Math.max(LEAST_EDGE, tolerance);
  const lines = occlusion(before, after, { rect: box, region, edge });
  const isCut = cutsMost(lines);
  const covering = coveringSlack(candidate, box);
  const around = foreignIn(cells, region, inflate(box, SHADOW));
  const inside = foreignIn(cells, region, box);
  const elsewhere = 1 - (cells.total - around.count) / Math.max(inside.count, 0.75 * samplesIn(box));
  const whole = outlineSlack(frame, 3);
  const outline = isCut && elsewhere >= CALM ? Math.max(whole, occludedSlack(frame)) : whole;
  const large = Math.min(largeSlack(box, candidate), isNotice(box, region) ? -1 : 1);
  const replaced = lines.torn >= MANY_LINES && lines.torn > 4 * lines.cut ? -1 : 1;
  const criteria: Criteria = [
    ['no-outline', outline],
    ['not-covering', covering],
    ['notice', large],
    ['replaced', replaced],
    ['changed-elsewhere', elsewhere],
  ];
  const likely = Math.min(covering, large, replaced) >= 0;
  const isPartly = likely && (mayCover(lines) || (elsewhere >= CALM && occludedSlack(frame) >= CLEAR_SIDES));
  let isNearly = likely && elsewhere >= CALM && outline > -NEARLY;
  let isContested = false;
  if (likely && (outline >= 0 || isPartly || isNearly)) {
    const gone = newFrame({ before: after, after: before, prediction, region, step }, group);
    const back = occlusion(after, before, { rect: gone.rect, region, edge });
    criteria.unshift(['closed', closedSlack({ frame, lines }, { frame: gone, lines: back })]);
    isContested = outlineSlack(gone, 1) > outlineSlack(frame, 1) + CLEARLY;
    isNearly &&= lines.cut > back.cut && outlineSlack(gone, 2) < outline;
  }
  const { reason, slack } = weakest(criteria);
  if (reason === 'opened') {
    const isMenu =
      area(box) <= MENU_SHARE * area(region) && elsewhere >= CALM && outlineSlack(frame, 4) >= WHOLE;
    const isUnclear =
      isContested ||
      spills(candidate, box) ||
      4 * lines.torn > lines.cut ||
      (lines.cut < FEW_LINES && mayFill(candidate, { frame, isMenu }));
    return isUnclear
      ? { box, state: 'unsure', reason: 'replaced', slack: 0 }
      : { box, state: 'open', reason, slack };
  }
  const isPale = reason === 'not-covering' && Math.min(outline, large, elsewhere) >= 0 && mayCover(lines);
  if (isPale || ((isPartly || isNearly) && (reason === 'changed-elsewhere' || reason === 'no-outline')))
    return { box, state: 'unsure', reason, slack };
  if (reason === 'notice' && elsewhere >= CALM && mayHang(box, candidate))
    return { box, state: 'unsure', reason, slack };
  const mayBeFaint = reason === 'no-outline' || reason === 'replaced';
  if (mayBeFaint && Math.min(covering, large) >= 0 && elsewhere >= CALM && endsLines(candidate, edge))
    return { box: group, state: 'unsure', reason: 'no-outline', slack };
  return { box, state: 'closed', reason, slack };
}

/** Whether lines end at what is foreign, however faint its outline: a popup in the colours of the page it lies on. */
function endsLines({ before, after, region, group }: Candidate, edge: number): boolean {
  const around = { rect: group, region, edge, near: CELL + INSIDE_CELL };
  const { cut, torn } = occlusion(before, after, around);
  return cut >= MANY_LINES && cut > 2 * torn && cut > 2 * occlusion(after, before, around).cut;
}

type Criteria = [VeilReason, number][];

function weakest(criteria: Criteria): { reason: VeilReason; slack: number } {
  const reason = criteria.find(([, slack]) => slack < 0)?.[0] ?? 'opened';
  return { reason, slack: Math.min(...criteria.map(([, slack]) => slack)) };
}

function stepOf({ tolerance }: Candidate): number {
  return Math.max(5, tolerance / 4);
}

/** A line across the outline steps by this many levels at least; the fainter borders of themes do by 17. */
const LEAST_EDGE = 10;
/** A line gives two pixels of the outline, its upper and its lower step, a line of text more; fewer may be chance. */
const FEW_LINES = 3;
const MANY_LINES = 6;
/** A new line from border to border, and hardly anything changed beyond it: a sheet over rows as wide as the picture cuts none. */
const CALM = 0.7;
/** A menu may lie within the widget it belongs to and cut nothing: it is small, and whole. */
const MENU_SHARE = 0.08;
const WHOLE = 0.8;
const CLEAR_SIDES = 0.5;
/** An outline that misses by this little may be one. */
const NEARLY = 0.15;
/** Pixels beyond a side, and the share of them that is new, where a shadow has faded. */
const SPILLED = 28;
const SPILLED_SHARE = 0.75;
/** What went was outlined that much better than what came: perhaps it closed. */
const CLEARLY = 0.3;
/** Within the cells at the border of a group the outline lies somewhere. */
const INSIDE_CELL = 4;

function cutsMost({ cut, torn, through }: Occlusion): boolean {
  return cut >= MANY_LINES && cut >= 0.6 * (cut + torn + through);
}

function mayCover({ cut, torn, through }: Occlusion): boolean {
  return cut >= FEW_LINES && cut >= 0.6 * (cut + torn + through);
}

/** Above 0 with at least `least` sides away from the border, each new along half of it, all together along two thirds. */
export function outlineSlack({ sides }: NewFrame, least: number): number {
  const found = sides.filter((side) => side !== null);
  if (found.length < least) return -1;
  const mean = found.reduce((sum, share) => sum + share, 0) / found.length;
  return Math.min((mean - 0.71) / 0.29, (Math.min(...found) - 0.45) / 0.55);
}

/** Of what cuts lines one side may do, as of a drawer. */
function occludedSlack({ rect, sides }: NewFrame): number {
  const lengths = [rect.height, rect.height, rect.width, rect.width];
  const found = sides.flatMap((share, i) => (share === null ? [] : [{ share, length: lengths[i] }]));
  if (found.length === 0) return -1;
  const whole = found.reduce((sum, { length }) => sum + length, 0);
  const clear = found.reduce((sum, { share, length }) => sum + (share >= 0.6 ? length : 0), 0);
  return Math.min(
    (clear / whole - 0.5) / 0.5 + 0.001,
    (Math.min(...found.map(({ share }) => share)) - 0.45) / 0.55,
  );
}

interface Outlined {
  readonly frame: NewFrame;
  readonly lines: Occlusion;
}

/** Below 0 when something was there that is gone: then what looks new is the page that came back from below it. */
function closedSlack(came: Outlined, gone: Outlined): number {
  if (cutsMost(gone.lines) && gone.lines.cut > came.lines.cut && occludedSlack(gone.frame) >= 0) return -1;
  if (cutsMost(came.lines) && came.lines.cut > 2 * gone.lines.cut) return 1;
  // What a popup covers may be outlined, too, but is smaller.
  if (outlineSlack(gone.frame, 2) < 0) return 1;
  return area(came.frame.rect) / area(gone.frame.rect) - 1.1;
}

function coveringSlack({ before, after, region, page, cells }: Candidate, box: Rect): number {
  const inside = foreignIn(cells, region, box);
  const rect = intersect(inflate(box, -4), region);
  // What lies above the backdrop is as it was: a dialog below the one that opened.
  const kept = Math.max(...[page.gain, 1].map((gain) => preservedShare(before, after, { rect, gain }) ?? -1));
  return Math.min((inside.share - 0.12) / 0.3, kept < 0 ? 1 : (0.4 - kept) / 0.4);
}

/** Whether what changed goes on beyond a side as densely, further than a shadow: that line runs through what came. */
function spills({ cells, region, group }: Candidate, box: Rect): boolean {
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
 * Whether what cuts nothing may be the page's own: it came in the place of content, it is so large that on a plain page it
 * may be the content, or it filled a place that was outlined and empty.
 */
function mayFill(candidate: Candidate, { frame, isMenu }: { frame: NewFrame; isMenu: boolean }): boolean {
  const { before, after, region } = candidate;
  const rect = intersect(inflate(frame.rect, -4), region);
  if (preservedShare(before, after, { rect, gain: 1 }) !== null) return !isMenu;
  return area(frame.rect) > CONTENT_SHARE * area(region) || hadOutline(candidate, frame);
}

const CONTENT_SHARE = 0.3;

/** Whether the same rectangle was outlined before, however faintly: the place kept for a picture that has loaded. */
function hadOutline({ before, region }: Candidate, { rect }: NewFrame): boolean {
  const was = newFrame({ before, after: before, prediction: NOTHING, region, step: FAINT }, rect);
  return outlineSlack(was, 4) >= 0 && area(intersect(was.rect, rect)) > SAME * area(rect);
}

/** Beside no page at all each edge is new. */
const NO_LEVELS = new Uint8Array(256);
const NOTHING: Prediction = { identity: false, levels: [NO_LEVELS, NO_LEVELS, NO_LEVELS] };
const FAINT = 3;
const SAME = 0.95;

/** A menu of two lines is higher; a tooltip or a row is not. */
export const MIN_SIDE = 44;
/** Nor is it smaller than this both ways; a spinner is. */
const MIN_LENGTH = 80;

function largeSlack(box: Rect, { region, minShare }: Candidate): number {
  return Math.min(
    area(box) / (minShare * area(region)) - 1,
    Math.min(box.width, box.height) / MIN_SIDE - 1,
    Math.max(box.width, box.height) / MIN_LENGTH - 1,
  );
}

/**
 * A bar (more than eight times as wide as high), a line or two of text, or a toast: low, wider than two of its heights and
 * nearer to the upper or lower edge than half its height or a tenth of the picture.
 */
export function isNotice({ y, width, height }: Rect, region: Rect): boolean {
  if (width > 8 * height || (width > 3 * height && height < TWO_LINES)) return true;
  if (height > TOAST) return false;
  const margin = Math.min(y - region.y, region.y + region.height - y - height);
  return width > 2 * height && margin <= Math.max(height / 2, region.height / 10);
}

/** A popover of a bar's button has a toast's shape, but leaves the bar free: toasts keep nearer to the border than a bar is high. */
function mayHang(box: Rect, candidate: Candidate): boolean {
  const { region } = candidate;
  const margin = Math.min(box.y - region.y, region.y + region.height - box.y - box.height);
  return (
    largeSlack(box, candidate) >= 0 &&
    area(box) <= MENU_SHARE * area(region) &&
    box.height >= TWO_LINES &&
    margin > TOAST_MARGIN * region.height
  );
}

const TOAST_MARGIN = 1 / 18;
const TWO_LINES = 60;
/** Pixels: two lines and a title, on a screen of double density. */
const TOAST = 130;
/** How far a drop shadow reaches: 40 pixels cover the deepest elevations of the usual design systems. */
const SHADOW = 40;

function foreignIn({ columns, counts }: ForeignCells, region: Rect, rect: Rect) {
  const within = intersect(rect, region);
  const left = Math.round((within.x - region.x) / CELL);
  const right = Math.round((within.x + within.width - region.x) / CELL);
  const top = Math.round((within.y - region.y) / CELL);
  const bottom = Math.round((within.y + within.height - region.y) / CELL);
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
