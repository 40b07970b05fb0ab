import { crc32 } from 'node:zlib';
import { type Defect, badImage } from './bad-image.js';
import type { PngHeader } from './header.js';
import { inflateIdat } from './inflate-idat.js';
import { type PngChunk, pngChunks } from './png-chunks.js';

/**
 * Checks a PNG from end to end: every chunk's checksum, order and place, palette and transparency, nothing after IEND,
 * and that the image data inflate to exactly what the header promises. `header` has passed `requireDecodable`. The one
 * thing left to the decoder is whether every palette index has a colour. Costs a CRC and an inflation of the file.
 *
 * Errors: PXP_IMAGE_CORRUPT, PXP_IMAGE_TOO_LARGE (image data beyond the promise), PXP_IMAGE_UNSUPPORTED (animated,
 * unknown critical chunk). Source: PNG (Third Edition), sections 5.3..5.6 and 11.
 */
export function verifyPng(bytes: Uint8Array, header: PngHeader, what: string): void {
  const seen = new Map<string, PngChunk>();
  let previous = '';
  let end = 0;
  for (const chunk of pngChunks(bytes, what)) {
    requireChecksum(chunk, what);
    requirePlace(chunk, previous, seen, what);
    requireContent(chunk, header, seen, what);
    seen.set(chunk.type, chunk);
    previous = chunk.type;
    end = chunk.offset + 12 + chunk.data.length;
  }
  if (end !== bytes.length) {
    throw corrupt('the PNG has data after its end', {
      what,
      offset: end,
      part: 'after chunk IEND',
      expected: 'the end of the bytes',
      received: `${bytes.length - end} more bytes`,
    });
  }
  for (const type of header.colorType === 3 ? ['PLTE', 'IDAT'] : ['IDAT']) {
    if (seen.has(type)) continue;
    throw corrupt('the PNG lacks a chunk it needs', {
      what,
      offset: end,
      part: 'chunk IEND',
      expected: `a ${type} chunk before`,
      received: 'none',
    });
  }
  inflateIdat(bytes, header, what);
}

function requireChecksum({ checked, crc, offset, type, data }: PngChunk, what: string): void {
  const computed = crc32(checked);
  if (computed === crc) return;
  throw corrupt('a PNG chunk has a wrong checksum', {
    what,
    offset: offset + 8 + data.length,
    part: `chunk ${type}`,
    expected: computed.toString(16).padStart(8, '0'),
    received: crc.toString(16).padStart(8, '0'),
  });
}

const CRITICAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND']);
const ANIMATION = new Set(['acTL', 'fcTL', 'fdAT']);

/** PNG (Third Edition), table 7: IHDR first, PLTE and tRNS once and before IDAT, IDATs in a row. */
function requirePlace(
  { type, offset }: PngChunk,
  previous: string,
  seen: ReadonlyMap<string, PngChunk>,
  what: string,
): void {
  const defect = { what, offset, part: `chunk ${type}` };
  const critical = (type.charCodeAt(0) & 0x20) === 0;
  if (ANIMATION.has(type) || (critical && !CRITICAL.has(type))) {
    throw badImage(
      'PXP_IMAGE_UNSUPPORTED',
      ANIMATION.has(type) ? 'animated PNG' : 'unknown critical PNG chunk',
      {
        ...defect,
        expected: 'a still PNG of standard chunks',
        received: type,
      },
    );
  }
  const repeated = seen.has(type) && (type === 'IHDR' || type === 'PLTE' || type === 'tRNS');
  const late = seen.has('IDAT') && (type === 'PLTE' || type === 'tRNS');
  const split = type === 'IDAT' && seen.has('IDAT') && previous !== 'IDAT';
  if (!repeated && !late && !split) return;
  throw corrupt('a PNG chunk is out of place', {
    ...defect,
    expected: type === 'IDAT' ? 'all IDAT chunks in a row' : `one ${type} chunk, before IDAT`,
    received: repeated ? 'a second one' : `${type} after ${previous}`,
  });
}

/** PNG (Third Edition), sections 11.2.2 (PLTE), 11.2.4 (IEND) and 11.3.1.1 (tRNS). */
function requireContent(
  { type, offset, data }: PngChunk,
  { colorType }: PngHeader,
  seen: ReadonlyMap<string, PngChunk>,
  what: string,
): void {
  const defect = { what, offset, part: `chunk ${type}`, received: `${data.length} bytes` };
  if (type === 'IEND' && data.length !== 0) {
    throw corrupt('the PNG end chunk has content', { ...defect, expected: '0 bytes' });
  }
  if (type === 'PLTE') {
    const grey = colorType === 0 || colorType === 4;
    if (grey || data.length === 0 || data.length > 3 * 256 || data.length % 3 !== 0) {
      throw corrupt('the PNG palette is malformed', {
        ...defect,
        expected: grey ? `no palette for colour type ${colorType}` : '1..256 colours of 3 bytes',
      });
    }
  }
  if (type === 'tRNS') {
    const colors = (seen.get('PLTE')?.data.length ?? 0) / 3;
    const right =
      colorType === 3
        ? data.length > 0 && data.length <= colors
        : data.length === (colorType === 0 ? 2 : colorType === 2 ? 6 : -1);
    if (!right) {
      throw corrupt('the PNG transparency is malformed', {
        ...defect,
        expected:
          colorType === 3 ? `1..${colors} bytes, after PLTE` : `what colour type ${colorType} has room for`,
      });
    }
  }
}

function corrupt(message: string, defect: Defect): Error {
  return badImage('PXP_IMAGE_CORRUPT', message, defect);
}
