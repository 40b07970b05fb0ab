import type { RunSummary } from '../runtime/run-store.js';
import type { RunState, StoredEvent } from '../runtime/timeline.js';
import type { Figures, Transition } from './figures.js';
import { formatMs } from './format-ms.js';
import { type Html, html } from './html.js';
import { type PlotPoint, plot } from './plot.js';

/** What a reader sees first: how the run ended, what needs attention, its key figures, and times over the run. */
export function summary(
  run: RunSummary,
  { numbers, events }: Readonly<{ numbers: Figures; events: readonly StoredEvent[] }>,
): Html {
  return html`${outcome(run, numbers, events)} ${keyFigures(numbers)} ${plots(numbers)}`;
}

const OUTCOMES: Readonly<Record<RunState, string>> = {
  queued: 'Not started',
  preparing: 'Still preparing',
  running: 'Still running',
  parked: 'Parked',
  stopping: 'Stopping',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

function outcome(run: RunSummary, numbers: Figures, events: readonly StoredEvent[]): Html {
  const count = (type: StoredEvent['type']): number => events.filter((event) => event.type === type).length;
  const links = [
    { count: numbers.openIntents.length, text: 'open intent', hue: 'unknown' },
    { count: count('review.opened'), text: 'review', hue: 'ambiguous' },
    { count: count('step.refused'), text: 'refused step', hue: 'no-effect' },
    {
      count: numbers.transitions.length - numbers.verdicts.proved,
      text: 'transition not proved',
      plural: 'transitions not proved',
      hue: 'wrong-effect',
    },
  ].filter((link) => link.count > 0);
  return html`<header class="outcome ${run.state}">
    <h1><b>${OUTCOMES[run.state]}</b>${numbers.reason !== '' && html`: ${numbers.reason}`}</h1>
    <p>
      ${run.flow} on ${run.target} · run <code>${run.runId}</code> · ${shortTime(run.startedAt)}
      ${run.endedAt !== null && html`to ${shortTime(run.endedAt)}`} UTC
    </p>
    ${
      links.length > 0 &&
      html`<p class="attention">
        ${links.map(
          (link) =>
            html`<a class="v-${link.hue}" href="#exceptions"
              ><b>${link.count}</b> ${link.count === 1 ? link.text : (link.plural ?? `${link.text}s`)}</a
            >`,
        )}
      </p>`
    }
  </header>`;
}

function keyFigures(numbers: Figures): Html {
  const { units, unitsPerMinute, sensor, cycle, confirm } = numbers;
  const rows: readonly (readonly [name: string, value: string, note?: string])[] = [
    ['units', `${units}`],
    ['units/min', unitsPerMinute === null ? '–' : unitsPerMinute.toFixed(unitsPerMinute < 10 ? 1 : 0)],
    ['duration', formatMs(numbers.durationMs)],
    [
      'transitions',
      `${numbers.transitions.length}`,
      numbers.skipped > 0 ? `+ ${numbers.skipped} skipped` : '',
    ],
    ['cycle p50', cycle === null ? '–' : formatMs(cycle.p50), cycle ? `p95 ${formatMs(cycle.p95)}` : ''],
    [
      'confirmed p50',
      confirm === null ? '–' : formatMs(confirm.p50),
      confirm ? `p95 ${formatMs(confirm.p95)}` : '',
    ],
    ['retries', `${numbers.retries}`],
    ['fallbacks', `${numbers.fallbacks}`, numbers.degraded > 0 ? `${numbers.degraded} degraded` : ''],
    ['sensor', sensor?.name ?? '–', sensor?.format],
  ];
  return html`<dl class="key-figures">
    ${rows.map(
      ([name, value, note]) =>
        html`<div>
          <dt>${name}</dt>
          <dd class="${/^\d|^–/.test(value) ? '' : 'word'}">${value}</dd>
          ${note ? html`<small>${note}</small>` : ''}
        </div>`,
    )}
  </dl>`;
}

function plots({ transitions, durationMs, cycle, confirm }: Figures): Html {
  const point = ({ seq, atMs, record }: Transition, valueMs: number): PlotPoint => ({
    atMs,
    valueMs,
    verdict: record.verdict,
    title: `#${seq} ${record.step} ${record.verdict} (${record.reason}): ${formatMs(valueMs)}`,
    href: `#t${seq}`,
  });
  const cycles = transitions.map((transition) => point(transition, transition.cycleMs));
  const confirms = transitions.flatMap((transition) =>
    transition.confirmMs === null ? [] : point(transition, transition.confirmMs),
  );
  return html`<div class="plots">
    <section class="panel">
      <h3>Cycle time <span class="quiet">look to verdict, all transitions</span></h3>
      ${plot(cycles, { title: 'Cycle time over the run', durationMs, quantiles: cycle })}
    </section>
    <section class="panel">
      <h3>Confirmation time <span class="quiet">input to proof; lines: proved ones only</span></h3>
      ${plot(confirms, { title: 'Confirmation time over the run', durationMs, quantiles: confirm })}
    </section>
  </div>`;
}

function shortTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}
