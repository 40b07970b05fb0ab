import { type Rect, area } from '../../core/geometry.js';
import type { Candidate } from './veil-candidate.js';

/** A menu of two lines is as high; a tooltip or a row is not. */
export const MIN_SIDE = 46;
/** Nor is it smaller than this both ways; a spinner is. */
const MIN_LENGTH = 80;
/** A menu or a popover is no larger, as a share of the region. */
const MENU_SHARE = 0.08;
/** Pixels: a popover is higher. */
const TWO_LINES = 60;
/** Pixels: two lines and a title, on a screen of double density. */
const TOAST = 130;
/** Pixels: what is higher than a bar is a dialog, however wide. */
const BAR = 100;
/** A toast keeps nearer to the border than a bar is high, as a share of the region. */
const TOAST_MARGIN = 1 / 18;
/** Pixels by which what is in the middle has more room on one side. */
const CENTRED = 32;

export function largeSlack(box: Rect, candidate: Candidate): number {
  return Math.min(menuSlack(box, candidate), Math.max(box.width, box.height) / MIN_LENGTH - 1);
}

/** The same of what is beyond doubt no spinner: a rectangle that hides what runs on around it. */
export function menuSlack(box: Rect, { region, minShare }: Candidate): number {
  return Math.min(area(box) / (minShare * area(region)) - 1, Math.min(box.width, box.height) / MIN_SIDE - 1);
}

export function isMenuSized(box: Rect, region: Rect): boolean {
  return area(box) <= MENU_SHARE * area(region);
}

/**
 * A bar (more than eight times as wide as high, and lower than 100 pixels), a line or two of text, or a toast: low, wider than two
 * of its heights and nearer to the upper or lower edge than half its height or a tenth of the picture.
 */
export function isNotice(box: Rect, region: Rect): boolean {
  const { width, height } = box;
  if (isBar(box) || (width > 3 * height && height < TWO_LINES)) return true;
  return (
    height <= TOAST && width > 2 * height && marginOf(box, region) <= Math.max(height / 2, region.height / 10)
  );
}

export function isBar({ width, height }: Rect): boolean {
  return width > 8 * height && height < BAR;
}

/** Whether a notice with a toast's shape may be a popover or a menu: it leaves a bar free, or is neither at a side nor in the middle. */
export function isOffToasts(box: Rect, candidate: Candidate): boolean {
  const { region } = candidate;
  if (largeSlack(box, candidate) < 0 || !isMenuSized(box, region) || box.height < TWO_LINES) return false;
  return marginOf(box, region) > TOAST_MARGIN * region.height || !isWhereToastsAre(box, region);
}

/** In a corner, or in the middle from side to side. */
function isWhereToastsAre({ x, width }: Rect, region: Rect): boolean {
  const left = x - region.x;
  const right = region.x + region.width - x - width;
  return Math.min(left, right) <= TOAST_MARGIN * region.width || Math.abs(left - right) <= CENTRED;
}

/** From the upper or the lower edge, whichever is nearer. */
function marginOf({ y, height }: Rect, region: Rect): number {
  return Math.min(y - region.y, region.y + region.height - y - height);
}
