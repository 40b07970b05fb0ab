import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedClick } from '../../calibrations/ledger/app/world.mjs';
import { executeRun } from '../../src/cli/execute-run.js';
import type { LoadedFlow } from '../../src/cli/load-flow.js';
import type { SensorName } from '../../src/cli/open-sensor.js';
import type { TransitionRecord, Verdict } from '../../src/visual/index.js';
import { pointOf } from '../support/point-of.js';
import { type Grade, gradeRecord } from './judge-record.js';
import { startLedger } from './start-ledger.js';

export interface Tally {
  readonly misbehaviour: string;
  readonly runs: number;
  readonly transitions: number;
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  readonly grades: Readonly<Partial<Record<Grade, number>>>;
  /** Steps and looks that ended in a review without an input having been sent. */
  readonly refused: number;
  /** Clicks that had an effect and on which there is no verdict. */
  readonly unclaimed: number;
  /** Runs that ended with an error, not with a step left to a person. */
  readonly failed: number;
  /** What was graded otherwise than right, for people who want to look. */
  readonly findings: readonly string[];
}

/**
 * Runs the ledger's flow against the misbehaving application, again and again with other seeds, until that many clicks were
 * judged, and grades each verdict by what the application's server says it did. The engine never sees that. `onTally` gets
 * what there is after each run, and `onKept` the data folder of a run of which not all was right, to be looked at.
 */
export async function measureMisbehaviour({
  misbehaviour,
  transitions,
  loaded,
  sensor,
  onTally,
  onKept,
}: Readonly<{
  misbehaviour: string;
  transitions: number;
  loaded: LoadedFlow;
  sensor: SensorName;
  onTally: (tally: Tally) => void;
  onKept: (dataDir: string) => void;
}>): Promise<void> {
  const verdicts: Partial<Record<Verdict, number>> = {};
  const grades: Partial<Record<Grade, number>> = {};
  const findings: string[] = [];
  let judged = 0;
  let runs = 0;
  let refused = 0;
  let unclaimed = 0;
  let failed = 0;
  while (judged < transitions) {
    runs++;
    const rows = Math.min(200, Math.max(1, transitions - judged));
    const dataDir = await mkdtemp(join(tmpdir(), 'pixelproof-accuracy-'));
    const server = await startLedger({ seed: runs, rows, misbehave: misbehaviour });
    /** By intent: a late effect replaces the verdict that was given too early. */
    const records = new Map<string, TransitionRecord>();
    const known = findings.length;
    try {
      const { result } = await executeRun({
        ...{ loaded, dataDir, sensor, url: server.url },
        onEvent: (event) => {
          if (event.type === 'step.verdict') records.set(event.intentId, event.record);
          if (event.type !== 'review.opened' || event.intentId !== null) return;
          refused++;
          findings.push(`seed ${runs}: ${event.step} refused (${event.reason})`);
        },
      });
      if (result.outcome === 'failed') {
        failed++;
        findings.push(`seed ${runs}: failed (${String(result.error)})`);
      }
      // Intents are numbered as their clicks were sent; a recovery's verdict comes before that of the step it interrupts.
      const sent = [...records.values()].sort((a, b) => numberOf(a) - numberOf(b));
      const { pairs, left } = pairUp(sent, (await server.truth()).clicks);
      for (const { effect, x, y } of left.filter((click) => click.effect !== 'none')) {
        unclaimed++;
        findings.push(`seed ${runs}: the application: ${effect} by a click at ${x},${y}, without a verdict`);
      }
      for (const [record, click] of pairs) {
        judged++;
        const grade = gradeRecord(record, click);
        verdicts[record.verdict] = (verdicts[record.verdict] ?? 0) + 1;
        grades[grade] = (grades[grade] ?? 0) + 1;
        if (grade === 'right') continue;
        const { step, verdict, reason } = record;
        findings.push(
          `seed ${runs}: ${step} ${verdict} (${reason}), the application: ${click === null ? 'no click' : click.effect}${click?.doubledOnto === undefined ? '' : ', twice'}: ${grade}`,
        );
      }
    } finally {
      await server.stop();
      if (findings.length > known) onKept(dataDir);
      else await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
    if (records.size === 0) throw new Error(`${misbehaviour}: a run without a single transition`);
    onTally({
      misbehaviour,
      runs,
      transitions: judged,
      verdicts,
      grades,
      refused,
      unclaimed,
      failed,
      findings,
    });
  }
}

function numberOf({ intentId }: TransitionRecord): number {
  return Number(intentId.split(':').at(-1));
}

/** Both in the order of the clicks, which are told apart by their places; a click that never arrived is null. And those `left`. */
function pairUp(
  records: readonly TransitionRecord[],
  clicks: readonly RecordedClick[],
): Readonly<{ pairs: (readonly [TransitionRecord, RecordedClick | null])[]; left: RecordedClick[] }> {
  let from = 0;
  const pairs = records.map((record) => {
    const { x, y } = pointOf(record.action);
    const at = clicks.findIndex((click, i) => i >= from && click.x === x && click.y === y);
    if (at < 0) return [record, null] as const;
    from = at + 1;
    return [record, clicks[at]] as const;
  });
  const claimed = new Set(pairs.map(([, click]) => click));
  return { pairs, left: clicks.filter((click) => !claimed.has(click)) };
}
