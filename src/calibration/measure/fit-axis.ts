import type { Boundary } from './step-grid.js';

/** Something whose place on an axis the calibration gives, and the places in the picture where it may be now. */
export interface AxisFeature {
  readonly name: string;
  readonly at: number;
  /** Sorted. Empty when it was not found. */
  readonly candidates: readonly number[];
  /** The boundaries between pixels there, sorted: what only moved is measured to these. */
  readonly sharp?: readonly Boundary[];
  /** Counts as much as this many features. */
  readonly weight: number;
}

/** new = scale · old + shift, on one axis. */
export interface AxisMap {
  readonly scale: number;
  readonly shift: number;
}

export interface AxisFit extends AxisMap {
  /** Names of the features that are where the map puts them. */
  readonly inliers: readonly string[];
  /** Names of those that it puts inside of the picture, where they are not. */
  readonly missing: readonly string[];
  /** Weight of the inliers, by that of them and the missing. */
  readonly share: number;
  /** Root mean square of the inliers' distances, pixels. */
  readonly rms: number;
  readonly score: number;
}

/** A found place this far from where the map puts it is explained: half a pixel of rounding at both ends, and the fit's error. */
const EXPLAINED_PX = 1.6;
const MIN_SCALE = 0.5;
const MAX_SCALE = 2;
/** Explained by so much less when it is as far off as it may be: a border has two edges, and they are a pixel apart. */
const BLUR_WEIGHT = 1;
/** Off by so much is in its place. */
const ROUNDING_PX = 0.5;
/** Of two boundaries of one line the stronger is the likelier one. */
const FAINT_WEIGHT = 0.03;
/** What is missing counts against a map, less than what is there counts for it: parts of a screen come and go. */
const MISSING_WEIGHT = 0.5;
/** Of maps that explain as much the one that changes less: a screen's length of shift, or a doubling, weighs this much. */
const CHANGE_WEIGHT = 0.5;

/**
 * The maps that explain the most features, best first, at most `keep`. Every two features with every two of their candidates
 * propose a map (and each one with each of `scales`, by default the scale as it was); a map is scored by the weight of the features within 1.6 pixels of
 * where it puts them, roughly first, and the best are fitted to those by least squares; the scale of one that was proposed with a given scale stays. Deterministic: all pairs are tried, none drawn.
 * `length` is the picture's side. Cost: pairs of features × pairs of candidates × features, a look-up each.
 *
 * Source: the hypothesise-and-verify scheme of Fischler and Bolles, Random Sample Consensus, 1981, without the sampling.
 */
export function fitAxis(
  features: readonly AxisFeature[],
  { length, keep, scales = [1] }: Readonly<{ length: number; keep: number; scales?: readonly number[] }>,
): readonly AxisFit[] {
  const best = new Map<string, AxisMap & { readonly score: number; readonly given: boolean }>();
  const roughScore = createRoughScore(features, length);
  let floor = -Infinity;
  const consider = (map: AxisMap, given: boolean): void => {
    if (!(map.scale >= MIN_SCALE && map.scale <= MAX_SCALE)) return;
    const score = roughScore(map);
    if (score <= floor) return;
    const key = keyOf(map, length);
    if (score > (best.get(key)?.score ?? -Infinity)) best.set(key, { ...map, score, given });
    if (best.size > 2 * SPARE * keep) floor = keepBest(best, SPARE * keep);
  };
  for (const [i, first] of features.entries()) {
    for (const a of first.candidates) {
      for (const scale of scales) consider({ scale, shift: a - scale * first.at }, true);
      for (const second of features.slice(i + 1)) {
        if (second.at === first.at) continue;
        for (const b of second.candidates) {
          const scale = (b - a) / (second.at - first.at);
          if (scale >= MIN_SCALE && scale <= MAX_SCALE)
            consider({ scale, shift: a - scale * first.at }, false);
        }
      }
    }
  }
  keepBest(best, SPARE * keep);
  const fits = new Map<string, AxisFit>();
  for (const { given, ...map } of best.values()) {
    const fit = scoreMap(features, map, length);
    const refined = scoreMap(features, refine(features, fit, given), length);
    const known = fits.get(keyOf(refined, length));
    if (known === undefined || refined.score > known.score) fits.set(keyOf(refined, length), refined);
  }
  keepBest(fits, keep);
  return [...fits.values()];
}

