import { describe, expect, it } from 'vitest';
import { makeRows } from '../../calibrations/ledger/app/rows.mjs';
import type { LedgerRow } from '../../calibrations/ledger/app/rows.mjs';

const looks = ({ label, name, memo, amountCents, date, height }: LedgerRow): unknown[] => [
  label,
  name,
  memo,
  amountCents,
  date,
  height,
];

describe('makeRows', () => {
  it('numbers the rows from 1 and varies their height from 50 to 58', () => {
    const rows = makeRows({ seed: 1, count: 200 });
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    const heights = new Set(rows.map(({ height }) => height));
    expect([Math.min(...heights), Math.max(...heights), heights.size]).toEqual([50, 58, 9]);
  });

  it.each([1, 2, 3])('asks for confirmation on about 8 % and disables about 6 % (seed %i)', (seed) => {
    const rows = makeRows({ seed, count: 192 });
    expect(rows.filter(({ needsConfirmation }) => needsConfirmation)).toHaveLength(16);
    const disabled = rows.filter(({ disabledMs }) => disabledMs > 0);
    expect(disabled).toHaveLength(12);
    expect(disabled.every(({ disabledMs }) => disabledMs >= 400 && disabledMs < 2000)).toBe(true);
  });

  it('depends on the seed alone, and a longer list starts with the same rows', () => {
    expect(makeRows({ seed: 7, count: 300 }).slice(0, 50)).toEqual(makeRows({ seed: 7, count: 50 }));
    expect(makeRows({ seed: 7, count: 50 }).map(looks)).not.toEqual(
      makeRows({ seed: 8, count: 50 }).map(looks),
    );
  });

  it('draws neighbours differently', () => {
    const rows = makeRows({ seed: 1, count: 200 });
    expect(rows.filter((row, i) => i > 0 && String(looks(row)) === String(looks(rows[i - 1])))).toEqual([]);
  });

  it('lets about its share of rows look like the row before, with an id of their own', () => {
    const rows = makeRows({ seed: 1, count: 2000, equal: 0.25 });
    const copies = rows.filter((row, i) => i > 0 && String(looks(row)) === String(looks(rows[i - 1])));
    // Four standard deviations of the binomial: 4·sqrt(0.25·0.75·2000) = 77.
    expect(Math.abs(copies.length - 500)).toBeLessThan(77);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2000);
  });

  it('can make all rows look the same', () => {
    const rows = makeRows({ seed: 1, count: 30, equal: 1 });
    expect(new Set(rows.map((row) => String(looks(row)))).size).toBe(1);
  });
});
