import { type LintOptions, type LintWarning, lintCalibration } from './lint.js';
import { readCalibrationText } from './load-calibration.js';
import { loadPictures } from './load-pictures.js';
import { parseLocated } from './parse-calibration.js';
import { resolveCalibration } from '../resolve.js';

/** A lint finding with its place in the file, `line:column`, both from 1. */
export type LocatedFinding = Omit<LintWarning, 'path'> & { readonly line: string };

/**
 * Everything the lint finds in a calibration file, its pictures read and its places resolved at its own viewport, in the order
 * of the file's sections. Errors: PXP_IO, PXP_CALIBRATION when it does not load.
 */
export async function lintFile(file: string, options: LintOptions = {}): Promise<readonly LocatedFinding[]> {
  const { calibration, locate } = parseLocated(await readCalibrationText(file), { file });
  const loaded = await loadPictures(calibration, { file, locate });
  resolveCalibration({ ...calibration, ...loaded }, calibration.viewport);
  return lintCalibration(calibration, options).map(({ path, ...finding }) => ({
    line: locate(path),
    ...finding,
  }));
}
