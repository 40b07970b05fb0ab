import type { ImageBuffer } from '../../image/image-buffer.js';
import { scoreMarks } from '../check/score-marks.js';
import { type AxisFit, fitAxis, fitTogether, scoreMap } from '../measure/fit-axis.js';
import type { Layout } from '../measure/layout-features.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';

/** Candidate maps per axis by themselves, of the other axis under each of them, and of the pairs those that are tried. */
const KEEP = 24;
const KEEP_UNDER = 4;
const TRIED = 12;
/** A layout that is scaled differently across and down costs as much as a missing feature, per 5 %. */
const ANISOTROPY_WEIGHT = 20;
/** Two unknowns per axis: with three places one of them is a witness. */
export const MIN_PLACES = 3;
/** Pixels. A side that grew by one is off by that on one of two lines: 0.7. */
const MOVED_RMS = 0.6;
/** Of what the best map explains. */
const MOVE_SHARE = 0.8;
/** All the colours where they should be count as much as so many features. */
const MARKS_WEIGHT = 4;

export interface Fits {
  readonly x: AxisFit;
  readonly y: AxisFit;
}

export interface RankedFits extends Fits {
  /** In features explained. */
  readonly rank: number;
}

/**
 * The likeliest pairs of maps, best first. Long lines propose maps of each axis alone; under each of them it is known how far the sides
 * on the other axis go, and lines that go so far propose its maps. Pairs are ranked by what they explain, by their scales, which
 * are one in most layouts, and by the colours they put where they belong. None of a picture without lines.
 */
export function candidateFits(
  reference: ResolvedCalibration,
  layout: Layout,
  image: ImageBuffer,
): readonly RankedFits[] {
  const lengths = { x: image.width, y: image.height };
  const scalesOf = (fits: readonly AxisFit[]): readonly number[] => [1, ...fits.map(({ scale }) => scale)];
  const first = fitAxis(layout.x, { length: lengths.x, keep: KEEP });
  const alone = {
    x: first,
    y: fitAxis(layout.y, { length: lengths.y, keep: KEEP, scales: scalesOf(first) }),
  };
  const under = (axis: 'x' | 'y', other: AxisFit): readonly AxisFit[] =>
    fitAxis(layout.under(axis, other), {
      length: lengths[axis],
      keep: KEEP_UNDER,
      scales: [1, other.scale],
    });
  const pairs = [
    ...alone.y.flatMap((y) => under('x', y).map((x) => ({ x, y }))),
    ...alone.x.flatMap((x) => under('y', x).map((y) => ({ x, y }))),
  ];
  const fitted = pairs.map((pair) => {
    const features = { x: layout.under('x', pair.y), y: layout.under('y', pair.x) };
    const [x, y] = (['x', 'y'] as const).map((axis) => ({
      features: features[axis],
      fit: scoreMap(features[axis], pair[axis], lengths[axis]),
      length: lengths[axis],
    }));
    return fitTogether(x, y);
  });
  const uneven = ({ x, y }: Fits): number => ANISOTROPY_WEIGHT * Math.abs(Math.log(x.scale / y.scale));
  const rank = (fits: Fits): number =>
    fits.x.score + fits.y.score - uneven(fits) + MARKS_WEIGHT * scoreMarks(reference, image, fits);
  const ranked = fitted.map((fits) => ({ ...fits, rank: rank(fits) })).sort((a, b) => b.rank - a.rank);
  return ranked.filter((fits, i) => i < TRIED || isMoveLike(ranked[0], fits));
}

/** Moved by whole pixels, and explains nearly as much as the best map does: what it moves out of view tells nothing against it. */
export const isMoveLike = (best: Fits, fits: Fits): boolean =>
  isMove(fits) && fits.x.score + fits.y.score >= MOVE_SHARE * (best.x.score + best.y.score);

/** Moved by whole pixels, with everything that should show on a boundary of its line, or so near that a codec or a line of one pixel may have put it there. */
const isMove = (fits: Fits): boolean =>
  [fits.x, fits.y].every(
    ({ scale, rms, missing, inliers }) =>
      scale === 1 && rms <= MOVED_RMS && missing.length === 0 && inliers.length >= MIN_PLACES,
  );
