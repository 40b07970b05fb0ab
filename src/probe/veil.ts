import { PixelproofError } from '../core/errors.js';
import { type Rect, area, inflate, intersect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { blurredPage } from './blurred-page.js';
import { cellGroups } from './cell-groups.js';
import { CELL, type ForeignCells, foreignCells } from './foreign-cells.js';
import { type NewFrame, type Prediction, newFrame } from './new-frame.js';
import { type PageDimming, pageDimming } from './page-dimming.js';
import { preservedShare } from './preserved-share.js';
import { requireSameSize } from './same-size.js';

export interface VeilOptions {
  /** Where to look; the whole picture by default. A box is only found with some page left around it. */
  readonly region?: Rect;
  /** The smallest box that counts, by the area of the region. Default 0.004: 61x61 at 1280x720, a menu of two lines. */
  readonly minShare?: number;
}

/** Why `veil` answered as it did. */
export type VeilReason =
  | 'opened'
  /** Nothing beyond noise changed. */
  | 'unchanged'
  /** The page got brighter: a dimmed page came back. */
  | 'brightened'
  /** Too little of the old page is left, as it was or dimmed, to speak of something laid over it. */
  | 'page-changed'
  /** The page is dimmed, and there is no box: a loading veil. */
  | 'no-box'
  /** Something changed, but nothing with a new outline on all sides. */
  | 'no-outline'
  /** Outlined, but what was there is still to be seen: a selection, a focus ring, a hover. */
  | 'not-covering'
  /** Outlined, but too much changed elsewhere: another tab, a scrolled or shifted list. */
  | 'changed-elsewhere'
  /** Outlined, but small or a strip of one line: a toast, a tooltip, a bar. */
  | 'notice'
  /** What is outlined is the page that came back from below something that closed. */
  | 'closed';

export interface Veil {
  readonly open: boolean;
  /** The box without its shadow; null when not open. */
  readonly box: Rect | null;
  /** What became of the page around: darkened (or lightened) by a backdrop, or left as it was. */
  readonly kind: 'dimmed' | 'plain' | 'none';
  /** Page after = gain * before + offset (mean of the channels, levels). 1 and 0 when not dimmed. */
  readonly gain: number;
  readonly offset: number;
  /** 0..1: how far the weakest of the criteria is from deciding otherwise; of the best candidate when not open. */
  readonly margin: number;
  readonly reason: VeilReason;
}

/**
 * Did a modal (dialog, menu, popover, drawer) open over the page between two pictures of one size? Open means: a new
 * rectangle that covers what was there, while the page around it stayed, dimmed (`a * I + b`, a < 1) or not. A closing
 * one is not open: its outline was in `before`. Without dimming a popup has an outline on three sides at least and is
 * not a strip at the edge of the picture (a toast).
 *
 * Not seen: a box that fills nearly the whole picture, and without a backdrop a drawer at
 * the picture's side or a popup in its corner. Mistaken for a popup: a page that leaves only its header and comes with a
 * framed panel amid most of the old page's edges.
 *
 * Cost: 1280x720 3 to 5 ms; equal pictures less. Errors: PXP_IMAGE_SIZE when the sizes differ, PXP_RECT for a region
 * outside, PXP_PROBE_OPTION for a `minShare` outside of 0..1.
 *
 * @example
 * const { open, box } = veil(beforeClick, afterClick);
 */
export function veil(before: ImageBuffer, after: ImageBuffer, options: VeilOptions = {}): Veil {
  const { region = sizeRect(before), minShare = 0.004 } = options;
  requireSameSize(before, after);
  requireInside(before, region);
  if (!(minShare >= 0 && minShare <= 1)) {
    throw new PixelproofError('PXP_PROBE_OPTION', 'option of veil', {
      what: 'minShare',
      expected: '0..1',
      received: String(minShare),
    });
  }
  if (Buffer.compare(before.data, after.data) === 0) return closed('unchanged', UNCHANGED, 1);
  const page = pageDimming(before, after, { region, minSupport: DIMMED_SUPPORT });
  if (page === null || (page.gain === 1 && page.support < MIN_SUPPORT))
    return overBlurred(before, after, region, minShare) ?? closed('page-changed', UNCHANGED, 1);
  if (page.gain > 1) return closed('brightened', page, 1);
  // Twice what nine of ten page pixels miss, between the noise of a lossless and of a strongly compressed pair.
  const tolerance = Math.min(28, Math.max(8, 2 * page.noise + 4));
  const prediction = predict(page);
  const cells = foreignCells(before, after, { region, prediction, tolerance });
  const dimmed = page.gain < 1;
  const groups = candidates(cells, region, minShare);
  if (dimmed) groups.push(...candidates(solid(cells), region, minShare));
  const step = Math.max(5, tolerance / 4);
  let best: Judged | null = null;
  for (const group of groups) {
    const frame = newFrame({ before, after, prediction, region, step }, group);
    const judged = judge({ before, after, region, page, cells, frame, minShare, group, step });
    if (best === null || judged.slack > best.slack) best = judged;
    if (best.reason === 'opened') break;
  }
  if (best === null) return closed(dimmed ? 'no-box' : 'unchanged', page, 1);
  if (best.reason !== 'opened') return closed(best.reason, page, Math.min(1, -best.slack));
  return {
    open: true,
    box: best.box,
    kind: dimmed ? 'dimmed' : 'plain',
    gain: page.gain,
    offset: meanOffset(page),
    margin: Math.min(1, best.slack),
    reason: 'opened',
  };
}

function candidates(cells: ForeignCells, region: Rect, minShare: number): Rect[] {
  const groups = cellGroups(cells, region).filter((group) => area(group) >= minShare * area(region));
  return groups.slice(0, MAX_CANDIDATES);
}

/** Without the cells of which a part is as it was: noise, or text that changed, does not join the box beside it. */
function solid({ counts, ...cells }: ForeignCells): ForeignCells {
  return { ...cells, counts: counts.map((count) => (count >= SOLID ? count : 0)) };
}

/** Of a cell's 16 samples. */
const SOLID = 12;
/** A box over a page that its backdrop blurs; null when there is none. */
function overBlurred(before: ImageBuffer, after: ImageBuffer, region: Rect, minShare: number): Veil | null {
  const page = blurredPage(before, after, region);
  if (page === null) return null;
  const dimming: PageDimming = {
    gain: page.gain,
    offset: [page.offset, page.offset, page.offset],
    support: 0,
    noise: 0,
  };
  const kind = page.gain < UNDIMMED ? 'dimmed' : 'plain';
  const { gain, offset } = kind === 'dimmed' ? page : { gain: 1, offset: 0 };
  for (const padding of PADDINGS) {
    const around = intersect(inflate(page.sharp, padding), region);
    const pair = { before, after, prediction: predict(dimming), region, step: BLURRED_STEP };
    const frame = newFrame(pair, around);
    const { rect: box } = frame;
    const slack = Math.min(
      outlineSlack(frame, 3),
      area(box) / (minShare * area(region)) - 1,
      Math.min(box.width, box.height) / MIN_SIDE - 1,
      isNotice(box, region) ? -1 : 1,
    );
    if (slack >= 0)
      return { open: true, box, kind, gain, offset, margin: Math.min(1, slack), reason: 'opened' };
  }
  return null;
}

/** From what is sharp to the sides of the box: none where those are sharp, else its padding. Pixels. */
const PADDINGS = [0, 24, 48];
/** A step of this many levels from one pixel to the next is no blurred edge of the page. */
const BLURRED_STEP = 14;
const UNDIMMED = 0.96;
/** A dialog may cover most of the page, but a seventh of its edges have to be left to know the page by. */
const MIN_SUPPORT = 0.15;
/** A page that was dimmed is known by fewer: no page change scales its edges by one factor. */
const DIMMED_SUPPORT = 0.1;
const MAX_CANDIDATES = 6;
const UNCHANGED: PageDimming = { gain: 1, offset: [0, 0, 0], support: 1, noise: 0 };

function closed(reason: VeilReason, page: PageDimming, margin: number): Veil {
  const kind = page.gain < 1 ? 'dimmed' : 'none';
  return { open: false, box: null, kind, gain: page.gain, offset: meanOffset(page), margin, reason };
}

function meanOffset({ offset }: PageDimming): number {
  return (offset[0] + offset[1] + offset[2]) / 3;
}

function predict({ gain, offset }: PageDimming): Prediction {
  const levelsOf = (channel: 0 | 1 | 2): Uint8Array =>
    Uint8Array.from({ length: 256 }, (_, level) =>
      Math.min(255, Math.max(0, Math.round(gain * level + offset[channel]))),
    );
  return { identity: gain === 1, levels: [levelsOf(0), levelsOf(1), levelsOf(2)] };
}

interface Judged {
  readonly box: Rect;
  /** The first criterion missed. */
  readonly reason: VeilReason;
  /** Of the weakest criterion, in its own units: 0 decides, above holds. */
  readonly slack: number;
}

interface Candidate {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  readonly region: Rect;
  readonly page: PageDimming;
  readonly cells: ForeignCells;
  readonly frame: NewFrame;
  readonly minShare: number;
  readonly group: Rect;
  readonly step: number;
}

function judge(candidate: Candidate): Judged {
  const { before, after, region, page, cells, frame, minShare } = candidate;
  const box = frame.rect;
  const dimmed = page.gain < 1;
  const outline = outlineSlack(frame, dimmed ? 1 : 3);
  const inside = foreignIn(cells, region, box);
  const kept = preservedShare(before, after, { rect: intersect(inflate(box, -4), region), gain: page.gain });
  const covering = Math.min((inside.share - 0.12) / 0.3, kept === null ? 1 : (0.4 - kept) / 0.4);
  const around = foreignIn(cells, region, inflate(box, SHADOW));
  const elsewhere = dimmed
    ? (0.15 - (cells.total - around.count) / Math.max(1, samplesIn(region) - samplesIn(around.rect))) / 0.15
    : 1 - (cells.total - around.count) / Math.max(inside.count, 0.75 * samplesIn(box));
  const large = Math.min(
    area(box) / (minShare * area(region)) - 1,
    Math.min(box.width, box.height) / MIN_SIDE - 1,
    Math.max(box.width, box.height) / MIN_LENGTH - 1,
    dimmed || !isNotice(box, region) ? 1 : -1,
  );
  const criteria: [VeilReason, number][] = [
    ['no-outline', outline],
    ['not-covering', covering],
    ['changed-elsewhere', elsewhere],
    ['notice', large],
  ];
  if (!dimmed && criteria.every(([, slack]) => slack >= 0)) criteria.push(['closed', closedSlack(candidate)]);
  return {
    box,
    reason: criteria.find(([, slack]) => slack < 0)?.[0] ?? 'opened',
    slack: Math.min(...criteria.map(([, slack]) => slack)),
  };
}

/** Above 0 with at least `least` sides away from the border, each new along half of it, all together along two thirds. */
function outlineSlack({ sides }: NewFrame, least: number): number {
  const found = sides.filter((side) => side !== null);
  if (found.length < least) return -1;
  const mean = found.reduce((sum, share) => sum + share, 0) / found.length;
  return Math.min((mean - 0.71) / 0.29, (Math.min(...found) - 0.45) / 0.55);
}

/**
 * Below 0 when something as large was outlined in `before` and is gone: then what looks new is the page that came back.
 * What a popup covers may be outlined too, but is smaller.
 */
function closedSlack({ before, after, region, frame, group, step }: Candidate): number {
  const gone = newFrame(
    { before: after, after: before, prediction: predict(UNCHANGED), region, step },
    group,
  );
  if (outlineSlack(gone, 2) < 0) return 1;
  return area(frame.rect) / area(gone.rect) - 1.1;
}

/** How far a drop shadow reaches: 40 pixels cover the deepest elevations of the usual design systems. */
const SHADOW = 40;
/** A menu of two lines is higher; a tooltip or a row is not. */
const MIN_SIDE = 44;
/** Nor is it smaller than this both ways; a spinner is. */
const MIN_LENGTH = 80;

/**
 * A bar (more than eight times as wide as high), a line or two of text, or a toast: wider than two of its heights and
 * nearer to the upper or lower edge than half its height or a tenth of the picture.
 */
function isNotice({ y, width, height }: Rect, region: Rect): boolean {
  if (width > 8 * height || (width > 3 * height && height < TWO_LINES)) return true;
  const margin = Math.min(y - region.y, region.y + region.height - y - height);
  return width > 2 * height && margin <= Math.max(height / 2, region.height / 10);
}

const TWO_LINES = 60;

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
