import type { Rect } from '../../core/geometry.js';
import { type FramePair, type NewFrame, newEdge } from './new-frame.js';

/** So far from a corner, in pixels, a side is looked at: the line below a title bar is 36 from the top. */
const STRETCH = 40;
/** And of a short side: what a menu hangs from is as high as a line of text. */
const SHORT_STRETCH = 24;
/** Of a stretch, that is new where a side runs along it; codec noise takes some. */
const RUNS = 0.9;
/** No more is new where it does not: all of it may have been an edge before. */
const MISSING = 0.25;
/** Below this not even an edge that the page had is there. */
const BLANK = 0.1;
/**
 * Beyond a corner a step of so many levels is the side still, as is one of a fainter side that keeps this share of its own; but no
 * less than the other share of a strong one: a shadow's is fainter.
 */
const CLEAR = 12;
const UNFADED = 0.65;
const SAME_STEP = 0.4;
/** A codec blurs the surroundings of a strong edge up to so far, in pixels, and its steps there are at most this share of it. */
const ECHO_FROM = 10;
const ECHO_TO = 16;
const ECHO = 0.25;
/** Pixels in the middle of a side where such an edge is looked for first. */
const MIDDLE = 64;

/**
 * Whether the sides of a frame meet at its corners: no two run on beyond a third, as those of a popup do at the line below its title
 * bar, and none at both of its ends (one alone may, along the item or the button that the popup hangs from); no two end before a third, which then lies further out, nor before one that is the echo of a stronger edge within; and
 * none ends before a border of the region that the frame reaches, perhaps only because something else changed there.
 * Cost: four stretches of 40 pixels for each side, and seven lines in the middle of a faint one.
 */
export function meetsAtCorners(pair: FramePair, { rect, sides }: NewFrame): boolean {
  const [left, right, top, bottom] = sides;
  return (
    meet(pair, rect, { axis: 'x', sides: [left, right], across: [top, bottom] }) &&
    meet(pair, rect, { axis: 'y', sides: [top, bottom], across: [left, right] }) &&
    !sides.some((share, i) => share !== null && isEcho(pair, rect, i))
  );
}

/** Whether a line much stronger than side `i` lies so near within that JPEG may have made the side of it, and no side leads there. */
function isEcho(pair: FramePair, rect: Rect, i: number): boolean {
  const [axis, other] = i < 2 ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const [thickness, length] = i < 2 ? (['width', 'height'] as const) : (['height', 'width'] as const);
  const inwards = i % 2 === 0 ? 1 : -1;
  const at = rect[axis] + (inwards > 0 ? 0 : rect[thickness]);
  const { strength } = newEdge(pair, { rect, axis, at });
  if (strength > ECHO * 255) return false;
  const margin = Math.max(0, Math.floor((rect[length] - MIDDLE) / 2));
  const middle = { ...rect, [other]: rect[other] + margin, [length]: rect[length] - 2 * margin };
  for (let gap = ECHO_FROM; gap <= ECHO_TO; gap++) {
    const isStrong = (part: Rect): boolean => {
      const within = newEdge(pair, { rect: part, axis, at: at + inwards * gap });
      return within.share >= RUNS && strength <= ECHO * within.strength;
    };
    if (!isStrong(middle) || !isStrong(rect)) continue;
    const between = { ...rect, [axis]: Math.min(at, at + inwards * gap), [thickness]: gap };
    const isLed = [rect[other], rect[other] + rect[length]].some(
      (line) => newEdge(pair, { rect: between, axis: other, at: line }).share > 0,
    );
    if (!isLed) return true;
  }
  return false;
}

type Shares = readonly [number | null, number | null];

/** Of two opposite sides, what they do where they meet the two across. */
function meet(
  pair: FramePair,
  rect: Rect,
  { axis, sides, across }: { readonly axis: 'x' | 'y'; readonly sides: Shares; readonly across: Shares },
): boolean {
  const thickness = axis === 'x' ? rect.width : rect.height;
  const lines = [rect[axis], rect[axis] + thickness].flatMap((at, i) =>
    sides[i] === null ? [] : [endsOf(pair, rect, { axis, at })],
  );
  if (lines.some(({ runsOn }) => runsOn[0] && runsOn[1])) return false;
  return [0, 1].every((end) => {
    const missing = lines.filter(({ isMissing }) => isMissing[end]);
    if (across[end] === null) return missing.every(({ isMissing }) => isMissing[1 - end]);
    const goOn = lines.length > 0 && lines.every(({ runsOn }) => runsOn[end]);
    return missing.length < 2 && !goOn && !lines.some(({ isBlank }) => isBlank[end]);
  });
}

interface Ends {
  /** At the low and at the high end: whether the side goes on beyond. */
  readonly runsOn: readonly boolean[];
  /** Whether it is not there before the end, though it is elsewhere. */
  readonly isMissing: readonly boolean[];
  /** Whether there is not even an edge of the page in its place. */
  readonly isBlank: readonly boolean[];
}

function endsOf(
  pair: FramePair,
  rect: Rect,
  { axis, at }: { readonly axis: 'x' | 'y'; readonly at: number },
): Ends {
  const { region } = pair;
  const [start, length] = axis === 'x' ? (['y', 'height'] as const) : (['x', 'width'] as const);
  const whole = newEdge(pair, { rect, axis, at });
  const along = (from: number, stretch = STRETCH) =>
    newEdge(pair, { rect: { ...rect, [start]: from, [length]: stretch }, axis, at });
  const end = rect[start] + rect[length];
  const isSameBeyond = (from: number, stretch: number): boolean => {
    if (from < region[start] || from + stretch > region[start] + region[length]) return false;
    const { share, strength } = along(from, stretch);
    return (
      share >= RUNS &&
      strength >= Math.max(Math.min(CLEAR, UNFADED * whole.strength), SAME_STEP * whole.strength)
    );
  };
  const runsOn = (edge: number, outwards: -1 | 1): boolean =>
    [STRETCH, SHORT_STRETCH].some((by) => isSameBeyond(outwards > 0 ? edge : edge - by, by));
  const stretch = Math.min(STRETCH, Math.max(SHORT_STRETCH, Math.round(rect[length] / 4)));
  const isRest = rect[length] >= 3 * stretch && whole.share * rect[length] >= RUNS * (rect[length] - stretch);
  const isAtMost = (most: number, from: number): boolean => isRest && along(from, stretch).share <= most;
  const [low, high] = [rect[start], end - stretch];
  return {
    runsOn: [runsOn(rect[start], -1), runsOn(end, 1)],
    isMissing: [isAtMost(MISSING, low), isAtMost(MISSING, high)],
    isBlank: [isAtMost(BLANK, low), isAtMost(BLANK, high)],
  };
}
