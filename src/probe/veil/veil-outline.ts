import { type Rect, area, intersect } from '../../core/geometry.js';
import { NO_PAGE, type NewFrame, newEdge } from './new-frame.js';
import type { Candidate, Outlined } from './veil-candidate.js';
import { cutsMost } from './veil-lines.js';

/** Above 0 with at least `least` sides away from the border, each new along half of it, all together along two thirds. */
export function outlineSlack({ sides }: NewFrame, least: number): number {
  const found = sides.filter((side) => side !== null);
  if (found.length < least) return -1;
  const mean = found.reduce((sum, share) => sum + share, 0) / found.length;
  return Math.min((mean - 0.71) / 0.29, (Math.min(...found) - 0.45) / 0.55);
}

/**
 * Above 0 where all sides but one are new along their whole length, and that one lies on a line of the page: a menu that begins
 * where its window does.
 */
export function flushSlack({ after, region }: Candidate, { rect, sides }: NewFrame): number {
  const weak = sides.flatMap((share, i) => (share !== null && share < FLUSH ? [i] : []));
  if (weak.length !== 1 || sides.includes(null)) return -1;
  return (edgeShare({ after, region }, rect, { i: weak[0] }) - FLUSH) / (1 - FLUSH);
}

/** Of side `i` (left, right, top, bottom), that is an edge, whether the page had it or not; `off`: so many pixels from it. */
function edgeShare(
  { after, region }: Pick<Candidate, 'after' | 'region'>,
  rect: Rect,
  { i, off = 0 }: { readonly i: number; readonly off?: number },
): number {
  const [axis, length] = i < 2 ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const at = rect[axis] + (i % 2 === 0 ? 0 : rect[length]) + off;
  return newEdge({ before: after, after, prediction: NO_PAGE, region, step: FAINT }, { rect, axis, at })
    .share;
}

/** Of what cuts lines one side may do, as of a drawer. */
export function occludedSlack({ rect, sides }: NewFrame): number {
  const lengths = [rect.height, rect.height, rect.width, rect.width];
  const found = sides.flatMap((share, i) => (share === null ? [] : [{ share, length: lengths[i] }]));
  if (found.length === 0) return -1;
  const whole = found.reduce((sum, { length }) => sum + length, 0);
  const clear = found.reduce((sum, { share, length }) => sum + (share >= CLEAR ? length : 0), 0);
  return Math.min(
    (clear / whole - 0.5) / 0.5 + 0.001,
    (Math.min(...found.map(({ share }) => share)) - 0.45) / 0.55,
  );
}

/** Below 0 when something was there that is gone: then what looks new is the page that came back from below it. */
export function closedSlack(came: Outlined, gone: Outlined): number {
  const isBetter = outlineSlack(came.frame, 2) > outlineSlack(gone.frame, 2) + CLEARLY;
  if (!isBetter && cutsMost(gone.lines) && gone.lines.cut > came.lines.cut && occludedSlack(gone.frame) >= 0)
    return -1;
  if (cutsMost(came.lines) && came.lines.cut > 2 * gone.lines.cut) return 1;
  // What a popup covers may be outlined, too, but is smaller.
  if (outlineSlack(gone.frame, 2) < 0) return 1;
  return area(came.frame.rect) / area(gone.frame.rect) - 1.1;
}

/** How many sides are new along their whole length. */
export function wholeSides({ sides }: NewFrame): number {
  return sides.filter((share) => share !== null && share >= FLUSH).length;
}

/** How many sides of the rectangle were edges before, however faint: of the place kept for a picture that has loaded all are. */
export function sidesBefore({ before, region }: Candidate, { rect }: NewFrame): number {
  return [0, 1, 2, 3].filter((i) => isEdge({ after: before, region }, rect, i)).length;
}

/**
 * Whether all sides away from the border are edges now, and three of them came for the most part: a list hangs from its field, and its
 * sides may run along those of others. What goes from one line of the page to another is what was filled between them.
 */
