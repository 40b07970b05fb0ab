import type { Rect } from '../../core/index.js';
import { createStripComparison } from './compare-strips.js';
import { type Spans, isOtherGround } from './correlate.js';
import type { Look } from '../look.js';

/** A row of a list as it stood before, viewport device pixels. */
export interface RowBox {
  readonly y: number;
  readonly height: number;
}

/** One explanation of how a list went from one look to the next, and how well it fits, 0..1. */
export interface RowShift {
  /** The rows `from..from+count-1` of before are gone, the ones below moved up. `count` 0: nothing moved. */
  readonly from: number;
  readonly count: number;
  readonly score: number;
  /** No row that stays, and nothing that follows the rows, is another one by now; with nothing moved, the first is not. */
  readonly isWhole: boolean;
  /**
   * False where a row that was written anew would show the same: where only one place shows something else, and
   * where the last one in view is gone, unless what the region showed of the next one tells.
   */
  readonly isTold: boolean;
  /** How far the least like letter of a row that stays is from where it should be now, 0..1; of the best explanation, unless it fits exactly, those nearly as good and those by which one was selected, else 0. */
  readonly misfit: number;
  /** A row that stays was selected, or is no longer: which of two that differ by a letter it is shows less surely. */
  readonly isRecoloured: boolean;
}

/** What correlates like this with itself of before has not been replaced. */
const SAME = 0.99;
/** Columns that move by themselves leave less of it. */
const SAME_SIDEWAYS = 0.9;
/** A row so unlike is another one: it went as another came, or it was written anew. A mean over many rows would hide it. */
const REPLACED = 0.5;
/** Rows that make room for new ones have to be as like themselves as this, and so has a first row that was not taken. */
const STAYED = 0.75;
/** Letters of a row that was selected meanwhile, lossless and as JPEG 60, were up to 0.3 from themselves, another digit from 0.2. */
const SAME_LETTERS = 0.35;
/** One that is selected now, and one that was. */
const MOST_RECOLOURED = 2;

/** Another letter in one row makes more than this, in rows that do not fit at all. */
const EXACT = 0.01;
/** Explanations that are nearer than this to the best one, in rows that do not fit at all, are held against it letter by letter. */
const NEAR = 0.25;

/**
 * Fits every way a row (or the first two or three) may have gone to two looks at one list, best first. Each row that
 * stays is compared with where it would be now by zero-mean normalised cross-correlation of its luma, which neither stripes that
 * alternate by position nor a dimmed background change.
 * A row that did not move has not moved at all; one that moved may be up to a sixteenth of its height from where the bands put it:
 * where a layout is scaled by a fraction, bands are a pixel or two off, and text is drawn on whole pixels, row by row.
 * `spans` are the columns compared, [from, to) in viewport pixels: the ones that tell rows apart and that no popup covers.
 * When `endsInside` (the list is shorter than its region) what follows the last row has to be blank, or what followed it, or new rows
 * where no place looks as it did; else another row comes up from below, and the last one can only be gone when its place looks different,
 * and so does what the region shows of the next one.
 * One or two rows may have been selected meanwhile, or may be no longer, unless the ground of all rows is another one: those that have the
 * same letters in another tone count as the same.
 * `sideways`: columns may have moved by themselves.
 *
 * Cost: rows × different heights × pixels of a row / 2, about 3 ms for ten rows of 1000x50; two to six times that sideways.
 */
