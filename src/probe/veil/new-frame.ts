import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** What the page would look like in `after` had it only been dimmed: per channel, by the level in `before`. */
export interface Prediction {
  readonly identity: boolean;
  readonly levels: readonly [Uint8Array, Uint8Array, Uint8Array];
}

const NO_LEVELS = new Uint8Array(256);
/** Beside no page at all each edge is new. */
export const NO_PAGE: Prediction = { identity: false, levels: [NO_LEVELS, NO_LEVELS, NO_LEVELS] };

export interface NewFrame {
  readonly rect: Rect;
  /**
   * Of the left, right, top and bottom side: the share along which `after` has an edge that the page had not. Stretches
   * where the page had the same edge count a quarter. Null for a side that lies at the border of the region.
   */
  readonly sides: readonly (number | null)[];
}

export interface FramePair {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  readonly prediction: Prediction;
  readonly region: Rect;
  /** A step of this many levels is an edge. */
  readonly step: number;
}

/**
 * The rectangle near `around` whose sides are edges in `after` and were none in the page below: the outline of something
 * laid over it. Each side is the outermost line that is new along most of its length, so a drop shadow, which fades,
 * stays outside, and a title bar inside.
 * Cost: a strip of up to 72 pixels along each side, twice; half a millisecond for a dialog.
 */
export function newFrame(pair: FramePair, around: Rect): NewFrame {
  let rect = around;
  let sides: NewFrame['sides'] = [];
  // The first pass looks along sides that still include the shadow, the second near by along the right ones.
  for (let pass = 0; pass < 2; pass++) {
    const depths = pass === 0 ? [INSIDE, DEEPER] : [OUTSIDE, OUTSIDE];
    const start = pass === 0 ? around : rect;
    const across = findSides(pair, { rect, around: start, axis: 'x', depths });
    rect = { ...rect, x: across.low, width: across.high - across.low };
    const down = findSides(pair, { rect, around: start, axis: 'y', depths });
    rect = { ...rect, y: down.low, height: down.high - down.low };
    sides = [...across.shares, ...down.shares];
  }
  return { rect, sides };
}

/** How far outside of `around` a side may lie (a border in the colour of the page is not part of it), and how far inside. */
const OUTSIDE = 8;
const INSIDE = 64;
/** Below a popup the shadow of a dense screen reaches further. */
const DEEPER = 112;

interface Search {
  readonly rect: Rect;
  readonly around: Rect;
  readonly axis: 'x' | 'y';
  /** How far inside of `around` to look, pixels, and how far where no side is found there. */
  readonly depths: readonly number[];
}

interface Sides {
  readonly low: number;
  readonly high: number;
  readonly shares: readonly [number | null, number | null];
}

function findSides(pair: FramePair, { rect, around, axis, depths }: Search): Sides {
  const { region } = pair;
  const length = axis === 'x' ? 'width' : 'height';
  const room = Math.floor(around[length] * 0.45);
  const regionEnd = region[axis] + region[length];
  const aroundEnd = around[axis] + around[length];
  const strips = (from: number, edge: number, inwards: number): Strip[] =>
    depths.map((depth) => ({ rect, axis, from, to: edge + inwards * Math.min(depth, room) }));
  const low = outermostOf(pair, strips(around[axis] - OUTSIDE, around[axis], 1));
  const high = outermostOf(pair, strips(aroundEnd + OUTSIDE, aroundEnd, -1));
  const lowAtBorder =
    low.at <= region[axis] + BORDER || (low.share < ENDS_BEFORE && around[axis] <= region[axis]);
  const highAtBorder = high.at >= regionEnd - BORDER || (high.share < ENDS_BEFORE && aroundEnd >= regionEnd);
  return {
    low: lowAtBorder ? region[axis] : low.at,
    high: highAtBorder ? regionEnd : high.at,
    shares: [lowAtBorder ? null : low.share, highAtBorder ? null : high.share],
  };
}

/** What reaches the border of the region ends there, but for a line that is new along nearly all of it: not a line of text. */
const ENDS_BEFORE = 0.8;
/** A side this near to the border, in pixels, is the page's own frame. */
const BORDER = 2;

interface Strip {
  readonly rect: Rect;
  readonly axis: 'x' | 'y';
  readonly from: number;
  readonly to: number;
}

interface Line {
  readonly at: number;
  /** Of the side, that is a new edge here. */
  readonly share: number;
  /** Mean step of the new edges, in levels. */
  readonly strength: number;
}

/** JPEG breaks a shadow up into steps of a few levels at block borders; the fainter borders of themes step by 17. */
const CLEAR = 14;

/** As new as the newest, nearly: of a side that runs along text, or over a border, a part does not count. */
const NEARLY = 0.75;

const CLEAR_SHARE = 0.6;

/** The outermost line of the first strip; of the deeper one only where the first has none. */
function outermostOf(pair: FramePair, [near, deeper]: Strip[]): Line {
  const found = outermost(pair, near);
  if (found.share >= CLEAR_SHARE || deeper.to === near.to) return found;
  const further = outermost(pair, { ...deeper, from: near.to });
  return further.share >= CLEAR_SHARE && further.strength >= CLEAR ? further : found;
}

