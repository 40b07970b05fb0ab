import {
  FLAT_DEVIATION,
  type Place,
  type Spans,
  type Strip,
  correlate,
  correlateTones,
  deviation,
  groundOf,
  isOtherGround,
} from './correlate.js';
import type { Look } from '../look.js';
import { misfit } from './misfit.js';
import { createBlockCorrelation } from './sideways.js';

/** Strips of an earlier look, held against where they may be in a later one. */
export interface StripComparison {
  /** Likeness with the same place, -1..1; of two blank strips 1, of a blank and an inked one 0. */
  inPlace(strip: Strip): number;
  /** The same for a strip that should have moved up by `by` lines, give or take a sixteenth of its height or of `by`. */
  moved(strip: Strip, by: number): number;
  /** Whether its ground is lighter or darker there, and a row may have been selected meanwhile. */
  isRecoloured(strip: Strip, by: number): boolean;
  /** How far the least like part of a strip, as wide as a letter, is from what stands `by` lines further up now, 0..1. */
  misfit(strip: Strip, by: number): number;
  /** The best likeness of a strip with any place between two lines; 0 where it has no room there. */
  within(strip: Strip, space: Readonly<{ from: number; until: number }>): number;
  /**
   * Whether nothing is in the last `gone` lines of the strip's end, as far as `until`, now, and nothing has come over it: its ground is
   * its own of before, or that of what follows, which is as it was but for what dims `first` as well, a place where a row still is.
   */
  blank(strip: Strip, space: Readonly<{ gone: number; until: number; first: Strip | null }>): boolean;
  /** Likeness of what followed the strip, as far as `until`, with what stands `gone` lines further up now; 0 where nothing did. */
  followed(strip: Strip, space: Readonly<{ gone: number; until: number }>): number;
}

/** Bands and text of a layout scaled by 0.8 to 1.25 were off by up to 2 lines in 40; another number of rows, by a whole row. */
const SLACK_SHARE = 1 / 16;
/** Where a row was, a lossy codec leaves less than this share of its contrast, and no more than so many levels: a faded row has more. */
const GHOST_SHARE = 0.1;
const MOST_GHOST = 2;

/** Levels by which one ground may differ; stripes differ by about as much. */
const SAME_GROUND = 6;