/** Several maps become one when they are fitted to what they explain: so many times as many are kept until then. */
const SPARE = 8;

/** Drops all but the best `count`, which are in order then; answers the score that others have to beat. */
function keepBest<Each extends { readonly score: number }>(maps: Map<string, Each>, count: number): number {
  const ranked = [...maps].sort(([, a], [, b]) => b.score - a.score).slice(0, count);
  maps.clear();
  for (const [key, map] of ranked) maps.set(key, map);
  return ranked.length < count ? -Infinity : ranked[count - 1][1].score;
}

/** Places along the axis that are looked up, in a pixel. */
const FINENESS = 4;

/** What {@link scoreMap} says to a quarter of a pixel, by a table for each feature: there are a million maps to tell the likely ones of. */
function createRoughScore(features: readonly AxisFeature[], length: number): (map: AxisMap) => number {
  const tables = features.map(({ at, weight, candidates }) => {
    const edge = Math.ceil(EXPLAINED_PX * FINENESS);
    const table = new Float32Array(length * FINENESS).fill(-MISSING_WEIGHT * weight, edge + 1, -edge);
    for (const candidate of candidates) {
      const [from, to] = [-EXPLAINED_PX, EXPLAINED_PX].map((off) => Math.round((candidate + off) * FINENESS));
      table.fill(weight, Math.max(0, from), Math.max(0, to + 1));
    }
    return { at, table };
  });
  return ({ scale, shift }) => {
    let score = -CHANGE_WEIGHT * changeOf({ scale, shift }, length);
    for (const { at, table } of tables) {
      const place = Math.round((scale * at + shift) * FINENESS);
      if (place >= 0 && place < table.length) score += table[place];
    }
    return score;
  };
}

const changeOf = ({ scale, shift }: AxisMap, length: number): number =>
  Math.abs(Math.log2(scale)) + Math.abs(shift) / length;

/** Maps that put both ends of the picture within a pixel of each other are one. */
function keyOf({ scale, shift }: AxisMap, length: number): string {
  return `${Math.round(shift)} ${Math.round(shift + scale * length)}`;
}

/** What one map explains. */
export function scoreMap(features: readonly AxisFeature[], map: AxisMap, length: number): AxisFit {
  const inliers: string[] = [];
  const missing: string[] = [];
  let [explained, blurred, lacking, squares] = [0, 0, 0, 0];
  for (const { name, at, weight, ...places } of features) {
    const put = map.scale * at + map.shift;
    const { at: found, share } = nearestPlace(places, put, map);
    const off = Math.abs(found - put);
    if (off <= EXPLAINED_PX) {
      inliers.push(name);
      squares += off * off;
      explained += weight;
      blurred += weight * (Math.max(0, off - ROUNDING_PX) / EXPLAINED_PX) ** 2 + FAINT_WEIGHT * (1 - share);
    } else if (put > EXPLAINED_PX && put < length - EXPLAINED_PX) {
      missing.push(name);
      lacking += weight;
    }
  }
  return {
    ...map,
    inliers,
    missing,
    share: explained === 0 ? 0 : explained / (explained + lacking),
    rms: inliers.length === 0 ? 0 : Math.sqrt(squares / inliers.length),
    score:
      explained - BLUR_WEIGHT * blurred - MISSING_WEIGHT * lacking - CHANGE_WEIGHT * changeOf(map, length),
  };
}

