import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from '../../../src/runtime/backoff.js';

it('doubles with every attempt up to the limit, half of it by chance', () => {
  const at = (attempt: number, random: number) =>
    backoffMs(attempt, { baseMs: 100, maxMs: 2000, random: () => random });
  expect([1, 2, 3, 4].map((attempt) => at(attempt, 0))).toEqual([50, 100, 200, 400]);
  expect(at(1, 0.5)).toBe(75);
  expect(at(60, 0)).toBe(1000);
});

it('lies between half of the whole and the whole', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), share, (attempt, random) => {
      const ms = backoffMs(attempt, { baseMs: 100, maxMs: 2000, random: () => random });
      const whole = Math.min(2000, 100 * 2 ** (attempt - 1));
      return ms >= whole / 2 && ms <= whole;
    }),
  );
});
