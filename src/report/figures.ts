import { UnitCount } from '../core/unit-count.js';
import type { RunSummary } from '../runtime/run-store.js';
import type { IntentEvent, StoredEvent } from '../runtime/timeline.js';
import type { TransitionRecord, Verdict } from '../visual/transition-record.js';

/** The order verdicts are shown in, everywhere. */
export const VERDICTS: readonly Verdict[] = [
  'proved',
  'no-effect',
  'wrong-effect',
  'blocked',
  'ambiguous',
  'unknown',
];

/** One verdict of the timeline with the times the plots show. */
export interface Transition {
  readonly seq: number;
  /** Since the start of the run, wall clock. */
  readonly atMs: number;
  readonly record: TransitionRecord;
  /** That it adds to those counted before. */
  readonly units: number;
  /** From the look that began it to the decision. */
  readonly cycleMs: number;
  /** From the input to the first proof, or to the decision; null when no input was sent. */
  readonly confirmMs: number | null;
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
}

/** The numbers of one run. */
export interface Figures {
  readonly reason: string;
  readonly durationMs: number;
  readonly units: number;
  /** Over the time from the first intent to the last verdict; null without units. */
  readonly unitsPerMinute: number | null;
  readonly transitions: readonly Transition[];
  readonly verdicts: Readonly<Record<Verdict, number>>;
  /** Attempts after the first. */
  readonly retries: number;
  /** Clicks on a fallback point. */
  readonly fallbacks: number;
  readonly degraded: number;
  readonly skipped: number;
  /** The last one chosen. */
  readonly sensor: { readonly name: string; readonly format: string } | null;
  /** Of all transitions; null when there are none. */
  readonly cycle: Quantiles | null;
  /** Of the proved ones; null when there are none. */
  readonly confirm: Quantiles | null;
  readonly openIntents: readonly IntentEvent[];
}

/** Everything the report counts, from the events in their order. An unfinished run lasts until its last event. */
export function figures({
  run,
  events,
}: Readonly<{ run: RunSummary; events: readonly StoredEvent[] }>): Figures {
  const startMs = Date.parse(run.startedAt);
  const endMs = Date.parse(run.endedAt ?? events.at(-1)?.at ?? run.startedAt);
  const intents = events.filter((event) => event.type === 'step.intent');
  const count = new UnitCount();
  const transitions = events.flatMap((event) => {
    const units = count.add(event);
    return event.type === 'step.verdict' ? [transition(event, { startMs, units })] : [];
  });
  const decided = new Set(
    events
      .filter((event) => event.type === 'step.verdict' || event.type === 'step.withdrawn')
      .map(({ intentId }) => intentId),
  );
  const records = transitions.map(({ record }) => record);
  const { units } = count;
  const workedMs =
    intents.length === 0 || transitions.length === 0
      ? 0
      : startMs + transitions.at(-1)!.atMs - Date.parse(intents[0].at);
  const sensor = events.findLast((event) => event.type === 'sensor.chosen');
  return {
    reason: events.findLast((event) => event.type === 'run.state')?.reason ?? '',
    durationMs: Math.max(0, endMs - startMs),
    units,
    unitsPerMinute: units > 0 && workedMs > 0 ? (units * 60_000) / workedMs : null,
    transitions,
    verdicts: Object.fromEntries(
      VERDICTS.map((verdict) => [verdict, records.filter((record) => record.verdict === verdict).length]),
    ) as Record<Verdict, number>,
    retries: records.filter(({ attempt }) => attempt > 1).length,
    fallbacks: records.filter(({ action }) => 'foundBy' in action && action.foundBy === 'fallback').length,
    degraded: records.filter(({ degraded }) => degraded).length,
    skipped: events.filter(({ type }) => type === 'step.skipped').length,
    sensor: sensor === undefined ? null : { name: sensor.sensor, format: sensor.format },
    cycle: quantiles(transitions.map(({ cycleMs }) => cycleMs)),
    confirm: quantiles(
      transitions
        .filter(({ record }) => record.verdict === 'proved')
        .flatMap(({ confirmMs }) => confirmMs ?? []),
    ),
    openIntents: intents.filter(({ intentId }) => !decided.has(intentId)),
  };
}

function transition(
  { record, seq, at }: Extract<StoredEvent, { type: 'step.verdict' }>,
  { startMs, units }: Readonly<{ startMs: number; units: number }>,
): Transition {
  const { inputSentMs, firstProvedMs, decidedMs } = record.instants;
  const endMs = record.verdict === 'proved' ? (firstProvedMs ?? decidedMs) : decidedMs;
  return {
    seq,
    atMs: Date.parse(at) - startMs,
    record,
    units,
    cycleMs: decidedMs,
    confirmMs: inputSentMs === null ? null : endMs - inputSentMs,
  };
}

/** Nearest rank: the smallest value that at least this share of all does not exceed. Null for an empty list. */
function quantiles(values: readonly number[]): Quantiles | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1];
  return { p50: at(0.5), p95: at(0.95) };
}
