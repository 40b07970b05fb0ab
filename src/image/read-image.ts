import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { PixelproofError } from '../core/errors.js';
import { type DecodeOptions, type DecodedImage, decode } from './decode.js';
import { printableName } from './printable-name.js';
import { verifyImage } from './verify-image.js';

export interface ImageFile extends DecodedImage {
  /** The file as it is, for hashing and storing. */
  readonly bytes: Uint8Array;
}

/**
 * Reads, verifies from end to end and decodes an image file that comes from outside. Errors name the path as given
 * (control characters escaped).
 *
 * Errors: PXP_IO when the file cannot be read, PXP_IMAGE_* as `verifyImage` and `decode`.
 *
 * @example
 * const { image } = await readImage('reference.png');
 */
export async function readImage(
  path: string,
  options: Readonly<Omit<DecodeOptions, 'what'>> = {},
): Promise<ImageFile> {
  const bytes = await read(path);
  const named = { ...options, what: path };
  verifyImage(bytes, named);
  return { bytes, ...decode(bytes, named) };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'an error';
    throw new PixelproofError('PXP_IO', `cannot read the image ${printableName(basename(path))}`, {
      what: printableName(path),
      expected: 'a readable file',
      received: code,
      cause,
    });
  }
}
