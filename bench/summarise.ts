/** What is told of a case's samples. */
export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
}

/**
 * Quantiles by nearest rank: each is a value that was measured, none is interpolated, and with fewer than 20 samples the
 * p95 is the greatest of them. Rounded to three significant digits or three decimals. Throws without samples.
 */
export function summarise(samples: readonly number[]): Summary {
  if (samples.length === 0) throw new Error('a case without samples says nothing');
  const sorted = samples.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return { n: sorted.length, min: round(sorted[0]), p50: round(rank(0.5)), p95: round(rank(0.95)) };
}

/** Keeps what can be told from the noise. */
export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
}
