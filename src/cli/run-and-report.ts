import { UnitCount } from '../core/index.js';
import type { StoredEvent } from '../runtime/index.js';
import { type ExecuteOptions, type RunReport, executeRun } from './execute-run.js';
import { EXIT, type Output, exitCodeOf } from './output.js';
import { listenForStop } from './stop-signals.js';

/** Runs a flow with progress on a terminal and stop by signal, and answers its report and the exit code. */
export async function runAndReport(
  options: Omit<ExecuteOptions, 'drain' | 'abort' | 'onEvent' | 'onNote'>,
  output: Output,
): Promise<{ readonly report: RunReport; readonly exitCode: number }> {
  const stop = listenForStop((line) => output.note(line));
  const count = new UnitCount();
  const onEvent = (event: StoredEvent): void => {
    if (event.type === 'session.state') output.progress(`session: ${event.state}`);
    if (event.type === 'calibration.checked') {
      for (const { name, at } of event.failing) output.note(`warning: ${name} will not hold from ${at} on`);
    }
    if (event.type === 'calibration.broken') {
      for (const line of spellBroken(event.assumptions)) output.note(line);
    }
    if (event.type === 'warning') output.note(`warning: ${event.code}: ${event.detail}`);
    count.add(event);
    if (event.type !== 'step.verdict') return;
    output.progress(`${count.units} units; ${event.record.step}: ${event.record.verdict}`);
  };
  try {
    const { result, report } = await executeRun({
      ...options,
      drain: stop.drain,
      abort: stop.abort,
      onEvent,
      onNote: (line) => output.note(`warning: ${line}`),
    });
    if (result.error !== null) output.error(result.error);
    const failure = failureOf(result.placebo);
    if (failure !== null) output.note(failure);
    return { report, exitCode: failure === null ? exitCodeFor(result.outcome, result.error) : EXIT.failed };
  } finally {
    stop.end();
  }
}

/** What does not hold any more, expected and found, and what to write instead. */
function spellBroken(
  assumptions: Extract<StoredEvent, { type: 'calibration.broken' }>['assumptions'],
): readonly string[] {
  return assumptions.map(({ name, state, expected, found, proposed }) => {
    const instead = proposed === null ? '' : `; write ${proposed}`;
    return `${state}: ${name}: expected ${expected}, found ${found}${instead}`;
  });
}

/** The summary people read. */
export function spellReport(report: RunReport, extra: readonly (readonly [string, string])[] = []): string {
  const { runId, outcome, units, reviews, verdicts, sensor, cycleMs, confirmMs, dataDir } = report;
  const mix = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const lines: (readonly [string, string])[] = [
    ['run', `${runId}: ${outcome}${reviews === 0 ? '' : `, ${reviews} to review`}`],
    ['units', String(units)],
    ['verdicts', mix.length === 0 ? 'none' : mix.join(', ')],
    ...extra,
    ...placeboLines(report),
    ['cycle', `p50 ${cycleMs.p50 ?? '-'} ms, p95 ${cycleMs.p95 ?? '-'} ms`],
    ['confirm', `p50 ${confirmMs.p50 ?? '-'} ms, p95 ${confirmMs.p95 ?? '-'} ms (${sensor})`],
    ['data', dataDir],
    ['report', report.report],
  ];
  return lines.map(([name, text]) => `${name.padEnd(10)}${text}`).join('\n');
}

function failureOf(placebo: RunReport['placebo']): string | null {
  if (placebo === undefined || placebo === null) return null;
  if (placebo.confirmed > 0) return 'a step was called proved although nothing was done';
  return placebo.windows === 0 ? 'no step had anything to act on: nothing was measured' : null;
}

function placeboLines({ placebo }: RunReport): readonly (readonly [string, string])[] {
  if (placebo === undefined || placebo === null) return [];
  return [
    ['placebo', `${placebo.confirmed} of ${placebo.windows} windows without any input called proved`],
    ...Object.entries(placebo.skipped).map(([step, why]) => ['skipped', `${step}: ${why}`] as const),
  ];
}

function exitCodeFor(outcome: RunReport['outcome'], error: unknown): number {
  switch (outcome) {
    case 'done':
      return EXIT.ok;
    case 'parked':
      return EXIT.review;
    case 'cancelled':
      return EXIT.interrupted;
    case 'failed':
      return exitCodeOf(error);
  }
}
