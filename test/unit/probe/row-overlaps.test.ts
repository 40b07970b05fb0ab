import { describe, expect, it } from 'vitest';
import { withoutOverlaps } from '../../../src/probe/rows/row-overlaps.js';

describe('rows that overlap', () => {
  it('end where the next one begins, but for a pixel', () => {
    const rows = [
      { top: 0, bottom: 30 },
      { top: 29, bottom: 60 },
      { top: 55, bottom: 90 },
      { top: 95, bottom: 120 },
    ];
    expect(withoutOverlaps(rows).map(({ bottom }) => bottom)).toEqual([30, 55, 90, 120]);
  });
});
