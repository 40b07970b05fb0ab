import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BIT_COLORS,
  BLOCK,
  BLOCKS,
  BLOCK_PITCH,
  BLOCK_X,
  BLOCK_Y,
  readRowNumber,
} from '../../../bench/row-number.js';
import { parseColor } from '../../../src/probe/color/color.js';
import { type ImageBuffer, decode, encodeJpeg } from '../../../src/image/index.js';
import { paint, solid } from '../../support/draw.js';

const ONE = parseColor(BIT_COLORS.one);
const ZERO = parseColor(BIT_COLORS.zero);

function bitsOf(number: number): boolean[] {
  let check = 0;
  for (let rest = number; rest > 0; rest = Math.floor(rest / 16)) check ^= rest % 16;
  const bits = number * 16 + check;
  return Array.from({ length: BLOCKS }, (_, i) => Math.floor(bits / 2 ** (BLOCKS - 1 - i)) % 2 === 1);
}

function drawRow(bits: readonly boolean[]): ImageBuffer {
  let row = solid(1240, 56, [255, 255, 255]);
  for (const [i, bit] of bits.entries()) {
    const rect = { x: BLOCK_X + BLOCK_PITCH * i, y: BLOCK_Y, width: BLOCK, height: BLOCK };
    row = paint(row, rect, bit ? ONE : ZERO);
  }
  return row;
}

const anyNumber = fc.integer({ min: 0, max: 65_535 });

describe('readRowNumber', () => {
  test('reads what was painted, also after a JPEG of low quality', () => {
    fc.assert(
      fc.property(anyNumber, (number) => {
        const row = drawRow(bitsOf(number));
        expect(readRowNumber(row)).toBe(number);
        expect(readRowNumber(decode(encodeJpeg(row, 20)).image)).toBe(number);
      }),
      { numRuns: 30 },
    );
  });

  test('a block that is wrong, or of no colour, is no number', () => {
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: 0, max: BLOCKS - 1 }), (number, i) => {
        const bits = bitsOf(number);
        expect(readRowNumber(drawRow(bits.map((bit, j) => (i === j ? !bit : bit))))).toBeNull();
        const rect = { x: BLOCK_X + BLOCK_PITCH * i, y: BLOCK_Y, width: BLOCK, height: BLOCK };
        expect(readRowNumber(paint(drawRow(bits), rect, [130, 130, 130]))).toBeNull();
      }),
      { numRuns: 30 },
    );
  });

  test('a row that shows only its upper part is no number', () => {
    const row = paint(drawRow(bitsOf(5)), { x: 0, y: 20, width: 1240, height: 36 }, [128, 128, 128]);
    expect(readRowNumber(row)).toBeNull();
  });
});
