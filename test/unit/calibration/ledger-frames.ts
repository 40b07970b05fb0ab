import { join } from 'node:path';

import {
  type LoadedCalibration,
  checkCalibration,
  loadCalibration,
  resolveCalibration,
} from '../../../src/calibration/index.js';
import { type ImageBuffer, readImage } from '../../../src/image/index.js';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The calibration that ships with the bundled application. */
export const LEDGER_FILE = join(ROOT, 'calibrations', 'ledger', 'calibration.yaml');
export const shipped = (): Promise<LoadedCalibration> => loadCalibration(LEDGER_FILE);

/** A picture of test/golden/ledger. */
export const framePath = (name: string): string => join(ROOT, 'test', 'golden', 'ledger', name);
export const frame = async (name: string): Promise<ImageBuffer> => (await readImage(framePath(name))).image;

/** The states of what is not held and not out of sight, by name. */
export function alarms(
  calibration: LoadedCalibration,
  image: ImageBuffer,
  at: Readonly<{ width: number; height: number }> = image,
): Record<string, string> {
  const resolved = resolveCalibration(calibration, {
    width: at.width,
    height: at.height,
    deviceScaleFactor: 1,
  });
  return Object.fromEntries(
    checkCalibration(resolved, image)
      .filter(({ state }) => state === 'drifted' || state === 'broken')
      .map(({ name, state, offset }) => [
        name,
        offset === undefined ? state : `${state} ${offset.x},${offset.y}`,
      ]),
  );
}
