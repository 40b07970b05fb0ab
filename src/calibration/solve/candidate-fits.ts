import type { ImageBuffer } from '../../image/image-buffer.js';
import { scoreMarks } from '../check/score-marks.js';
import { type AxisFit, fitAxis, fitTogether, scoreMap } from '../measure/fit-axis.js';
import { type LayoutFeatures, featuresNear } from '../measure/layout-features.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';

/** Candidate maps per axis, and of their combinations those that are held against the picture. */
const KEEP = 24;
const TRIED = 12;
/** A layout that is scaled differently across and down costs as much as a missing feature, per 5 %. */
const ANISOTROPY_WEIGHT = 20;
/** All the colours where they should be count as much as so many features. */
const MARKS_WEIGHT = 4;

export interface Fits {
  readonly x: AxisFit;
  readonly y: AxisFit;
}

/**
 * The likeliest maps, best first: of those that explain the most lines along each axis, the pairs that go best with each other and
 * with the colours of the picture. At least one.
 */
export function candidateFits(
  reference: ResolvedCalibration,
  features: LayoutFeatures,
  image: ImageBuffer,
): readonly Fits[] {
  const { width, height } = image;
  const scalesOf = (fits: readonly AxisFit[]): readonly number[] => [1, ...fits.map(({ scale }) => scale)];
  const first = fitAxis(features.x, { length: width, keep: KEEP });
  // Most layouts grow as a whole: each axis is asked about the other's scales.
  const down = fitAxis(features.y, { length: height, keep: KEEP, scales: scalesOf(first) });
  const across = fitAxis(features.x, { length: width, keep: KEEP, scales: scalesOf(down) });
  const uneven = ({ x, y }: Fits): number => ANISOTROPY_WEIGHT * Math.abs(Math.log(x.scale / y.scale));
  const rank = (fits: Fits): number =>
    fits.x.score + fits.y.score - uneven(fits) + MARKS_WEIGHT * scoreMarks(reference, image, fits);
  return across
    .flatMap((x) => down.map((y) => ({ x, y, rank: rank({ x, y }) })))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, TRIED)
    .map(({ x, y }) =>
      fitTogether(
        { features: features.x, fit: x, length: width },
        { features: features.y, fit: y, length: height },
      ),
    );
}

/** Fitted to the short sides near it too; as it was where that explains less of what proposed it. */
export function fittedNear(
  fits: Fits,
  {
    reference,
    features,
    image,
  }: Readonly<{ reference: ResolvedCalibration; features: LayoutFeatures; image: ImageBuffer }>,
): Fits {
  const { width, height } = image;
  const near = featuresNear(reference, image, fits);
  const across = fitAxis(near.x, { length: width, keep: 1, scales: [fits.x.scale] }).at(0);
  const down = fitAxis(near.y, { length: height, keep: 1, scales: [fits.y.scale] }).at(0);
  if (across === undefined || down === undefined) return fits;
  const both = fitTogether(
    { features: near.x, fit: across, length: width },
    { features: near.y, fit: down, length: height },
  );
  const x = scoreMap(features.x, both.x, width);
  const y = scoreMap(features.y, both.y, height);
  const explains = x.inliers.length >= fits.x.inliers.length && y.inliers.length >= fits.y.inliers.length;
  return explains ? { x, y } : fits;
}