/** The least squares line through the inliers, of a scale that was given or their own; their own is 1 when one pixel over them says no other. */
function refine(features: readonly AxisFeature[], fit: AxisFit, keepScale: boolean): AxisMap {
  const { spread, shared, span, meanAt, meanFound } = inlierSums(features, fit);
  const scale = keepScale ? fit.scale : spread === 0 ? 1 : shared / spread;
  if (keepScale ? scale === 1 : Math.abs(scale - 1) * span <= 1)
    return { scale: 1, shift: Math.round(meanFound - meanAt) };
  return { scale, shift: meanFound - scale * meanAt };
}

/** Sums of squares and products around the means, of the places of a fit's inliers and of where they were found. */
function inlierSums(features: readonly AxisFeature[], { inliers, scale, shift }: AxisFit) {
  const pairs = features
    .filter(({ name }) => inliers.includes(name))
    .map(({ at, ...places }) => ({ at, found: nearestPlace(places, scale * at + shift, { scale }).at }));
  const n = pairs.length;
  const meanAt = pairs.reduce((sum, { at }) => sum + at, 0) / n;
  const meanFound = pairs.reduce((sum, { found }) => sum + found, 0) / n;
  const spread = pairs.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const shared = pairs.reduce((sum, { at, found }) => sum + (at - meanAt) * (found - meanFound), 0);
  const span = Math.max(...pairs.map(({ at }) => at)) - Math.min(...pairs.map(({ at }) => at));
  return { meanAt, meanFound, spread, shared, span };
}

interface Axis {
  readonly features: readonly AxisFeature[];
  readonly fit: AxisFit;
  /** The picture's side. */
  readonly length: number;
}

/** Scales of two axes nearer than this may be one. */
export const SAME_SCALE = 0.02;

/**
 * Both axes fitted with one scale, by the inliers of both: two sides of a layout know it better than one. As they were,
 * when their scales differ, one explains nothing, or would explain less with the common one.
 */
export function fitTogether(x: Axis, y: Axis): { readonly x: AxisFit; readonly y: AxisFit } {
  const apart = { x: x.fit, y: y.fit };
  if (x.fit.inliers.length === 0 || y.fit.inliers.length === 0) return apart;
  const sums = [x, y].map(({ features, fit }) => inlierSums(features, fit));
  const spread = sums[0].spread + sums[1].spread;
  if (!(spread > 0) || Math.abs(x.fit.scale / y.fit.scale - 1) > SAME_SCALE) return apart;
  const common = (sums[0].shared + sums[1].shared) / spread;
  const isSame = Math.abs(common - 1) * Math.max(sums[0].span, sums[1].span) <= 1;
  const [across, down] = [x, y].map(({ features, length }, i) => {
    const { meanAt, meanFound } = sums[i];
    const shift = isSame ? Math.round(meanFound - meanAt) : meanFound - common * meanAt;
    return scoreMap(features, { scale: isSame ? 1 : common, shift }, length);
  });
  const explains = (fit: AxisFit, than: AxisFit): boolean => fit.inliers.length >= than.inliers.length;
  return explains(across, x.fit) && explains(down, y.fit) ? { x: across, y: down } : apart;
}

/** What only moved did so by whole pixels; a scaled line is where its blur has its middle. */
function nearestPlace(
  { candidates, sharp }: Pick<AxisFeature, 'candidates' | 'sharp'>,
  put: number,
  { scale }: Pick<AxisMap, 'scale'>,
): Boundary {
  if (scale !== 1 || sharp === undefined) return { at: nearest(candidates, put), share: 1 };
  const none = { at: Infinity, share: 0 };
  return sharp.reduce(
    (best, each) => (Math.abs(each.at - put) < Math.abs(best.at - put) ? each : best),
    none,
  );
}

/** Of sorted values; Infinity of none. */
function nearest(values: readonly number[], wanted: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  const [after, before] = [values[low] ?? Infinity, values[low - 1] ?? -Infinity];
  return after - wanted < wanted - before ? after : before;
}
