import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PixelproofError } from '../core/index.js';

/** Writes a file the caller asked for, and the folders above it. Errors: PXP_IO. */
export async function writeOutput(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  } catch (cause) {
    throw new PixelproofError('PXP_IO', 'the file cannot be written', { what: file, cause });
  }
}
