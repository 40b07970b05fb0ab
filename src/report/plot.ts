import type { Verdict } from '../visual/transition-record.js';
import type { Quantiles } from './figures.js';
import { formatMs } from './format-ms.js';
import { type Html, html } from './html.js';
import { verdictMark } from './verdict-mark.js';

/** One dot: a duration at a moment of the run. */
export interface PlotPoint {
  readonly atMs: number;
  readonly valueMs: number;
  readonly verdict: Verdict;
  /** Shown on hover. */
  readonly title: string;
  /** Where a click on it leads, `#t12`. */
  readonly href: string;
}

const WIDTH = 620;
const HEIGHT = 220;
const LEFT = 58;
const RIGHT = 74;
const TOP = 14;
const BOTTOM = 40;

/**
 * Durations over the run as an SVG: one dot each, coloured and shaped by verdict, on a logarithmic axis, because a
 * timeout lies an order of magnitude above everything else; lines at p50 and p95. Empty without points.
 */
export function plot(
  points: readonly PlotPoint[],
  {
    title,
    durationMs,
    quantiles,
  }: Readonly<{ title: string; durationMs: number; quantiles: Quantiles | null }>,
): Html {
  if (points.length === 0) return html`<p class="quiet">${title}: nothing to show.</p>`;
  const ticks = logTicks(points.map(({ valueMs }) => valueMs));
  const [low, high] = [Math.log(ticks[0]), Math.log(ticks.at(-1)!)];
  const spanMs = Math.max(durationMs, 1, ...points.map(({ atMs }) => atMs));
  const x = (ms: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * ms) / spanMs;
  const y = (ms: number): number =>
    HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (Math.log(Math.max(ms, ticks[0])) - low)) / (high - low);
  const right = WIDTH - RIGHT;
  // Proved ones first, so that the exceptions lie on top of them.
  const drawn = points.toSorted((a, b) => Number(b.verdict === 'proved') - Number(a.verdict === 'proved'));
  return html`<svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
    ${ticks.map(
      (tick) =>
        html`<line class="grid" x1="${LEFT}" x2="${right}" y1="${round(y(tick))}" y2="${round(y(tick))}" />
          <text class="axis" x="${LEFT - 8}" y="${round(y(tick) + 3.5)}" text-anchor="end"
            >${axisLabel(tick)}</text
          >`,
    )}
    ${timeTicks(spanMs).map(
      (tick) =>
        html`<line
            class="axis-tick"
            x1="${round(x(tick))}"
            x2="${round(x(tick))}"
            y1="${HEIGHT - BOTTOM}"
            y2="${HEIGHT - BOTTOM + 4}"
          />
          <text class="axis" x="${round(x(tick))}" y="${HEIGHT - BOTTOM + 16}" text-anchor="middle"
            >${clockLabel(tick)}</text
          >`,
    )}
    <text class="axis" x="${(LEFT + right) / 2}" y="${HEIGHT - 6}" text-anchor="middle">
      time since the start, min:s
    </text>
    ${quantileLines(quantiles, y, right)}
    ${drawn.map(
      ({ atMs, valueMs, verdict, title: text, href }) =>
        html`<a href="${href}"
          >${verdictMark(verdict, { x: x(atMs), y: y(valueMs) })}<title>${text}</title></a
        >`,
    )}
  </svg>`;
}

function quantileLines(
  quantiles: Quantiles | null,
  y: (ms: number) => number,
  right: number,
): readonly Html[] {
  if (quantiles === null) return [];
  const [p50, p95] = [y(quantiles.p50), y(quantiles.p95)];
  // Labels of lines closer than a text's height are pushed apart.
  const push = Math.max(0, (12 - (p50 - p95)) / 2);
  return [
    { name: 'p50', at: p50, label: p50 + push, ms: quantiles.p50 },
    { name: 'p95', at: p95, label: p95 - push, ms: quantiles.p95 },
  ].map(
    ({ name, at, label, ms }) =>
      html`<line class="quantile" x1="${LEFT}" x2="${right}" y1="${round(at)}" y2="${round(at)}" />
        <text class="quantile-label" x="${right + 6}" y="${round(label + 3.5)}"
          >${name} ${formatMs(ms)}</text
        >`,
  );
}

/** 1, 2, 5, 10 … from the last at or below the smallest value to the first above the largest; at least two. */
function logTicks(values: readonly number[]): readonly number[] {
  const smallest = Math.max(0.1, Math.min(...values));
  const largest = Math.max(smallest, ...values);
  const steps: number[] = [];
  for (let decade = 0.1; decade <= 1e8; decade *= 10) steps.push(decade, 2 * decade, 5 * decade);
  const first = steps.findLastIndex((step) => step <= smallest * 1.0001);
  const last = steps.findIndex((step) => step > largest);
  return steps.slice(first, last + 1).map((step) => Number(step.toPrecision(1)));
}

const TIME_STEPS_S = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200,
];

/** At most eight steps of a length people count in. */
function timeTicks(spanMs: number): readonly number[] {
  const stepMs = 1000 * (TIME_STEPS_S.find((step) => step * 8000 >= spanMs) ?? Math.ceil(spanMs / 8000));
  return Array.from({ length: Math.floor(spanMs / stepMs) + 1 }, (_, i) => i * stepMs);
}

function axisLabel(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}

function clockLabel(ms: number): string {
  const seconds = ms / 1000;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)}:${(Number.isInteger(rest) ? `${rest}` : rest.toFixed(1)).padStart(2, '0')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