export function createStripComparison({
  before,
  now,
  spans,
  sideways,
  mayBeSelected,
}: Readonly<{
  before: Look;
  now: Look;
  spans: Spans;
  sideways: boolean;
  /** A row may have letters of the other tone now. */
  mayBeSelected: boolean;
}>): StripComparison {
  const correlated = mayBeSelected ? correlateTones : correlate;
  const compare = sideways
    ? createBlockCorrelation({ before, now, spans })
    : (strip: Strip, dy: number): number => correlated({ before, now, spans, strip, dy });
  const known = new Map<string, number>();
  const knownMisfits = new Map<string, number>();
  const slackOf = ({ height }: Strip, by: number): number => Math.round(Math.min(height, by) * SLACK_SHARE);
  /** Strips are compared with the same places for one explanation after the other. */
  const likeness = (strip: Strip, dy: number): number => {
    const key = `${strip.y} ${dy}`;
    const value = known.get(key) ?? compare(strip, dy);
    known.set(key, value);
    return value;
  };
  const place = (strip: Strip, by: number): Place => {
    const dy = by === 0 ? 0 : nearestInk({ before, now, spans, strip, dy: -by }, slackOf(strip, by));
    return { before, now, spans, strip, dy };
  };
  const moved = (strip: Strip, by: number): number => likeness(strip, place(strip, by).dy);
  const levelOf = (look: Look, { y, height }: Strip): number => {
    const from = y - look.rect.y;
    return median(groundOf(look, spans).subarray(from, from + Math.max(1, height)));
  };
  return {
    inPlace: (strip) => likeness(strip, 0),
    moved,
    isRecoloured: (strip, by) => mayBeSelected && isOtherGround(place(strip, by)),
    // Columns that moved by themselves are no misfit.
    misfit(strip, by) {
      if (sideways) return 0;
      const key = `${strip.y} ${by}`;
      const value = knownMisfits.get(key) ?? misfit(place(strip, by), { mayBeSelected });
      knownMisfits.set(key, value);
      return value;
    },
    within(strip, { from, until }) {
      const slack = Math.max(1, slackOf(strip, strip.height));
      const end = Math.min(until, now.rect.y + now.rect.height) - strip.height - slack;
      let best = 0;
      for (let y = from; y <= end; y += 2 * slack + 1) {
        const dy = nearestInk({ before, now, spans, strip, dy: y - strip.y }, slack);
        best = Math.max(best, likeness(strip, dy));
      }
      return best;
    },
    blank(strip, { gone, until, first }) {
      // Where it begins two bands may be off: the one that is gone, and the last.
      const slack = 2 * slackOf(strip, gone);
      const y = strip.y + strip.height - gone + slack;
      const height = Math.min(gone, until - strip.y) - slack;
      const ghost = Math.min(MOST_GHOST, GHOST_SHARE * deviation({ look: before, spans, ...strip }));
      if (deviation({ look: now, spans, y, height }) >= Math.max(FLAT_DEVIATION, ghost)) return false;
      const tail = { y: strip.y + strip.height, height: until - strip.y - strip.height };
      const level = levelOf(now, { y, height });
      const followed = levelOf(now, tail);
      const [own, tailBefore] = [levelOf(before, { y, height }), levelOf(before, tail)];
      // A first row that was selected tells of no popup.
      const dims = first === null ? 1 : levelOf(now, first) / Math.max(1, levelOf(before, first));
      return [1, dims].some(
        (dimmed) =>
          isLevel(level, dimmed * own) ||
          (isLevel(level, followed) && isLevel(followed, dimmed * tailBefore)),
      );
    },
    followed({ y, height }, { gone, until }) {
      const tail = { y: y + height, height: until - y - height };
      if (deviation({ look: before, spans, ...tail }) < FLAT_DEVIATION) return 0;
      return moved(tail, gone);
    },
  };
}

const isLevel = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_GROUND;

function median(values: Uint8Array): number {
  return values.slice().sort()[values.length >> 1] ?? 0;
}

/**
 * The displacement within `slack` lines of `dy` at which the strip's lines have their ink where they have it now: the best
 * correlation of how much each line varies across the spans, which stripes and separators do not change. Of equals the
 * nearest to `dy`.
 */
function nearestInk({ before, now, spans, strip: { y, height }, dy }: Place, slack: number): number {
  const a = inkOf(before, spans);
  const b = inkOf(now, spans);
  const from = y - before.rect.y;
  let meanA = 0;
  for (let line = 0; line < height; line++) meanA += a[from + line] / height;
  let best = dy;
  let bestValue = -Infinity;
  for (let i = 0; i <= 2 * slack; i++) {
    const shift = dy + (i % 2 === 0 ? -1 : 1) * Math.ceil(i / 2);
    const to = y + shift - now.rect.y;
    if (to < 0) continue;
    // Of one strip all the same lines: neither its sum nor its length makes a difference.
    let [sumB, sumBB, sumAB] = [0, 0, 0];
    for (let line = 0; line < height; line++) {
      const q = b[to + line];
      sumB += q;
      sumBB += q * q;
      sumAB += (a[from + line] - meanA) * q;
    }
    const varB = sumBB - (sumB * sumB) / height;
    const value = varB === 0 ? 0 : sumAB / Math.sqrt(varB);
    if (value <= bestValue) continue;
    best = shift;
    bestValue = value;
  }
  return best;
}

/** Standard deviation of luma along each line of a look, over the spans. */
function inkOf(look: Look, spans: Spans): Float64Array {
  return look.reading(`ink ${spans.join(' ')}`, () =>
    Float64Array.from({ length: look.image.height }, (_, line) =>
      deviation({ look, spans, y: look.rect.y + line, height: 1 }),
    ),
  );
}
