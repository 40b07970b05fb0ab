import { expect, test } from 'vitest';
import { type Rgb, deltaE } from '../../../src/probe/color/color.js';
import { fromSubsampledLine } from '../../../src/probe/color/subsampled-line.js';

const BLUE: Rgb = [41, 66, 255];
const WHITE: Rgb = [255, 255, 255];

/** Measured: lines of one and two pixels on white, coded as JPEG with 4:2:0 and decoded. */
test.each<[string, Rgb, Rgb]>([
  ['1 px, quality 60', BLUE, [73, 68, 152]],
  ['1 px, quality 80', BLUE, [70, 75, 141]],
  ['2 px across two blocks, quality 60', [87, 85, 217], [95, 89, 187]],
  ['1 px, a lighter blue, quality 60', [30, 135, 240], [69, 120, 163]],
])('%s is near what is left of the line', (_, line, color) => {
  expect(fromSubsampledLine(color, line, WHITE)).toBeLessThan(20);
  expect(deltaE(color, line)).toBeGreaterThan(14);
});

test.each<[string, Rgb]>([
  ['the ground', WHITE],
  ['grey of another luma', [200, 200, 200]],
  ['another colour of its luma', [140, 50, 50]],
])('%s is not', (_, color) => {
  expect(fromSubsampledLine(color, BLUE, WHITE)).toBeGreaterThan(30);
});

test('of a line without a ground nothing else is left', () => {
  expect(fromSubsampledLine([50, 66, 255], BLUE, BLUE)).toBeCloseTo(deltaE([50, 66, 255], BLUE), 10);
});
