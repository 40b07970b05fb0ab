/** A length of time for people, two or three digits and its unit: `8.4 ms`, `215 ms`, `2.50 s`, `3 min 05 s`, `2 h 07 min`. */
export function formatMs(ms: number): string {
  // The bounds are where rounding reaches the next form.
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(whole % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function twoDigits(value: number): string {
  return `${value}`.padStart(2, '0');
}
