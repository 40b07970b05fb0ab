import type { Rect } from '../../core/geometry.js';
import { type FramePair, NO_PAGE, newEdge } from './new-frame.js';

/** Pixels: a field with a ring around it is no higher, on a screen of double density, and a border is thinner. */
const HIGHEST = 88;
const LOWEST = 6;
/** Of the side within, that is new. */
const WHOLE = 0.9;
/** From the lines at both sides of a strip to what is surely the page's, pixels. */
const BORDER = 3;
/** Of the pixels of a strip, those that are as they were. */
const STAYED = 0.97;
/** A green step this high over two pixels is a part of a letter, and a word has so many. */
const STEP = 48;
const WORD = 12;

/**
 * The box without what shows the page as it was below its upper side, with letters in it: the field that a list hangs from, with a
 * ring around it that came with the list.
 * Cost: a line of 24 runs for each of 82 pixels, and the pixels of the strip.
 */
export function withoutField(pair: FramePair, rect: Rect): Rect {
  if (rect.y <= pair.region.y) return rect;
  const most = Math.min(HIGHEST, Math.floor(rect.height / 2));
  const now = { ...pair, before: pair.after, prediction: NO_PAGE };
  for (let by = LOWEST + 2 * BORDER; by <= most; by++) {
    const strip = {
      x: rect.x + 2 * BORDER,
      y: rect.y + BORDER,
      width: rect.width - 4 * BORDER,
      height: by - 2 * BORDER,
    };
    if (!stayed(pair, strip)) return rect;
    const line = { rect, axis: 'y', at: rect.y + by } as const;
    if (newEdge(now, line).share >= WHOLE && hasWord(pair, strip))
      return { ...rect, y: rect.y + by, height: rect.height - by };
  }
  return rect;
}

function stayed({ before, after, step }: FramePair, { x, y, width, height }: Rect): boolean {
  let same = 0;
  for (let py = y; py < y + height; py++) {
    for (let at = 4 * (py * before.width + x) + 1; at < 4 * (py * before.width + x + width); at += 4)
      if (Math.abs(after.data[at] - before.data[at]) <= 8 * step) same++;
  }
  return same >= STAYED * width * height;
}

function hasWord({ after }: FramePair, { x, y, width, height }: Rect): boolean {
  let steps = 0;
  for (let py = y; py < y + height; py += 2) {
    for (let px = x; px < x + width; px += 2) {
      const at = 4 * (py * after.width + px) + 1;
      if (Math.abs(after.data[at + 8] - after.data[at]) >= STEP) steps++;
    }
  }
  return steps >= WORD;
}
