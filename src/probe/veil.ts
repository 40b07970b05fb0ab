import { PixelproofError } from '../core/errors.js';
import { type Rect, area, inflate, intersect, overlaps, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { blurredPage } from './veil/blurred-page.js';
import { dimmedBorder } from './veil/dimmed-border.js';
import { meetsAtCorners } from './veil/frame-corners.js';
import { newFrame } from './veil/new-frame.js';
import { type PageDimming, pageDimming } from './veil/page-dimming.js';
import { pageSetAnew } from './veil/page-set-anew.js';
import { recoloredPage } from './veil/recolored-page.js';
import { requireSameSize } from './same-size.js';
import { scrolledPage } from './veil/scrolled-page.js';
import { type ChangedPage, changedLines } from './veil/changed-page.js';
import { recoloredPart } from './veil/recolored-part.js';
import { scrolledPart } from './veil/scrolled-part.js';
import { stayedParts } from './veil/stayed-parts.js';
import type { Judged } from './veil/veil-judge.js';
import { outlineSlack } from './veil/veil-outline.js';
import { bestCandidate, predict } from './veil/veil-search.js';
import { MIN_SIDE, isNotice } from './veil/veil-shape.js';

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
  /** Too little of the old page is left, as it was or dimmed, to speak of something laid over it; unsure when nothing is. */
  | 'page-changed'
  /** The page is dimmed, and there is no box: a loading veil. */
  | 'no-box'
  /** Something changed, but nothing with a new outline on all sides. */
  | 'no-outline'
  /** Outlined, but what was there is still to be seen: a selection, a focus ring, a hover. */
  | 'not-covering'
  /** Outlined, but it took the place of what was there: a tab's content, a panel that was filled. Unsure when nothing shows which. */
  | 'replaced'
  /** Outlined, but too much changed elsewhere: another tab, a scrolled or shifted list. */
  | 'changed-elsewhere'
  /** Outlined, but small or a strip of one line: a toast, a tooltip, a bar. Unsure where it hangs from something that changed. */
  | 'notice'
  /** What is outlined is the page that came back from below something that closed. */
  | 'closed';

export type VeilState = 'open' | 'closed' | 'unsure';

export interface Veil {
  /** `unsure` where what is to be seen fits a popup and fits something else as well. */
  readonly state: VeilState;
  /** Only when the state is `open`. */
  readonly open: boolean;
  /** The box without its shadow; when unsure that of the best candidate, if there is one; else null. */
  readonly box: Rect | null;
  /** What became of the page around: darkened (or lightened) by a backdrop, or left as it was. */
  readonly kind: 'dimmed' | 'plain' | 'none';
  /** Page after = gain * before + offset (mean of the channels, levels). 1 and 0 when not dimmed. */
  readonly gain: number;
  readonly offset: number;
  /** 0..1: how far the weakest of the criteria is from deciding otherwise; of the best candidate when closed, 1 without one, 0 when unsure. */
  readonly margin: number;
  readonly reason: VeilReason;
}

/**
 * Did a modal (dialog, menu, popover, drawer) open over the page between two pictures of one size? Open means: a new
 * rectangle that covers what was there, while the page around it stayed, dimmed (`a * I + b`, a < 1) or not. A closing
 * one is not open: its outline was in `before`. Without dimming a popup is told by the lines that ran on below its outline
 * and end there now; then one side is enough, as of a drawer. A strip at the edge of the picture (a toast) is none.
 *
 * Unsure: where a new rectangle came in the place of what was there and cuts nothing (a tab's panel, a popup that covers all
 * of it), where its outline is incomplete or but a shadow, its sides do not meet, or much changed elsewhere, where it took a place
 * between lines of the page on three sides (a docked panel) or pushed down what was there (details of a row), where a small one has a
 * toast's shape but lies where no toast does or hangs from an item that was marked (a menu of one or two lines), where a browser set the
 * letters of the page anew meanwhile, where its sides run
 * along lines that the page had (a list below its field, over other fields; a sheet below a header; a drawer beside what moved), where much else changed around what
 * is outlined and did not stand elsewhere before (a menu over a chat that moved on), where something new lies over a list that scrolled or a row that was
 * selected meanwhile, where the sides of the picture are darker by one factor and the page between them is another (a dialog over a tab that was
 * opened with it), where letters end at a new outline, where it covers nothing and is one more of its like
 * (a card below a card), where as much went as came (a dialog that was moved), and where nothing of the old page is left (another page, or a dialog over all of it; a page that scrolled as a whole or took another theme is known as
 * closed).
 *
 * Cost: 1280x720 3 to 5 ms where little changed; 10 ms where a row was selected, 40 ms where a list moved; equal pictures less. Errors: PXP_IMAGE_SIZE when the sizes differ, PXP_RECT for a region
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
  const asked = { region, minShare };
  const found = opened(before, after, asked);
  const isGone = found.reason === 'brightened' || found.reason === 'closed';
  if (found.state !== 'closed' || found.kind === 'dimmed' || isGone) return found;
  if (dimmedBorder(before, after, region) && !recoloredPage(before, after, region))
    return none('page-changed', UNCHANGED, { state: 'unsure', margin: 0 });
  return openedMeanwhile(before, after, asked) ?? found;
}

/** What opened over a page that stayed, or of which letters were set anew. */
function opened(before: ImageBuffer, after: ImageBuffer, { region, minShare }: Required<VeilOptions>): Veil {
  const page = pageDimming(before, after, { region, minSupport: DIMMED_SUPPORT });
  const isLittle = page === null || (page.gain === 1 && page.support < SET_ANEW);
  const anew = isLittle ? overSetAnew(before, after, { region, minShare }) : null;
  if (anew !== null) return anew;
  const found = search(before, after, { region, minShare, page });
  const mayBePage = found.state === 'unsure' && found.kind !== 'dimmed' && !(page && page.support >= STANDS);
  if (mayBePage && (recoloredPage(before, after, region) || scrolledPage(before, after, region)))
    return closed('page-changed', UNCHANGED, 1);
  return found;
}

/**
 * What may have opened while the page moved or took other colours in part, as a click makes it: a list that scrolled, a row that was
 * selected; null when nothing did. It is found over the page as it would look had only that happened, and never sure.
 */
function openedMeanwhile(
  before: ImageBuffer,
  after: ImageBuffer,
  { region, minShare }: Required<VeilOptions>,
): Veil | null {
  const within = changedLines(before, after, region);
  const over = ({ page, parts }: ChangedPage, fits: (box: Rect, part: Rect) => boolean): Veil | null => {
    const came = search(page, after, { region, minShare, page: LIKELY_PAGE });
    const { state, box } = came;
    if (state === 'closed' || box === null || !parts.some((part) => fits(box, part))) return null;
    return { ...came, state: 'unsure', open: false, margin: 0 };
  };
  const scrolled = scrolledPart(before, after, { region, within });
  const came = scrolled && over(scrolled, (box, part) => box.width < MOST_WIDTH * part.width);
  if (came !== null) return came;
  const recolored = recoloredPart(scrolled?.page ?? before, after, { region, within });
  return recolored && over(recolored, (box, part) => overlaps(part, inflate(box, BESIDE)));
}

function search(
  before: ImageBuffer,
  after: ImageBuffer,
  { region, minShare, page }: Required<VeilOptions> & { readonly page: PageDimming | null },
): Veil {
  if (page !== null && page.gain > 1) return closed('brightened', page, 1);
  if (page !== null && (page.gain < 1 || page.support >= MIN_SUPPORT)) {
    // Twice what nine of ten page pixels miss, between the noise of a lossless and of a strongly compressed pair.
    const tolerance = Math.min(28, Math.max(8, 2 * page.noise + 4));
    return answer(bestCandidate(before, after, { region, minShare, page, tolerance }), page);
  }
  const blurred = overBlurred(before, after, region, minShare);
  if (blurred !== null) return blurred;
  const best = bestCandidate(before, after, { region, minShare, page: UNCHANGED, tolerance: 16 });
  if (best?.state === 'open') return answer(best, UNCHANGED);
  const isUnsure = best?.state === 'unsure';
  if (!isUnsure && stayedParts(before, after, region) >= FEWEST_STAYED)
    return closed('page-changed', UNCHANGED, 1);
  if (overBlurred(after, before, region, minShare) !== null) return closed('closed', UNCHANGED, 1);
  if (isUnsure) return answer(best, UNCHANGED);
  return none('page-changed', UNCHANGED, { state: 'unsure', margin: 0 });
}

function answer(best: Judged | null, page: PageDimming): Veil {
  const dimmed = page.gain < 1;
  if (best === null) return closed(dimmed ? 'no-box' : 'unchanged', page, 1);
  const { box, state, reason, slack } = best;
  if (state === 'closed') return closed(reason, page, Math.min(1, Math.abs(slack)));
  const isOpen = state === 'open';
  return {
    ...{
      state,
      open: isOpen,
      box,
      kind: dimmed ? 'dimmed' : 'plain',
      gain: page.gain,
      offset: meanOffset(page),
    },
    margin: isOpen ? Math.min(1, slack) : 0,
    reason,
  };
}

/**
 * What is over a page whose letters a browser has set anew; null when it has not. Nothing opened where all of them are still there, or
 * where something closed; else neither is what came sure to be a popup, nor to be none.
 */
function overSetAnew(
  before: ImageBuffer,
  after: ImageBuffer,
  { region, minShare }: Required<VeilOptions>,
): Veil | null {
  const came = pageSetAnew(before, after, region);
  if (came === null) return null;
  const options = { region, minShare, page: LIKELY_PAGE };
  const found = search(came.page, after, options);
  if (found.state !== 'closed') return { ...found, state: 'unsure', open: false, margin: 0 };
  if (came.lost < FEWEST_LOST) return found;
  const went = pageSetAnew(after, before, region);
  if (went !== null && search(went.page, before, options).state !== 'closed')
    return closed('closed', UNCHANGED, 1);
  return none('page-changed', UNCHANGED, { state: 'unsure', margin: 0 });
}

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
    if (slack < 0) continue;
    // Beyond a corner what may be a side is fainter, where the box has a header of another colour.
    const isClosed = meetsAtCorners({ ...pair, step: BLURRED_STEP / 2 }, frame);
    return {
      state: isClosed ? 'open' : 'unsure',
      open: isClosed,
      box,
      kind,
      gain,
      offset,
      margin: isClosed ? Math.min(1, slack) : 0,
      reason: isClosed ? 'opened' : 'no-outline',
    };
  }
  return null;
}

