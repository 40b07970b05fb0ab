import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type DriftObservation, driftTrends } from '../../../src/calibration/index.js';

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString();
const held = (n: number, margin: number, name = 'a'): DriftObservation => ({
  at: day(n),
  name,
  state: 'held',
  margin,
});

describe('driftTrends', () => {
  test('a margin that shrinks is warned of, with the day it comes to nothing', () => {
    const [trend] = driftTrends([held(0, 1), held(1, 0.9), held(2, 0.8), held(3, 0.7)]);
    expect(trend).toMatchObject({ name: 'a', seen: 4, outlook: 'warning', failsAt: day(10) });
    expect(trend.perDay).toBeCloseTo(-0.1);
    expect(driftTrends([held(0, 1), held(1, 0.9), held(2, 0.8)], { horizonDays: 5 })[0]).toMatchObject({
      outlook: 'steady',
      failsAt: null,
    });
  });

  test('one look that was off is no trend', () => {
    const steady = [0, 1, 2, 3, 4, 5].map((n) => held(n, n === 3 ? 0.1 : 1));
    expect(driftTrends(steady)[0]).toMatchObject({ perDay: 0, outlook: 'steady' });
  });

  test('two looks, or many of one instant, are none either', () => {
    expect(driftTrends([held(0, 1), held(1, 0.1)])[0].outlook).toBe('steady');
    expect(driftTrends([held(0, 1), held(0, 0.5), held(0, 0.1)])[0].outlook).toBe('steady');
  });

  test('what does not hold is failing, and its repair begins anew', () => {
    const broken: DriftObservation = { at: day(4), name: 'a', state: 'broken', margin: 0 };
    const before = [held(0, 0.4), held(1, 0.3), held(2, 0.2), held(3, 0.1)];
    expect(driftTrends([...before, broken])[0]).toMatchObject({ outlook: 'failing', failsAt: null });
    const repaired = [held(5, 1), held(6, 1), held(7, 1)];
    expect(driftTrends([...before, broken, ...repaired])[0]).toMatchObject({ outlook: 'steady', seen: 8 });
  });

  test('what was not visible says nothing', () => {
    const hidden: DriftObservation = { at: day(9), name: 'a', state: 'not-visible', margin: 0 };
    expect(driftTrends([hidden])).toEqual([]);
    expect(driftTrends([held(0, 1), hidden])[0]).toMatchObject({ seen: 1, latest: { state: 'held' } });
  });

  test('any straight line is followed to its end, in whatever order it is told', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.05, noNaN: true }),
        fc.integer({ min: 3, max: 12 }),
        (slope, count) => {
          const line = Array.from({ length: count }, (_, n) => held(n, 1 - slope * n));
          const [trend] = driftTrends([...line].reverse(), { horizonDays: 1000 });
          expect(Math.abs(Date.parse(trend.failsAt!) - Date.parse(day(1 / slope)))).toBeLessThan(1000);
        },
      ),
    );
  });
});
