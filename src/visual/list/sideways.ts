import type { Look } from '../look.js';
import { type Place, type Spans, type Strip, correlate, groundOf } from './correlate.js';

/** How far a column may have moved, pixels: wide cells that went with their row make more room than that seldom. */
const REACH = 64;
/** Columns blank for longer than this part blocks; words of one text are as near as that, and may be blocks of their own. */
const GAP = 6;
/** What is narrower is a line between columns. */
const LINE = 3;
/** A column has ink above this share of what the strongest one has, and above what codecs leave on blank ground, levels. */
const INK_SHARE = 0.08;
const LEAST_INK = 1;
/** Less alike than this a block may have lines of text that were drawn on whole pixels each. */
const EVEN = 0.95;

interface Block {
  readonly from: number;
  readonly to: number;
  readonly ink: number;
}

/** A strip's ink, and what of it stands together. */
interface Inked {
  readonly ink: Float64Array;
  readonly blocks: readonly Block[];
}

/**
 * Likeness of a strip with a place whose columns have moved to the left or right, each by itself, as where a table is laid out anew
 * without its widest cell: the mean of its blocks' best correlations by their ink, -1..1, line by line where a line of text may be a
 * pixel further. Ink that is only in one of both counts as unlike, and so does what a popup has dimmed.
 */
export function createBlockCorrelation({
  before,
  now,
  spans,
}: Pick<Place, 'before' | 'now' | 'spans'>): (strip: Strip, dy: number) => number {
  const inked = (look: Look, strip: Strip): Inked =>
    look.reading(`columns ${strip.y} ${strip.height} ${spans.join(' ')}`, () => {
      const ink = columnInk(look, spans, strip);
      return { ink, blocks: blocksOf(ink, spans) };
    });
  return (strip, dy) => {
    const a = inked(before, strip);
    const b = inked(now, { ...strip, y: strip.y + dy });
    const most = Math.max(sumOf(a.blocks), sumOf(b.blocks));
    if (most === 0) return 1;
    const alike = a.blocks.reduce((sum, block) => {
      const dx = bestShift(a.ink, b.ink, { block, spans });
      const part: Spans = [[block.from, block.to]];
      // A block of one colour is as flat as a blank place: what is not there counts for nothing.
      const there = inkOf(b.ink, { from: block.from + dx, to: block.to + dx });
      return sum + Math.min(block.ink, there) * byLine({ before, now, spans, part, strip, dx, dy });
    }, 0);
    return alike / most;
  };
}

/** The mean of a block's lines, each within a pixel of where the row went. */
function byLine(place: Place & { readonly part: Spans; readonly dy: number }): number {
  const whole = correlate(place);
  if (place.dy === 0 || whole >= EVEN) return whole;
  const lines = linesOf(place);
  if (lines.length < 2) return whole;
  const { now, dy } = place;
  const isShown = ({ y, height }: Strip): boolean =>
    y >= now.rect.y && y + height <= now.rect.y + now.rect.height;
  const ink = lines.reduce((sum, line) => sum + line.ink, 0);
  return lines.reduce((sum, strip) => {
    const places = [dy, dy - 1, dy + 1].filter((at) => isShown({ ...strip, y: strip.y + at }));
    const best = Math.max(...places.map((at) => correlate({ ...place, strip, dy: at })));
    return sum + (best * strip.ink) / ink;
  }, 0);
}

/** A strip cut halfway between the lines of ink that are parted by blank ones in these columns. */
function linesOf({
  before,
  spans,
  part,
  strip: { y, height },
}: Place & { readonly part: Spans }): readonly (Strip & { readonly ink: number })[] {
  const [[from, to]] = part;
  const luma = before.image.luma();
  const grounds = groundOf(before, spans);
  const inks = Float64Array.from({ length: height }, (_, i) => {
    const line = y + i - before.rect.y;
    let sum = 0;
    for (let x = from - before.rect.x; x < to - before.rect.x; x++) {
      sum += Math.abs(luma[line * before.image.width + x] - grounds[line]);
    }
    return sum / (to - from);
  });
  const cuts = [0];
  let end = 0;
  inks.forEach((ink, i) => {
    if (ink < LEAST_INK) return;
    if (end > 0 && i > end) cuts.push(Math.round((end + i) / 2));
    end = i + 1;
  });
  return cuts.map((cut, i) => {
    const next = cuts[i + 1] ?? height;
    return {
      y: y + cut,
      height: next - cut,
      ink: inks.subarray(cut, next).reduce((sum, each) => sum + each, 0),
    };
  });
}

/** Of each column, by its x, the mean difference from the ground of its line. */
function columnInk(look: Look, spans: Spans, { y, height }: Strip): Float64Array {
  const luma = look.image.luma();
  const grounds = groundOf(look, spans);
  const ink = new Float64Array(look.rect.x + look.rect.width);
  for (let at = y - look.rect.y; at < y - look.rect.y + height; at++) {
    const from = at * look.image.width - look.rect.x;
    for (const [x0, x1] of spans) {
      for (let x = x0; x < x1; x++) ink[x] += Math.abs(luma[from + x] - grounds[at]) / height;
    }
  }
  return ink;
}

function blocksOf(ink: Float64Array, spans: Spans): readonly Block[] {
  const threshold = Math.max(LEAST_INK, INK_SHARE * ink.reduce((most, each) => Math.max(most, each), 0));
  const blocks: Block[] = [];
  for (const [x0, x1] of spans) {
    let from = -1;
    let to = -1;
    const close = (): void => {
      if (to - from >= LINE) {
        blocks.push({ from, to, ink: inkOf(ink, { from, to }) });
      }
      from = -1;
    };
    for (let x = x0; x < x1; x++) {
      if (ink[x] <= threshold) continue;
      if (from >= 0 && x - to > GAP) close();
      if (from < 0) from = x;
      to = x + 1;
    }
    if (from >= 0) close();
  }
  return blocks;
}

function inkOf(ink: Float64Array, { from, to }: Readonly<{ from: number; to: number }>): number {
  return ink.subarray(from, to).reduce((sum, each) => sum + each, 0);
}

function sumOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { ink }) => sum + ink, 0);
}

/** How far to the right the block's ink is best found again within the spans; of equals the least far. */
function bestShift(
  a: Float64Array,
  b: Float64Array,
  { block: { from, to, ink }, spans }: Readonly<{ block: Block; spans: Spans }>,
): number {
  const n = to - from;
  const meanA = ink / n;
  let best = 0;
  let bestValue = -Infinity;
  for (let i = 0; i <= 2 * REACH; i++) {
    const dx = (i % 2 === 0 ? -1 : 1) * Math.ceil(i / 2);
    if (!spans.some(([x0, x1]) => from + dx >= x0 && to + dx <= x1)) continue;
    // Of one block all the same: neither its sum nor its spread makes a difference.
    let [sumB, sumBB, sumAB] = [0, 0, 0];
    for (let x = from; x < to; x++) {
      const q = b[x + dx];
      sumB += q;
      sumBB += q * q;
      sumAB += (a[x] - meanA) * q;
    }
    const varB = sumBB - (sumB * sumB) / n;
    const value = varB > 0 ? sumAB / Math.sqrt(varB) : 0;
    if (value <= bestValue) continue;
    best = dx;
    bestValue = value;
  }
  return best;
}