/** The first line from `from` to `to` that is nearly as new as the newest, and as clear. */
function outermost(pair: FramePair, { rect, axis, from, to }: Strip): Line {
  const direction = from < to ? 1 : -1;
  const lines: Line[] = [];
  let newest = 0;
  for (let at = from; at !== to + direction; at += direction) {
    const line = newEdge(pair, { rect, axis, at });
    lines.push(line);
    newest = Math.max(newest, line.share);
  }
  const complete = lines.filter(({ share }) => share >= NEARLY * newest);
  const clear = Math.min(CLEAR, 0.5 * Math.max(...complete.map(({ strength }) => strength)));
  const found = endOfShadow(
    complete.find(({ strength }) => strength >= clear)!,
    complete,
  );
  if (found.strength >= CLEAR / 2) return wholeSide(found, lines);
  // As faint as a shadow: then a clear side further in is the side, though a part of it runs along text.
  return lines.find(({ share, strength }) => strength >= CLEAR && share >= CLEAR_SHARE) ?? found;
}

/** Past the lines of a hard shadow, which follow each other pixel by pixel and hardly grow, to one that stands out. */
function endOfShadow(first: Line, complete: readonly Line[]): Line {
  const begin = complete.indexOf(first);
  const lines = complete.slice(begin).filter(({ at }, i) => Math.abs(at - first.at) === i);
  const end = lines.findIndex(({ strength }) => strength >= STANDS_OUT * first.strength);
  const hasShadow =
    end > 1 && lines.slice(1, end).every((line, i) => line.strength >= 0.8 * lines[i].strength);
  return hasShadow ? lines[end] : first;
}

/** Times as strong as the shadow's lines beside it. */
const STANDS_OUT = 3;

/**
 * The side, unless a line close within is whole where `found` is in pieces, and much clearer: then a codec made `found` of what is
 * beside that line.
 */
function wholeSide(found: Line, lines: readonly Line[]): Line {
  const beyond = lines.slice(lines.indexOf(found));
  const isBorder =
    found.strength >= CLEAR &&
    beyond.slice(1, 3).some(({ share, strength }) => share >= found.share && strength >= found.strength);
  if (found.share >= WHOLE || isBorder) return found;
  const isClearer = ({ at, share, strength }: Line): boolean =>
    Math.abs(at - found.at) <= BLOCK && share >= ENTIRE && strength >= 2 * found.strength;
  return beyond.find(isClearer) ?? found;
}

/** Of a side, that is new where no codec has cut it into pieces, and of one beyond doubt. */
const WHOLE = 0.9;
const ENTIRE = 0.95;
/** JPEG with colours at half resolution mixes what lies within so many pixels. */
const BLOCK = 16;

/** Steps are averaged over this many pixels along the side: codec noise cancels, an edge does not. */
const RUN = 8;
const SAMPLES = RUN / 2;
/** So many of them step alike: along text they do not. */
const STRAIGHT = 3;
/** A longer side is looked at in this many runs, evenly. */
const MAX_RUNS = 24;
/** What a stretch counts where the page had the same edge: a popup may be flush with a widget, a tab's page always is. */
const HAD_EDGE = 0.25;

/** The line at `at` (between pixel at-1 and at) along a side of `rect`, without its rounded corners. */
export function newEdge(
  { before, after, prediction, region, step }: FramePair,
  { rect, axis, at }: { readonly rect: Rect; readonly axis: 'x' | 'y'; readonly at: number },
): Line {
  const alongX = axis === 'y';
  const regionStart = region[axis];
  const regionEnd = regionStart + (alongX ? region.height : region.width);
  if (at <= regionStart || at >= regionEnd) return { at, share: 0, strength: 0 };
  const sideLength = alongX ? rect.width : rect.height;
  const corner = Math.min(12, Math.floor(sideLength / 6));
  const start = (alongX ? rect.x : rect.y) + corner;
  const whole = Math.floor((sideLength - 2 * corner) / RUN);
  const every = Math.max(1, Math.floor(whole / MAX_RUNS));
  const stride = 4 * before.width;
  const across = alongX ? stride : 4;
  const along = alongX ? 4 : stride;
  const line = alongX ? at * stride + 4 * start : start * stride + 4 * at;
  let runs = 0;
  let score = 0;
  let news = 0;
  let steps = 0;
  for (let run = 0; run < whole; run += every) {
    runs++;
    let strongest = 0;
    let isNew = false;
    for (let channel = 0; channel < 3; channel++) {
      const levels = prediction.levels[channel];
      let now = 0;
      let then = 0;
      let up = 0;
      let down = 0;
      for (let i = 0; i < RUN; i += 2) {
        const p = line + (run * RUN + i) * along + channel;
        const here = after.data[p] - after.data[p - across];
        now += here;
        if (here > 1) up++;
        else if (here < -1) down++;
        then += levels[before.data[p]] - levels[before.data[p - across]];
      }
      const size = Math.abs(now);
      if (size <= strongest || (now > 0 ? up : down) < STRAIGHT) continue;
      strongest = size;
      isNew = Math.abs(then) < 0.5 * size || now < 0 !== then < 0;
    }
    if (strongest < step * SAMPLES) continue;
    score += isNew ? 1 : HAD_EDGE;
    if (isNew) {
      news++;
      steps += strongest / SAMPLES;
    }
  }
  return { at, share: score / Math.max(1, runs), strength: steps / Math.max(1, news) };
}
