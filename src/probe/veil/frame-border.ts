import type { Rect } from '../../core/geometry.js';
import { type FramePair, type NewFrame, newEdge } from './new-frame.js';

/** Of a stretch, that is new where a side runs on along it. */
const RUNS_ON = 0.9;
/** Of what lies between a line and the border, that is not the page: a codec and the letters of a sheet take some. */
const FOREIGN = 0.9;
/** Pixels beside a border where what opened is not, if it ends before. */
const LEFT = 40;

/**
 * The frame with each side put at the border of the region where what changed, `group`, reaches that and the sides across run on
 * to it: the line that was found is the one below a drawer's title bar. A sheet as wide as the region has no sides across; then
 * nothing of the page may be seen beyond the line: it is one between its items.
 * Cost: for such a side, the lines of two more, or a quarter of the pixels beyond.
 */
export function reachBorders(pair: FramePair, frame: NewFrame, group: Rect): NewFrame {
  return [0, 1, 2, 3].reduce((reached, side) => reachBorder(pair, reached, { side, group }), frame);
}

function reachBorder(
  pair: FramePair,
  frame: NewFrame,
  { side, group }: Readonly<{ side: number; group: Rect }>,
): NewFrame {
  const { rect, sides } = frame;
  const isAcross = side < 2;
  const [axis, length] = isAcross ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const [other, otherLength] = isAcross ? (['y', 'height'] as const) : (['x', 'width'] as const);
  const endOf = (of: Rect): number => of[axis] + (side % 2 === 0 ? 0 : of[length]);
  const border = endOf(pair.region);
  if (sides[side] === null || endOf(group) !== border) return frame;
  const [low, high] = [Math.min(endOf(rect), border), Math.max(endOf(rect), border)];
  const beyond = { ...rect, [axis]: low, [length]: high - low };
  const ends = [rect[other], rect[other] + rect[otherLength]];
  const running = ends.filter((_, i) => sides[(isAcross ? 2 : 0) + i] !== null);
  const allRunOn = running.every((at) => newEdge(pair, { rect: beyond, axis: other, at }).share >= RUNS_ON);
  if (running.length === 0 ? !hidesPage(pair, beyond) : !allRunOn) return frame;
  return {
    rect: { ...rect, [axis]: Math.min(low, rect[axis]), [length]: rect[length] + beyond[length] },
    sides: sides.map((share, i) => (i === side ? null : share)),
  };
}

/**
 * The frame with a side where those across begin, in the place of one at the border of the region that they do not reach: what changed
 * there is another part, as a menu that closed beside the one that opened.
 * Cost: two stretches for such a side; where one is empty, a line of 24 runs for each pixel of up to the half of the frame.
 */
export function leaveBorders(pair: FramePair, frame: NewFrame): NewFrame {
  return [0, 1, 2, 3].reduce((left, side) => leaveBorder(pair, left, side), frame);
}

function leaveBorder(pair: FramePair, frame: NewFrame, side: number): NewFrame {
  const { rect, sides } = frame;
  const isAcross = side < 2;
  const [axis, length] = isAcross ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const [other, otherLength] = isAcross ? (['y', 'height'] as const) : (['x', 'width'] as const);
  if (sides[side] !== null || rect[length] < 3 * LEFT) return frame;
  const isLow = side % 2 === 0;
  const within = (at: number): Rect =>
    isLow
      ? { ...rect, [axis]: at, [length]: rect[axis] + rect[length] - at }
      : { ...rect, [length]: at - rect[axis] };
  const across = [0, 1]
    .filter((i) => sides[(isAcross ? 2 : 0) + i] !== null)
    .map((i) => rect[other] + i * rect[otherLength]);
  const end = isLow ? rect[axis] : rect[axis] + rect[length];
  const beyond = { ...rect, [axis]: isLow ? end : end - LEFT, [length]: LEFT };
  const shareAt = (part: Rect, at: number): number => newEdge(pair, { rect: part, axis: other, at }).share;
  const ending = across.filter((at) => shareAt(beyond, at) === 0);
  if (ending.length === 0) return frame;
  for (let by = LEFT; by < rect[length] / 2; by++) {
    const at = isLow ? end + by : end - by;
    const { share } = newEdge(pair, { rect, axis, at });
    if (share < RUNS_ON || !ending.every((line) => shareAt(within(at), line) >= RUNS_ON)) continue;
    return { rect: within(at), sides: sides.map((old, i) => (i === side ? share : old)) };
  }
  return frame;
}

/** Whether hardly a pixel of `rect` looks as the page there would. */
function hidesPage({ before, after, prediction, step }: FramePair, rect: Rect): boolean {
  let samples = 0;
  let foreign = 0;
  for (let y = rect.y; y < rect.y + rect.height; y += 2) {
    for (let x = rect.x; x < rect.x + rect.width; x += 2) {
      const at = 4 * (y * before.width + x);
      samples++;
      const isForeign = [0, 1, 2].some(
        (c) => Math.abs(after.data[at + c] - prediction.levels[c][before.data[at + c]]) > step,
      );
      if (isForeign) foreign++;
    }
  }
  return foreign >= FOREIGN * samples && samples > 0;
}
