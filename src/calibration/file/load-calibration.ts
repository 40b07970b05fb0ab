import { createReadStream } from 'node:fs';

import { PixelproofError } from '../../core/errors.js';
import { printableName } from '../../image/printable-name.js';
import { type LoadedPictures, loadPictures } from './load-pictures.js';
import { calibrationError, parseLocated } from './parse-calibration.js';
import { MAX_CALIBRATION_BYTES, tooLarge } from './read-yaml.js';
import type { Calibration } from './schema.js';

/** A calibration with the pictures it names. */
export type LoadedCalibration = Calibration & LoadedPictures;

/**
 * Reads and checks a calibration file, UTF-8 YAML or JSON, and the pictures it names. Never reads more than the size cap and
 * a byte.
 *
 * Errors: PXP_IO when the file cannot be read, PXP_CALIBRATION as for {@link parseCalibration} and {@link loadPictures}.
 */
export async function loadCalibration(path: string): Promise<LoadedCalibration> {
  const { calibration, locate } = parseLocated(await readCalibrationText(path), { file: path });
  return { ...calibration, ...(await loadPictures(calibration, { file: path, locate })) };
}

/** The text of a calibration file. Errors: PXP_IO, PXP_CALIBRATION for one that is too large or not UTF-8. */
export async function readCalibrationText(path: string): Promise<string> {
  const bytes = await readCapped(path);
  if (bytes.length > MAX_CALIBRATION_BYTES) throw calibrationError(path, '', [tooLarge('more')]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw calibrationError(path, '', [
      { offset: 0, problem: 'not a text file', expected: 'UTF-8', received: 'other bytes' },
    ]);
  }
}

async function readCapped(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    // `end` is inclusive: one byte more than the cap tells a file that is too large.
    for await (const chunk of createReadStream(path, { end: MAX_CALIBRATION_BYTES }))
      chunks.push(chunk as Buffer);
  } catch (cause) {
    throw new PixelproofError('PXP_IO', 'the calibration cannot be read', {
      what: printableName(path),
      cause,
    });
  }
  return Buffer.concat(chunks);
}
