import type { ImageBuffer } from '../../../image/image-buffer.js';
import type { Colour } from './row-background.js';
import { INK_DIFFERENCE, LINE_HEIGHT } from './row-ink.js';

/** Every so many bytes of a row's from `from` to `to` are looked at. */
interface Row {
  readonly from: number;
  readonly to: number;
  readonly jump: number;
}

/** A line is no higher, on a screen of up to twice the density. Pixels. */
const HIGHEST = 2 * LINE_HEIGHT;
/** Levels of a channel that one colour differs by. */
const SAME_COLOUR = 10;
/** So many pixels without a break are the ground beside words, and so many of their colour are no edge of a letter. */
const LEAST_GROUND_RUN = 6;
const LEAST_RUN = 2;
/** The ground has at least so many times what the words' colour has of a row. */
const LEAST_GROUND = 0.5;

/**
 * The ground of a row of which words in reverse video cover most: no more than a line high, they leave it at both ends of the row and,
 * from their top to their bottom, between them. Null where there are none.
 */
export function groundOfWords(image: ImageBuffer, row: Row, words: Colour): Colour | null {
  const { data } = image;
  const { from, to, jump } = row;
  const last = from + jump * Math.floor((to - 1 - from) / jump);
  const ground = { r: data[from], g: data[from + 1], b: data[from + 2] };
  if (off(data, from, words) <= INK_DIFFERENCE || off(data, last, ground) > SAME_COLOUR) return null;
  const runs = runsOf(data, row, [ground, words]);
  const covered = runs.filter(({ of }) => of === words);
  const beside = runs.filter(({ of, length }) => of === ground && length >= 4 * LEAST_GROUND_RUN);
  if (covered.length === 0 || lengthOf(beside) < LEAST_GROUND * lengthOf(covered)) return null;
  const height = Math.max(...covered.map((run) => heightAt(image, run)));
  const [first, end] = [covered[0], covered[covered.length - 1]];
  const isAround = beside[0].at < first.at && beside[beside.length - 1].at > end.at;
  const between = beside.filter(({ at }) => at > first.at && at < end.at);
  const isParted = between.some((run) => heightAt(image, run) >= height);
  return height <= HIGHEST && isAround && isParted ? ground : null;
}

interface Run {
  readonly of: Colour;
  /** Where its middle is. Bytes. */
  readonly at: number;
  /** Bytes. */
  readonly length: number;
}

/** Where a row has one of these colours without a break. */
function runsOf(data: Uint8Array, { from, to, jump }: Row, colours: readonly Colour[]): Run[] {
  const runs: Run[] = [];
  let start = from;
  let of: Colour | undefined;
  for (let p = from; p < to + jump; p += jump) {
    const now = p < to ? colours.find((colour) => off(data, p, colour) <= SAME_COLOUR) : undefined;
    if (now === of && p < to) continue;
    const length = p - start;
    if (of !== undefined && length >= 4 * LEAST_RUN) runs.push({ of, at: start + 4 * (length >> 3), length });
    [start, of] = [p, now];
  }
  return runs;
}

function lengthOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { length }) => sum + length, 0);
}

/** For how many pixels a run's colour goes on, up and down from its middle: no more than tell that this is higher than a line. */
function heightAt({ data, width }: ImageBuffer, { of, at }: Run): number {
  let height = 1;
  for (const step of [-4 * width, 4 * width])
    for (let p = at + step; p >= 0 && p < data.length && height <= HIGHEST; p += step, height++)
      if (off(data, p, of) > SAME_COLOUR) break;
  return height;
}

function off(data: Uint8Array, p: number, { r, g, b }: Colour): number {
  return Math.max(Math.abs(data[p] - r), Math.abs(data[p + 1] - g), Math.abs(data[p + 2] - b));
}
