import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarise } from '../../../bench/summarise.js';

const samples = fc.array(
  fc.integer({ min: 0, max: 99_000 }).map((n) => n / 1000),
  { minLength: 1, maxLength: 60 },
);

/** The least measured value that at least this share of the samples does not exceed. */
function quantile(values: readonly number[], share: number): number {
  const fits = values.filter(
    (value) => values.filter((other) => other <= value).length >= share * values.length,
  );
  return Math.min(...fits);
}

test('quantiles are by nearest rank, whatever the order', () => {
  fc.assert(
    fc.property(samples, (values) => {
      expect(summarise(values)).toEqual({
        n: values.length,
        min: Math.min(...values),
        p50: quantile(values, 0.5),
        p95: quantile(values, 0.95),
      });
    }),
  );
});

test('the samples stay as they are', () => {
  const values = [3, 1, 2];
  summarise(values);
  expect(values).toEqual([3, 1, 2]);
});

test('without samples there is nothing to say', () => {
  expect(() => summarise([])).toThrow();
});
