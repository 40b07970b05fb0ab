import { isPixelproofError } from '../../core/errors.js';
import type { Size } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type PinProposal, assignPins } from './assign-pins.js';
import { type Assumption, isWrong } from '../check/assumption.js';
import { checkCalibration } from '../check/check-calibration.js';
import { editYaml } from './edit-yaml.js';
import type { AxisFeature } from '../measure/fit-axis.js';
import type { LayoutFeatures } from '../measure/layout-features.js';
import type { LoadedCalibration } from '../file/load-calibration.js';
import { movePlaces } from './move-places.js';
import { parseCalibration } from '../file/parse-calibration.js';
import { viewportOf } from './check-alone.js';
import { pinEvidence } from './pin-evidence.js';
import { actionEvidence } from './region-evidence.js';
import { resolveCalibration } from '../resolve.js';
import { screenshotSize } from '../screenshot-size.js';

/** One shift of all places in the reference screenshot, a pin for each entry, and what does not hold then. */
export interface PinFit extends Omit<PinProposal, 'edits'> {
  readonly shift: Readonly<{ x: number; y: number }>;
  readonly pins: PinProposal['edits'];
  readonly text: string;
  readonly wrong: readonly Assumption[];
}

/** Fewer regions, pictures and popups than this where a pin puts them, and chance may have put them there. */
const MIN_WITNESSES = 3;
/** Combinations of shifts that are held against the picture. */
const TRIED = 6;

/**
 * The pins and the shift under which a calibration fits a picture of another viewport, its reference staying what it is: for
 * the likeliest shifts of the whole layout, none first, every mark is held against the picture under every pin, entries
 * without a mark follow what they are part of, and the file that comes out is checked. The first with nothing wrong, else
 * the one with the least. Null when there is too little to see. Cost: a second or two at 1600x900.
 */
export function solvePins({
  calibration,
  text,
  image,
  features,
}: Readonly<{
  calibration: LoadedCalibration;
  text: string;
  image: ImageBuffer;
  features: LayoutFeatures;
}>): PinFit | null {
  let best: PinFit | null = null;
  for (const shift of shiftsOf(features, { reference: screenshotSize(calibration.viewport), image })) {
    const fit = fitPins({ calibration, text, image, shift });
    if (fit === null) continue;
    if (fit.wrong.length === 0) return fit;
    if (best === null || fit.wrong.length < best.wrong.length) best = fit;
  }
  return best;
}

type Shift = PinFit['shift'];

/** Null when a place leaves the picture, or when there is too little to see. */
function fitPins({
  calibration,
  text,
  image,
  shift,
}: Readonly<{
  calibration: LoadedCalibration;
  text: string;
  image: ImageBuffer;
  shift: Shift;
}>): PinFit | null {
  const read = (yaml: string): LoadedCalibration => ({
    ...parseCalibration(yaml, { file: calibration.name }),
    pictures: calibration.pictures,
    digits: calibration.digits,
  });
  try {
    const size = screenshotSize(calibration.viewport);
    const map = { x: { scale: 1, shift: shift.x }, y: { scale: 1, shift: shift.y }, size };
    const moved = editYaml(text, movePlaces(calibration, map));
    const unpinned = read(moved);
    const evidence = pinEvidence(unpinned, image, { atLeast: MIN_WITNESSES });
    if (evidence === null) return null;
    const viewport = viewportOf(image, calibration.viewport);
    const { edits, ...open } = assignPins(unpinned, { evidence, viewport });
    const pinned = editYaml(moved, edits);
    const ofActions = actionEdits(read(pinned), image);
    const edited = editYaml(pinned, ofActions);
    const found = checkCalibration(resolveCalibration(read(edited), viewport), image, { reach: 1 });
    return { shift, pins: [...edits, ...ofActions], ...open, text: edited, wrong: found.filter(isWrong) };
  } catch (error) {
    if (!isPixelproofError(error, 'PXP_CALIBRATION')) throw error;
    return null;
  }
}

/** Along a stretched list its actions stay on one side: where one pin alone has them in their columns, the file says so. */
function actionEdits(calibration: LoadedCalibration, image: ImageBuffer): PinFit['pins'] {
  return actionEvidence(calibration, image).flatMap(({ list, pins }) => {
    const { action, region } = calibration.lists[list];
    const from =
      (action !== undefined && 'columns' in action ? action.pin : undefined) ??
      calibration.regions[region].pin;
    if (pins.length !== 1 || pins[0] === from) return [];
    return [{ path: ['lists', list, 'action', 'pin'], from, to: pins[0] }];
  });
}

/** Shifts of both axes, likeliest first, after none at all. */
function shiftsOf(
  features: LayoutFeatures,
  { reference: { width, height }, image }: Readonly<{ reference: Size; image: Size }>,
): readonly Shift[] {
  const scale = Math.min(image.width / width, image.height / height);
  const x = votes(features.x, { grown: image.width - width, scale });
  const y = votes(features.y, { grown: image.height - height, scale });
  const [none, ...others] = x.flatMap((across) =>
    y.map((down) => ({ x: across.shift, y: down.shift, score: across.score + down.score })),
  );
  return [none, ...others.sort((a, b) => b.score - a.score).slice(0, TRIED - 1)];
}

interface Vote {
  readonly shift: number;
  readonly score: number;
}

/** A found place this far from where a shift and a pin put it is explained. */
const EXPLAINED_PX = 1.6;
const KEPT = 3;

/** No shift, and those that explain more features than none, each by the pin that suits it. */
function votes(
  features: readonly AxisFeature[],
  { grown, scale }: Readonly<{ grown: number; scale: number }>,
): readonly Vote[] {
  const shiftsBy = ({ at, candidates }: AxisFeature): readonly number[] =>
    candidates.flatMap((found) => [
      found - at,
      found - at - grown / 2,
      found - at - grown,
      found / scale - at,
    ]);
  const all = features.map((feature) => ({ weight: feature.weight, shifts: shiftsBy(feature) }));
  const score = (shift: number): number =>
    all
      .filter(({ shifts }) => shifts.some((each) => Math.abs(each - shift) <= EXPLAINED_PX))
      .reduce((sum, { weight }) => sum + weight, 0);
  const none = { shift: 0, score: score(0) };
  const whole = new Set(all.flatMap(({ shifts }) => shifts.map(Math.round)));
  const better = [...whole]
    .map((shift) => ({ shift, score: score(shift) }))
    .filter((vote) => vote.score > none.score)
    .sort((a, b) => b.score - a.score || Math.abs(a.shift) - Math.abs(b.shift));
  return [none, ...better.slice(0, KEPT)];
}
