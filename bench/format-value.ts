import type { Unit } from './result.js';

/** Three significant digits and the unit: `8.71 ms`, `61.2 KB`, `148 /s`. */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case 'bytes':
      return value < 1000 ? `${value} B` : `${digits(value / 1000)} KB`;
    case '1/s':
      return `${digits(value)} /s`;
    case 'ms':
    case 'MB':
      return `${digits(value)} ${unit}`;
  }
}

function digits(value: number): string {
  const fraction = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  return value.toFixed(fraction);
}