export function isNewBox({ before, after, region }: Candidate, { rect, sides }: NewFrame): boolean {
  const came = sides.filter((share) => share !== null && share >= PARTLY);
  if (came.length < 3 || !sides.every((share, i) => share === null || isEdge({ after, region }, rect, i)))
    return false;
  const was = sides.map(
    (share, i) => share !== null && share < WHOLE && isEdge({ after: before, region }, rect, i, ALIGNED),
  );
  return !(was[0] && was[1]) && !(was[2] && was[3]);
}

/**
 * Whether two opposite sides go on, far beyond one of their ends, as lines that the page had: a table that grew. The sides of a list may go
 * on along those of the field it hangs from, which is lower.
 */
export function goesOn({ before, after, region }: Candidate, { rect }: NewFrame): boolean {
  const { x, y, width, height } = rect;
  const beyond = [
    { strip: { ...rect, y: y - BEYOND, height: BEYOND }, sides: [0, 1] },
    { strip: { ...rect, y: y + height, height: BEYOND }, sides: [0, 1] },
    { strip: { ...rect, x: x - BEYOND, width: BEYOND }, sides: [2, 3] },
    { strip: { ...rect, x: x + width, width: BEYOND }, sides: [2, 3] },
  ];
  return beyond.some(
    ({ strip, sides }) =>
      area(intersect(strip, region)) === area(strip) &&
      sides.every(
        (i) =>
          isEdge({ after: before, region }, strip, i, ALIGNED) &&
          isEdge({ after, region }, strip, i, ALIGNED),
      ),
  );
}

/** Whether it goes from border to border and has a new line above or below: at its other end it may lie on one that the page had. */
export function isNewSheet({ sides: [left, right, ...ends] }: NewFrame): boolean {
  return left === null && right === null && ends.some((share) => share !== null && share >= SHEET);
}

/** Whether a line along side `i` goes through all of `rect`. */
export function isCrossed(picture: Pick<Candidate, 'after' | 'region'>, rect: Rect, i: number): boolean {
  return firstCrossing(picture, rect, { i, from: 1 }) !== null;
}

/** How far within side `i`, and no nearer than `from`, such a line is. */
export function firstCrossing(
  picture: Pick<Candidate, 'after' | 'region'>,
  rect: Rect,
  { i, from }: { readonly i: number; readonly from: number },
): number | null {
  const depth = i < 2 ? rect.width : rect.height;
  const inwards = i % 2 === 0 ? 1 : -1;
  for (let off = from; off < depth; off++)
    if (edgeShare(picture, rect, { i, off: inwards * off }) >= FLUSH) return off;
  return null;
}

/** Whether side `i` of `rect`, give or take what a codec moves it by, is an edge in the picture. */
export function isEdge(
  picture: Pick<Candidate, 'after' | 'region'>,
  rect: Rect,
  i: number,
  near: readonly number[] = NEAR,
): boolean {
  return near.some((off) => edgeShare(picture, rect, { i, off }) >= FLUSH);
}

const FAINT = 3;
/** A line takes two pixels where it is anti-aliased. */
export const ALIGNED = [0, 1, -1];
/** A codec moves a side by so many pixels. */
const NEAR = [0, 1, -1, 2, -2, 3, -3, 4, -4];
/** Pixels: a field is lower, on a screen twice as dense. */
const BEYOND = 96;
/** Of a side on a line of the page, that is an edge. */
const FLUSH = 0.9;
/** Of a side that no line of the page lay along. */
const WHOLE = 0.98;
const CLEAR = 0.6;
/** What is the better outlined by this is so whatever a codec does. */
export const CLEARLY = 0.3;
/** Of a side that runs along others, that is new between them; the rest counts a quarter. */
const PARTLY = 0.45;
/** Of a sheet's side, that is new: letters that it cuts may stand where it ends. */
const SHEET = 0.85;
