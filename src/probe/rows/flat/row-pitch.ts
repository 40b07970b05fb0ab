import { type InkCluster, inkFloor } from '../profile/row-clusters.js';
import type { RowProfile } from '../profile/row-profile.js';

/** Blank rows added at both ends, so that a last glyph line still has an end to correlate with. */
const MARGIN = 6;
/** Weakest correlation that is called periodic. */
const PERIODIC = 0.45;
/** Multiples of the pitch correlate as well as the pitch: the shortest lag this close to the best one wins. */
const NEARLY_BEST = 0.84;
/** A shorter lag may correlate less, where groups have wider gaps, if it is the distance of most neighbours. */
const NEIGHBOUR_BEST = 0.5;
const MOST_NEIGHBOURS = 0.75;
const NEIGHBOUR_SLACK = 2;

let signal = new Float32Array(0);
let correlation = new Float32Array(0);

/**
 * The distance at which the ink of a stretch repeats, with its correlation (0..1), or null: normalised autocorrelation
 * of the ink clipped at half its median, so that long and short texts weigh the same. Refined below a pixel on
 * multiples of the lag. `twice` is the correlation at twice the pitch, 0 beyond the longest. Cost: rows × lags.
 */
export function inkPitch(
  { ink }: RowProfile,
  clusters: readonly InkCluster[],
  { shortest, longest }: { readonly shortest: number; readonly longest: number },
): { readonly pitch: number; readonly score: number; readonly twice: number } | null {
  const { top } = clusters[0];
  const { bottom } = clusters[clusters.length - 1];
  const length = fillSignal(ink, { top, bottom });
  const last = Math.min(longest, length - 2 * MARGIN - 1);
  if (last <= shortest) return null;
  if (correlation.length <= last + 1) correlation = new Float32Array(last + 2);
  let best = 0;
  for (let lag = shortest - 1; lag <= last + 1; lag++) {
    correlation[lag] = correlate(length, lag);
    if (lag >= shortest && lag <= last && isPeak(lag)) best = Math.max(best, correlation[lag]);
    if (lag - 1 >= shortest && isPeak(lag - 1)) best = Math.max(best, correlation[lag - 1]);
  }
  if (best < PERIODIC) return null;
  let lag = shortest;
  while (
    lag < last &&
    !(
      isPeak(lag) &&
      (correlation[lag] >= NEARLY_BEST * best ||
        (correlation[lag] >= NEIGHBOUR_BEST * best && parted(clusters, lag)))
    )
  ) {
    lag++;
  }
  const score = Math.min(1, correlation[lag]);
  const twice = 2 * lag <= last ? Math.min(1, correlation[2 * lag]) : 0;
  return { pitch: refine(length, lag), score, twice };
}

function fillSignal(ink: Int32Array, { top, bottom }: InkCluster): number {
  const length = bottom - top + 2 * MARGIN;
  if (signal.length < length) signal = new Float32Array(length);
  signal.fill(0, 0, length);
  const floor = inkFloor(ink, { top, bottom });
  const positive = ink
    .subarray(top, bottom)
    .filter((count) => count > floor)
    .sort();
  const cap = Math.max(1, 0.5 * (positive[positive.length >> 1] - floor));
  let mean = 0;
  for (let y = top; y < bottom; y++) {
    const value = Math.min(1, (ink[y] - floor) / cap);
    signal[y - top + MARGIN] = value;
    mean += value;
  }
  mean /= length;
  for (let i = 0; i < length; i++) signal[i] -= mean;
  return length;
}

function correlate(length: number, lag: number): number {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let i = 0, j = lag; j < length; i++, j++) {
    product += signal[i] * signal[j];
    first += signal[i] * signal[i];
    second += signal[j] * signal[j];
  }
  return first === 0 || second === 0 ? 0 : product / Math.sqrt(first * second);
}

function isPeak(lag: number): boolean {
  return correlation[lag] >= correlation[lag - 1] && correlation[lag] >= correlation[lag + 1];
}

/** True when most neighbouring clusters are one lag apart, by their tops or their bottoms. */
function parted(clusters: readonly InkCluster[], lag: number): boolean {
  let fit = 0;
  for (let i = 1; i < clusters.length; i++) {
    const tops = Math.abs(clusters[i].top - clusters[i - 1].top - lag);
    const bottoms = Math.abs(clusters[i].bottom - clusters[i - 1].bottom - lag);
    if (Math.min(tops, bottoms) <= NEIGHBOUR_SLACK) fit++;
  }
  return fit >= MOST_NEIGHBOURS * (clusters.length - 1);
}

function refine(length: number, lag: number): number {
  let pitch = lag;
  for (let times = 2; times * pitch < length - lag; times++) {
    const near = Math.round(times * pitch);
    let best = near;
    let most = -1;
    for (let candidate = near - 1; candidate <= near + 1; candidate++) {
      const score = correlate(length, candidate);
      if (score > most + 1e-4) {
        most = score;
        best = candidate;
      }
    }
    if (most < PERIODIC) break;
    pitch = best / times;
  }
  return pitch;
}
