import { JPEG_MARKER } from './jpeg-segments.js';

/** One scan of a sequential JPEG, as far as its entropy-coded data can be checked without computing a pixel. */
export interface JpegScan {
  /** How many minimum coded units the scan has, and how many between two restart markers (0: no markers). */
  readonly units: number;
  readonly restartInterval: number;
  /** Tables of each block of one unit, in coding order. */
  readonly blocks: readonly { readonly dc: Uint16Array; readonly ac: Uint16Array }[];
}

export type EntropyResult =
  | { readonly ok: true; readonly end: number }
  | { readonly ok: false; readonly offset: number; readonly expected: string; readonly received: string };

/**
 * Reads the entropy-coded data of a scan from `start` and answers where they end, or what is wrong with them: a code
 * no table has, more than 64 coefficients, too few or too many units, or restart markers out of order. This is what
 * tells a picture that was cut short and closed with an EOI from a whole one. Costs one pass over the data (a few ms
 * for a 720p frame) and a copy of them.
 *
 * Source: ITU-T T.81, sections F.2.2 (Huffman decoding), B.1.1.5 (byte stuffing), E.2.4 (restart).
 */
export function checkEntropyData(bytes: Uint8Array, start: number, scan: JpegScan): EntropyResult {
  const interval = scan.restartInterval === 0 ? scan.units : scan.restartInterval;
  // Blocks are checked for overrun once each; a block takes at most 64 codes of 16 + 15 bits.
  const scratch = new Uint8Array(bytes.length - start + 256);
  let offset = start;
  for (let done = 0, restart = 0; ; restart = (restart + 1) & 7) {
    const { length, end } = unstuff(bytes, offset, scratch);
    const units = Math.min(interval, scan.units - done);
    const fault = checkUnits(scratch, length, units, scan.blocks);
    if (fault !== undefined) return { ok: false, offset, ...fault };
    done += units;
    if (done === scan.units) return { ok: true, end };
    if (bytes[end + 1] !== JPEG_MARKER.RST0 + restart) {
      return {
        ok: false,
        offset: end,
        expected: `RST${restart} after ${done} of ${scan.units} units`,
        received: end + 1 < bytes.length ? `marker ff${bytes[end + 1].toString(16)}` : 'the end of the bytes',
      };
    }
    offset = end + 2;
  }
}

/** Copies up to the next marker without the zero that follows each ff; `end` is the marker's offset. */
function unstuff(bytes: Uint8Array, start: number, scratch: Uint8Array): { length: number; end: number } {
  let length = 0;
  let at = start;
  for (; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0xff) {
      if (bytes[at + 1] !== 0) break;
      at++;
    }
    scratch[length++] = byte;
  }
  scratch.fill(0, length, length + 256);
  return { length, end: at };
}

/** 11 bits for a DC difference, 10 for an AC coefficient at 8 bits per sample: ITU-T T.81, tables F.1 and F.2. */
const MAX_DC_BITS = 11;
const MAX_AC_BITS = 10;

function checkUnits(
  data: Uint8Array,
  length: number,
  units: number,
  blocks: JpegScan['blocks'],
): { expected: string; received: string } | undefined {
  const bits = 8 * length;
  let at = 0;
  for (let unit = 0; unit < units; unit++) {
    for (let block = 0; block < blocks.length; block++) {
      at = blockEnd(data, at, blocks[block].dc, blocks[block].ac);
      if (at < 0) return { expected: 'codes of the Huffman tables', received: `none in unit ${unit}` };
      if (at > bits) return { expected: `${units} units`, received: `data for ${unit}` };
    }
  }
  if (bits - at < 8) return undefined;
  return { expected: `${units} units and no more`, received: `${(bits - at) >> 3} more bytes` };
}

/** The bit after the block that starts at bit `at`, or -1 when it has no valid code there. */
function blockEnd(data: Uint8Array, at: number, dc: Uint16Array, ac: Uint16Array): number {
  const first = dc[peek16(data, at)];
  if (first === 0 || (first & 255) > MAX_DC_BITS) return -1;
  at += (first >> 8) + (first & 255);
  for (let k = 1; k < 64; k++) {
    const entry = ac[peek16(data, at)];
    if (entry === 0) return -1;
    at += entry >> 8;
    const run = (entry >> 4) & 15;
    const size = entry & 15;
    if (size === 0) {
      if (run === 0) return at;
      if (run !== 15) return -1;
    } else if (size > MAX_AC_BITS) return -1;
    k += run;
    if (k > 63) return -1;
    at += size;
  }
  return at;
}

function peek16(data: Uint8Array, bit: number): number {
  const i = bit >> 3;
  return (((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]) >> (8 - (bit & 7))) & 0xffff;
}
