import { expect, test } from 'vitest';
import { ratiosOf } from '../../../bench/ratios.js';
import type { BenchCase } from '../../../bench/result.js';

const caseOf = (name: string, p50: number): BenchCase => ({ name, unit: 'ms', n: 5, min: 0.1, p50, p95: 99 });

test('a ratio is of medians, and only where both sides were measured', () => {
  const cases = [
    caseOf('click-to-proof:frame-control', 8),
    caseOf('click-to-proof:playwright', 32),
    caseOf('click-to-proof-animated:frame-control', 9),
    caseOf('click-to-proof-animated:puppeteer', 45),
    caseOf('decode:jpeg-q80-1280x720:jpeg-turbo-wasm', 6),
    caseOf('decode:jpeg-q80-1280x720:jpeg-js', 48),
  ];
  expect(ratiosOf(cases)).toEqual([
    { name: 'click-to-proof:frame-control/playwright', value: 0.25 },
    { name: 'click-to-proof-animated:frame-control/puppeteer', value: 0.2 },
    { name: 'decode-jpeg:portable/jpeg-js', value: 0.125 },
  ]);
});

test('nothing measured, nothing compared', () => {
  expect(ratiosOf([])).toEqual([]);
  expect(ratiosOf([caseOf('no-change:frame-control', 0.5)])).toEqual([]);
});
