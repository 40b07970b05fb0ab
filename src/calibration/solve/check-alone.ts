import { isPixelproofError } from '../../core/errors.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Assumption, isWrong } from '../check/assumption.js';
import { checkCalibration } from '../check/check-calibration.js';
import type { LoadedCalibration } from '../file/load-calibration.js';
import type { Calibration } from '../file/schema.js';
import { resolveCalibration } from '../resolve.js';
import type { Viewport } from '../screenshot-size.js';

/** The viewport that this is a picture of, at that device scale factor. */
export function viewportOf(
  { width, height }: ImageBuffer,
  { deviceScaleFactor }: Pick<Viewport, 'deviceScaleFactor'>,
): Viewport {
  return { width: width / deviceScaleFactor, height: height / deviceScaleFactor, deviceScaleFactor };
}

/** What holds on a picture of any viewport; empty where a place would be outside. */
export function checkedAt(
  calibration: LoadedCalibration,
  image: ImageBuffer,
  viewport = viewportOf(image, calibration.viewport),
): readonly Assumption[] {
  try {
    return checkCalibration(resolveCalibration(calibration, viewport), image, { reach: 1 });
  } catch (error) {
    if (!isPixelproofError(error, 'PXP_CALIBRATION')) throw error;
    return [];
  }
}

const NOTHING = {
  ...{ points: {}, regions: {}, swatches: {}, anchors: {}, tabs: {}, lists: {}, counters: {}, modals: {} },
  ...{ together: [], masks: [], park: undefined },
};

/** The same of a calibration with nothing in it but these sections. */
export function checkAlone(
  calibration: LoadedCalibration,
  sections: Partial<Calibration>,
  image: ImageBuffer,
): readonly Assumption[] {
  return checkedAt({ ...calibration, ...NOTHING, ...sections }, image);
}

const isHeld = ({ state }: Assumption): boolean => state === 'held';

export const holdsInPart = (found: readonly Assumption[]): boolean =>
  found.some(isHeld) && !found.some(isWrong);

export const holdsAltogether = (found: readonly Assumption[]): boolean =>
  found.length > 0 && found.every(isHeld);