export function rankRowShifts({
  before,
  now,
  rows,
  region,
  spans,
  endsInside,
  sideways = false,
}: Readonly<{
  before: Look;
  now: Look;
  rows: readonly RowBox[];
  region: Rect;
  spans: Spans;
  endsInside: boolean;
  sideways?: boolean;
}>): readonly RowShift[] {
  const changed = rows.filter((strip) => isOtherGround({ before, now, spans, strip, dy: 0 })).length;
  // What dims or covers the list changes the ground of all its rows.
  const mayBeSelected = changed <= MOST_RECOLOURED && changed < rows.length;
  const strips = createStripComparison({ before, now, spans, sideways, mayBeSelected });
  const same = sideways ? SAME_SIDEWAYS : SAME;
  const hypotheses = [{ from: 0, count: 0 }];
  for (let count = 1; count <= Math.min(3, rows.length); count++) hypotheses.push({ from: 0, count });
  for (let from = 1; from < rows.length; from++) hypotheses.push({ from, count: 1 });
  const ranked = hypotheses
    .map((hypothesis) => ({ ...hypothesis, ...fit(hypothesis) }))
    .sort((a, b) => b.score - a.score || a.count - b.count || a.from - b.from);
  const isNear = ({ score }: { score: number }): boolean => (ranked[0].score - score) * rows.length < NEAR;
  const isExact = ({ score }: { score: number }): boolean => (1 - score) * rows.length < EXACT;
  const isContested = ranked.filter(isNear).length > 1;
  return ranked.map((shift) => ({
    ...shift,
    // What is far behind is no answer, and its letters are not asked.
    isTold: !isNear(shift) || isTold(shift),
    misfit: (isNear(shift) && (isContested || !isExact(shift))) || shift.isRecoloured ? misfit(shift) : 0,
  }));

  function isTold({ from, count }: { from: number; count: number }): boolean {
    if (count === 0) return true;
    const gone = room(from, from + count);
    const isLast = from > 0 && from + count === rows.length;
    if (!isLast) {
      return endsInside || rows.slice(from).filter((row) => strips.inPlace(row) < same).length > 1;
    }
    const until = region.y + region.height;
    return strips.blank(rows[from], { gone, until, first: rows[0] }) || hasComeUp(rows[from], gone);
  }

  function misfit({ from, count }: { from: number; count: number }): number {
    const gone = room(from, from + count);
    const stayed = rows.filter((_, i) => i < from || i >= from + count);
    return Math.max(0, ...stayed.map((row, i) => strips.misfit(row, i < from ? 0 : gone)));
  }

  /** From the top of one row to the top of another, what is between them included; the end of the last one is a gap further. */
  function room(from: number, to: number): number {
    if (from === to) return 0;
    const last = rows[rows.length - 1];
    const gap = rows.length < 2 ? 0 : last.y - rows[rows.length - 2].y - rows[rows.length - 2].height;
    const end = to < rows.length ? rows[to].y : last.y + last.height + gap;
    return end - rows[from].y;
  }

  function fit({
    from,
    count,
  }: {
    from: number;
    count: number;
  }): Pick<RowShift, 'score' | 'isWhole' | 'isRecoloured'> {
    const gone = room(from, from + count);
    const places = rows.flatMap((row, i) =>
      i >= from && i < from + count ? [] : { row, by: i < from ? 0 : gone },
    );
    const recoloured = places.filter(({ row, by }) => strips.isRecoloured(row, by));
    const isSelection = recoloured.length > 0 && recoloured.length <= MOST_RECOLOURED;
    const stayed = places.map((place) => {
      const { row, by } = place;
      const likeness = strips.moved(row, by);
      if (!isSelection || !recoloured.includes(place)) return likeness;
      // Letters of another tone are drawn a little otherwise: of one shape, they are as like as can be.
      return likeness >= STAYED && strips.misfit(row, by) <= SAME_LETTERS ? 1 : likeness;
    });
    const worst = Math.min(1, ...(count === 0 ? stayed.slice(0, 1) : stayed));
    let sum = stayed.reduce((total, each) => total + each, 0);
    let compared = stayed.length;
    let tail = 1;
    if (endsInside && gone > 0) {
      const last = rows[rows.length - 1];
      const until = region.y + region.height;
      tail = strips.blank(last, { gone, until, first: stayed.length === 0 ? null : rows[0] })
        ? 1
        : Math.max(strips.followed(last, { gone, until }), newcomers({ from, count, gone, worst }));
      sum += tail;
      compared += 1;
    }
    if (!endsInside && from > 0 && from + count === rows.length) {
      sum += isReplaced(rows[from]) ? 1 : 0;
      compared += 1;
    }
    const isWhole = worst >= (count === 0 ? STAYED : REPLACED) && tail >= REPLACED;
    const score = compared === 0 ? 0 : Math.max(0, sum / compared);
    return { score, isWhole, isRecoloured: recoloured.length > 0 };
  }

  /** Whether what the region showed of the row below the last one stands in its place now, and not where it was nor where all rows begin. */
  function hasComeUp(last: RowBox, gone: number): boolean {
    const until = region.y + region.height;
    const itself = createStripComparison({ before, now: before, spans, sideways, mayBeSelected });
    return (
      strips.followed(last, { gone, until }) >= SAME_SIDEWAYS &&
      strips.followed(last, { gone: 0, until }) < SAME_SIDEWAYS &&
      itself.followed(last, { gone, until }) < STAYED
    );
  }

  /** Whether another row stands where the last one did: not that one, selected or no longer, above what followed it before. */
  function isReplaced(last: RowBox): boolean {
    const until = region.y + region.height;
    const least = strips.isRecoloured(last, 0) ? STAYED : same;
    const likeness = strips.inPlace(last);
    return likeness < least && likeness > -STAYED && strips.followed(last, { gone: 0, until }) < same;
  }

  /**
   * How surely what stands now where rows have made room is new, 0..1: unlike what was there before, as are the places that other rows
   * should have moved to, and unlike the rows that should be gone, which may only stand below the others now.
   */
  function newcomers({
    from,
    count,
    gone,
    worst,
  }: Readonly<{ from: number; count: number; gone: number; worst: number }>): number {
    const taken = rows.slice(from, rows.length - count).map((row) => strips.inPlace(row));
    if (taken.length === 0 || worst < STAYED) return 0;
    const left = rows.slice(-count).map((row) => strips.inPlace(row));
    const last = rows[rows.length - 1];
    const below = last.y + last.height - gone;
    const until = region.y + region.height;
    const back = rows.slice(from, from + count).map((row) => strips.within(row, { from: below, until }));
    return 1 - Math.max(taken.reduce((sum, each) => sum + each, 0) / taken.length, ...left, ...back);
  }
}
