import { parseCalibration, resolveCalibration } from '../../src/calibration/index.js';
import { systemClock } from '../../src/core/index.js';
import {
  type ArtifactRef,
  MODES,
  type Mode,
  type Picture,
  type Step,
  type TransitionJournal,
  click,
  createVisualEngine,
  rowAdvanced,
} from '../../src/visual/index.js';
import type { Side } from '../interleave.js';
import { type OurSide, availableSensors, openOurs } from '../ours.js';
import { type PageServer, VIEWPORT } from '../page.js';
import type { Recorder } from '../recorder.js';
import { readRowNumber } from '../row-number.js';

/** Long enough to be of the kind that counts, short enough to show what the looks themselves cost. */
const HARDLY_SETTLED_MS = 1;

/**
 * `step-cycle:<mode>`: a whole step of the engine in each mode, from the look before to the settled proof, by the fastest sensor
 * there is, on one page; `step-cycle-unsettled:<mode>`: the same without the time a proof has to hold still, so that what the modes
 * differ in is not hidden behind it. No picture goes to disk.
 */
export async function cyclingCases(recorder: Recorder, server: PageServer): Promise<void> {
  const modes = Object.keys(MODES) as Mode[];
  const cases = ['step-cycle', 'step-cycle-unsettled'] as const;
  if (!cases.some((name) => modes.some((mode) => recorder.wants(`${name}:${mode}`)))) return;
  const { quick } = recorder.options;
  const ours = await openOurs(availableSensors()[0], server.url('rows'));
  try {
    for (const name of cases) {
      const settleMs = name === 'step-cycle' ? undefined : HARDLY_SETTLED_MS;
      const sides = modes.map((mode) => sideOf(`${name}:${mode}`, ours, { mode, settleMs }));
      const schedule = { turns: quick ? 3 : 10, perTurn: quick ? 2 : 5, budgetMs: quick ? 4000 : 30_000 };
      await recorder.compare(sides, { unit: 'ms', ...schedule });
    }
  } finally {
    await ours.close();
  }
}

function sideOf(
  name: string,
  ours: OurSide,
  { mode, settleMs }: Readonly<{ mode: Mode; settleMs: number | undefined }>,
): Side {
  const engine = createVisualEngine({
    screen: { source: () => ours.source, actuator: () => ours.actuator },
    calibration: CALIBRATION,
    clock: systemClock,
    blockers: new Map(),
    mode,
  });
  let intents = 0;
  return {
    name,
    async sample() {
      const shown = await rowNumber(ours);
      const startedAt = performance.now();
      const intentId = `${name}:${++intents}`;
      const outcome = await engine.transition({
        ...{ intentId, stepName: 'collect', attempt: 1, journal: NOWHERE },
        step: { ...COLLECT, settleMs },
      });
      const ms = performance.now() - startedAt;
      if (outcome.kind !== 'verdict' || outcome.record.verdict !== 'proved') {
        throw new Error(
          `${name}: a step ended ${outcome.kind === 'verdict' ? outcome.record.reason : outcome.kind}`,
        );
      }
      const next = await rowNumber(ours);
      if (next !== shown + 1) throw new Error(`${name}: after row ${shown} the page shows ${next}`);
      return ms;
    },
  };
}

async function rowNumber(ours: OurSide): Promise<number> {
  const number = readRowNumber((await ours.look('png')).decode());
  if (number === null) throw new Error('the page shows no row');
  return number;
}

const COLLECT: Step = {
  act: click('rows.action'),
  proves: rowAdvanced('rows'),
  blockedBy: [],
  keep: [],
  effect: 'advance',
};

const NOWHERE: TransitionJournal = {
  intend: ({ before }) => Promise.resolve({ before: refTo(before), behind: null, evidence: [] }),
};

function refTo({ bytes, mediaType, rect }: Picture): ArtifactRef {
  return { sha256: '0'.repeat(64), kind: 'before', mediaType, sizeBytes: bytes.length, rect };
}

/** Of the page in page.ts: ten rows of 56 pixels, one every 60. */
const CALIBRATION = resolveCalibration(
  parseCalibration(
    `
version: 1
name: benchmark
viewport: { width: ${VIEWPORT.width}, height: ${VIEWPORT.height} }
regions:
  rows: { rect: [20, 104, 1240, 600] }
lists:
  rows:
    region: rows
    rows: { first: 104, pitch: 60, minHeight: 40, maxHeight: 70 }
    action: { columns: [1130, 120], enabled: '#2e9e4f', tolerance: 14, minArea: 1500 }
    identity: { columns: [24, 1080] }
`,
    { file: 'benchmark.yaml' },
  ),
  { ...VIEWPORT, deviceScaleFactor: 1 },
);
