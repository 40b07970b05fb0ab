import { formatValue } from './format-value.js';
import type { BenchResult } from './result.js';

/** The result as text for a terminal: ratios first, since they are what carries over to other machines. */
export function renderTable({ machine, cases, ratios, notes }: BenchResult): string {
  const wide = Math.max(...cases.map(({ name }) => name.length), ...ratios.map(({ name }) => name.length), 4);
  const caseLine = (name: string, n: string, min: string, p50: string, p95: string): string =>
    `${name.padEnd(wide)} ${n.padStart(6)} ${min.padStart(10)} ${p50.padStart(10)} ${p95.padStart(10)}`;
  return [
    `${machine.browser} on ${machine.cpus} x ${machine.model}, ${machine.memoryMB} MB, ${machine.platform}, Node ${machine.node}, ${machine.commit}`,
    '',
    ...ratios.map(({ name, value }) => `${name.padEnd(wide)} ${String(value).padStart(6)}`),
    '',
    caseLine('case', 'n', 'min', 'p50', 'p95'),
    ...cases.map(({ name, unit, n, min, p50, p95 }) => {
      const [least, middle, most] = [min, p50, p95].map((value) => formatValue(value, unit));
      return caseLine(name, String(n), least, middle, most);
    }),
    '',
    ...notes,
  ]
    .join('\n')
    .trimEnd();
}
