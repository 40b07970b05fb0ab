import { type Rect, area } from '../../core/geometry.js';
import { stepAt } from './edge-places.js';
import { type FramePair, newEdge } from './new-frame.js';
import { type Candidate, pairOf } from './veil-candidate.js';
import { MIN_SIDE, isNotice } from './veil-shape.js';

/** A green step this high over two pixels is a part of a letter. */
const EDGE = 24;
const GREEN = 1;
const PIXEL = 4;
/** Pixels that such a step goes over. */
const OVER = 2;
/** Of its height, that letters of another colour keep. */
const FADED = 0.3;
/** From a side, pixels: beyond a border, and no further than a letter or the next one. */
const FROM = 3;
const TO = 11;
/** Of a side, that is new where letters end at it. */
const NEW = 0.6;
/** Lines of pixels in which letters end at the sides: a word has more. */
const FEWEST_CUT = 12;
/** So many times those that end are more than those that are gone on both sides, or go on. */
const MOSTLY = 3;
/** And than those that ended before what closed. */
const TWICE = 2;

/**
 * Whether letters end at the new sides of a box, of which what is outside is as it was: something lies on them, whatever else changed.
 * What replaces a part of the page, or is filled in, ends between letters; what closed ended as many. Letters that took another colour
 * go on.
 * Cost: nine lines of pixels along each new side, inside and outside, twice where letters end.
 */
export function cutsLetters(candidate: Omit<Candidate, 'group'>, box: Rect): boolean {
  const { region, minShare } = candidate;
  if (Math.min(box.width, box.height) < MIN_SIDE || isNotice(box, region)) return false;
  if (area(box) < minShare * area(region)) return false;
  const pair = pairOf(candidate);
  const sides = [0, 1, 2, 3].map((side) => sideOf(pair, box, side));
  const came = cuts(
    pair,
    sides.filter(({ axis, at }) => newEdge(pair, { rect: box, axis, at }).share >= NEW),
  );
  if (came.cut < FEWEST_CUT || came.cut < MOSTLY * came.other) return false;
  const went = cuts({ ...pair, before: pair.after, after: pair.before }, sides);
  return came.cut > TWICE * went.cut;
}

interface Side {
  readonly axis: 'x' | 'y';
  readonly at: number;
  /** The first place along it, in bytes, and how many there are. */
  readonly start: number;
  readonly length: number;
  /** From one place to the next, and to the next pixel outwards. */
  readonly along: number;
  readonly out: number;
}

function sideOf({ before }: FramePair, box: Rect, side: number): Side {
  const [axis, other] = side < 2 ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const [thickness, length] = side < 2 ? (['width', 'height'] as const) : (['height', 'width'] as const);
  const at = box[axis] + (side % 2 === 0 ? 0 : box[thickness]);
  const stride = 4 * before.width;
  const [along, across] = side < 2 ? [stride, 4] : [4, stride];
  const start = at * across + box[other] * along + GREEN;
  return { axis, at, start, length: box[length] - OVER, along, out: side % 2 === 0 ? -across : across };
}

/** Of the places along the sides with letters on both sides in `before`: those where the outer ones alone are there still, and the others. */
function cuts(pair: FramePair, sides: readonly Side[]): { readonly cut: number; readonly other: number } {
  const { region } = pair;
  let cut = 0;
  let other = 0;
  for (const { axis, at, start, length, along, out } of sides) {
    const [low, size] = axis === 'x' ? [region.x, region.width] : [region.y, region.height];
    if (at - TO - OVER <= low || at + TO + OVER >= low + size) continue;
    for (let i = 0, place = start; i < length; i++, place += along) {
      const inside = standing(pair, place, -out);
      const outside = inside === null ? null : standing(pair, place, out);
      if (outside === null) continue;
      if (outside && !inside) cut++;
      else other++;
    }
  }
  return { cut, other };
}

/** Whether what `before` has of letters beside a place of an outline is there still, in whatever colour; null where it has none. */
function standing({ before, after }: FramePair, place: number, out: number): boolean | null {
  const first = place + FROM * out - (out === -PIXEL ? OVER * PIXEL : 0);
  let seen = 0;
  let stand = 0;
  for (let k = FROM, at = first; k <= TO; k++, at += out) {
    const was = stepAt(before.data, at);
    if (was < EDGE && was > -EDGE) continue;
    seen++;
    const ratio = Math.abs(stepAt(after.data, at) / was);
    if (ratio > FADED && ratio < 1 / FADED) stand++;
  }
  return seen === 0 ? null : 2 * stand >= seen;
}
