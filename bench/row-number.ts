import type { ImageBuffer } from '../src/image/index.js';

/** Where a row keeps its number, in pixels from the row's corner: blocks side by side, the most significant bit first. */
export const BLOCK_X = 10;
export const BLOCK_Y = 18;
export const BLOCK = 20;
export const BLOCK_PITCH = 22;
/** 16 bits of number, 4 that check them: the exclusive or of the number's hexadecimal digits. */
export const BLOCKS = 20;
/** Far apart in luma, so that a JPEG of any quality keeps them. */
export const BIT_COLORS = { one: '#14287a', zero: '#fadc78' } as const;

/** Luma below is a one, above is a zero; between them the block is neither. The colours have 47 and 217. */
const ONE_BELOW = 100;
const ZERO_ABOVE = 165;

/**
 * The number painted into a row, read from a picture of exactly that row: the benchmark's truth. Null when a block is
 * neither colour or the check does not fit, as in a row that is not whole.
 */
export function readRowNumber({ data, width }: ImageBuffer): number | null {
  let bits = 0;
  for (let i = 0; i < BLOCKS; i++) {
    const p = 4 * ((BLOCK_Y + BLOCK / 2) * width + BLOCK_X + BLOCK_PITCH * i + BLOCK / 2);
    const luma = (77 * data[p] + 150 * data[p + 1] + 29 * data[p + 2]) >> 8;
    if (luma >= ONE_BELOW && luma <= ZERO_ABOVE) return null;
    bits = bits * 2 + Number(luma < ONE_BELOW);
  }
  const number = bits >> 4;
  const check = (number ^ (number >> 4) ^ (number >> 8) ^ (number >> 12)) & 15;
  return check === (bits & 15) ? number : null;
}
