/** Milliseconds a synchronous operation took. Its result is looked at, so that no compiler may leave it out. */
export function timed(operation: () => unknown): number {
  const startedAt = performance.now();
  const result = operation();
  const endedAt = performance.now();
  if (result === undefined) throw new Error('an operation without a result cannot be timed');
  return endedAt - startedAt;
}
