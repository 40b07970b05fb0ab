import { type Html, html } from '../src/report/html.js';
import { formatValue } from './format-value.js';
import type { BenchCase } from './result.js';

const WIDTH = 460;
const LABEL_WIDTH = 150;
const VALUE_WIDTH = 66;
const ROW = 24;
const BAR = 13;
/** Sides that are not ours are drawn in another colour. */
const PEER = /playwright|puppeteer|pixelmatch/;

/**
 * Horizontal bars from zero to the median, on one linear axis, with a line from the least value to the p95. The axis ends
 * at twice the greatest median at most: a line that goes on beyond it has no end drawn.
 */
export function barChart(bars: readonly { readonly label: string; readonly case: BenchCase }[]): Html {
  const medians = bars.map(({ case: { p50 } }) => p50);
  const end = Math.min(2 * Math.max(...medians), Math.max(...bars.map(({ case: { p95 } }) => p95))) || 1;
  const x = (value: number): number =>
    LABEL_WIDTH + ((WIDTH - LABEL_WIDTH - VALUE_WIDTH) * Math.min(value, end)) / end;
  const height = ROW * bars.length + 4;
  return html`<svg viewBox="0 0 ${WIDTH} ${height}" role="img">
    <line class="base" x1="${LABEL_WIDTH}" x2="${LABEL_WIDTH}" y1="0" y2="${height}" />
    ${bars.map(({ label, case: { unit, n, min, p50, p95 } }, i) => {
      const middle = i * ROW + ROW / 2 + 2;
      return html`<g>
        <title>
          ${label}: n ${n}, min ${formatValue(min, unit)}, p50 ${formatValue(p50, unit)}, p95
          ${formatValue(p95, unit)}
        </title>
        <text x="${LABEL_WIDTH - 8}" y="${middle + 4}" text-anchor="end">${label}</text>
        <rect
          class="${PEER.test(label) ? 'theirs' : 'ours'}"
          x="${LABEL_WIDTH}"
          y="${middle - BAR / 2}"
          width="${tenths(Math.max(0.5, x(p50) - LABEL_WIDTH))}"
          height="${BAR}"
        />
        <path
          class="spread"
          d="${spread({ from: tenths(x(min)), to: tenths(x(p95)), y: middle, whole: p95 <= end })}"
        />
        <text class="value" x="${WIDTH}" y="${middle + 4}" text-anchor="end">${formatValue(p50, unit)}</text>
      </g>`;
    })}
  </svg>`;
}

function spread({
  from,
  to,
  y,
  whole,
}: Readonly<{ from: number; to: number; y: number; whole: boolean }>): string {
  return `M${from} ${y}H${to}M${from} ${y - 3}v6${whole ? `M${to} ${y - 3}v6` : ''}`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
