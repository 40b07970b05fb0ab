/**
 * Milliseconds before the retry after `attempt` (from 1): doubles each time up to `maxMs`, half of it jitter, so that many
 * runs that failed together do not come back together ("equal jitter": M. Brooker, Exponential Backoff And Jitter, 2015).
 */
export function backoffMs(
  attempt: number,
  { baseMs, maxMs, random }: Readonly<{ baseMs: number; maxMs: number; random: () => number }>,
): number {
  const full = Math.min(maxMs, baseMs * 2 ** (attempt - 1));
  return full / 2 + (full / 2) * random();
}
