import { inflateSync } from 'node:zlib';
import { badImage } from './bad-image.js';
import type { PngHeader } from './header.js';
import { pngChunks } from './png-chunks.js';

/** Samples per pixel by PNG colour type: PNG (Third Edition), table 8. */
const SAMPLES: Readonly<Partial<Record<number, number>>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * The inflated image data of an 8-bit, not interlaced PNG: per row one filter byte and width · samples bytes, still
 * filtered. Inflation is bounded by what the header promises, so a zlib bomb costs no more memory than the picture.
 *
 * Errors: PXP_IMAGE_TOO_LARGE when the data inflate to more than that, PXP_IMAGE_CORRUPT when they inflate to less,
 * do not inflate, are followed by other bytes in IDAT, or use a filter that does not exist.
 * Source: PNG (Third Edition), sections 9.2 and 10.1.
 */
export function inflateIdat(bytes: Uint8Array, header: PngHeader, what: string): Uint8Array {
  const idats = [...pngChunks(bytes, what)].filter((chunk) => chunk.type === 'IDAT');
  const compressed = idats.length === 1 ? idats[0].data : Buffer.concat(idats.map((chunk) => chunk.data));
  const stride = 1 + header.width * SAMPLES[header.colorType]!;
  const expected = header.height * stride;
  const defect = { what, offset: idats[0]?.offset ?? bytes.length, part: 'chunk IDAT' };
  const { inflated, consumed } = inflate(compressed, expected, defect);
  if (inflated.length !== expected || consumed !== compressed.length) {
    throw badImage('PXP_IMAGE_CORRUPT', 'the PNG image data do not fit the header', {
      ...defect,
      expected: `${expected} bytes for ${header.width}x${header.height}, and no more in IDAT`,
      received: `${inflated.length} bytes, ${compressed.length - consumed} compressed bytes left over`,
    });
  }
  requireFilters(inflated, stride, defect);
  return inflated;
}

interface Place {
  readonly what: string;
  readonly offset: number;
  readonly part: string;
}

function inflate(
  compressed: Uint8Array,
  expected: number,
  defect: Place,
): { inflated: Uint8Array; consumed: number } {
  try {
    // With `info` Node also returns the engine, whose bytesWritten is the input it used; @types/node does not know.
    const result = inflateSync(compressed, { maxOutputLength: expected, info: true }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { inflated: result.buffer, consumed: result.engine.bytesWritten };
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (tooLarge) {
      throw badImage('PXP_IMAGE_TOO_LARGE', 'the PNG image data inflate to more than the header promises', {
        ...defect,
        expected: `${expected} bytes`,
        received: 'more',
        cause,
      });
    }
    throw badImage('PXP_IMAGE_CORRUPT', 'the PNG image data do not inflate', {
      ...defect,
      expected: 'a whole zlib stream',
      received: cause instanceof Error ? cause.message : 'an error',
      cause,
    });
  }
}

function requireFilters(inflated: Uint8Array, stride: number, defect: Place): void {
  for (let at = 0; at < inflated.length; at += stride) {
    if (inflated[at] <= 4) continue;
    throw badImage('PXP_IMAGE_CORRUPT', 'a PNG row has an unknown filter', {
      ...defect,
      expected: '0..4',
      received: `${inflated[at]} in row ${at / stride}`,
    });
  }
}