/** Of what scrolled: what is as wide is a part of that. */
const MOST_WIDTH = 0.95;
/** Pixels: what opens over a row that it marks, or beside it, is no further from it. */
const BESIDE = 8;
/** From what is sharp to the sides of the box: none where those are sharp, else its padding. Pixels. */
const PADDINGS = [0, 24, 48];
/** A step of this many levels from one pixel to the next is no blurred edge of the page. */
const BLURRED_STEP = 14;
const UNDIMMED = 0.96;
/** Of its edges: a page that keeps so many in place has neither scrolled nor taken another theme. */
const STANDS = 0.75;
/** A dialog may cover most of the page, but a seventh of its edges have to be left to know the page by. */
const MIN_SUPPORT = 0.15;
/** A page that was dimmed is known by fewer: no page change scales its edges by one factor. */
const DIMMED_SUPPORT = 0.1;
/** Tiles with content that a page has to have left in place to be the same page still. */
const FEWEST_STAYED = 3;
/** A page that keeps so many as they were has not been set anew. */
const SET_ANEW = 0.5;
/** Tiles: a popup of the smallest size covers as many. */
const FEWEST_LOST = 3;
/** A page that was: letters that a browser sets anew look a little different. */
const LIKELY_PAGE: PageDimming = { gain: 1, offset: [0, 0, 0], support: 1, noise: 12 };
const UNCHANGED: PageDimming = { gain: 1, offset: [0, 0, 0], support: 1, noise: 0 };

function closed(reason: VeilReason, page: PageDimming, margin: number): Veil {
  return none(reason, page, { state: 'closed', margin });
}

function none(reason: VeilReason, page: PageDimming, answer: { state: VeilState; margin: number }): Veil {
  const kind = page.gain < 1 ? 'dimmed' : 'none';
  return { ...answer, open: false, box: null, kind, gain: page.gain, offset: meanOffset(page), reason };
}

function meanOffset({ offset }: PageDimming): number {
  return (offset[0] + offset[1] + offset[2]) / 3;
}
