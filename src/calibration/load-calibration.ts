import { createReadStream } from 'node:fs';

import { PixelproofError } from '../core/errors.js';
import { printableName } from '../image/printable-name.js';
import { calibrationError, parseCalibration } from './parse-calibration.js';
import { MAX_CALIBRATION_BYTES, tooLarge } from './read-yaml.js';
import type { Calibration } from './schema.js';

/**
 * Reads and checks a calibration file, UTF-8 YAML or JSON. Never reads more than the size cap and a byte.
 *
 * Errors: PXP_IO when the file cannot be read, PXP_CALIBRATION as for {@link parseCalibration}.
 */
export async function loadCalibration(path: string): Promise<Calibration> {
  const bytes = await readCapped(path);
  if (bytes.length > MAX_CALIBRATION_BYTES) throw calibrationError(path, '', [tooLarge('more')]);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw calibrationError(path, '', [
      { offset: 0, problem: 'not a text file', expected: 'UTF-8', received: 'other bytes' },
    ]);
  }
  return parseCalibration(text, { file: path });
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
