import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executeRun } from '../../src/cli/execute-run.js';
import { loadFlow } from '../../src/cli/load-flow.js';
import type { SensorName } from '../../src/cli/open-sensor.js';
import type { RunResult } from '../../src/runtime/index.js';
import { startTarget } from '../targets/start-target.js';
import { startLedger } from './start-ledger.js';

const PACKS = join(import.meta.dirname, '..', '..', 'calibrations');

/** Each moves by itself: a clock and a caret, a caret and a spinner, a spinner and a progress bar. */
const APPLICATIONS = {
  ledger: () => startLedger({ seed: 1, rows: 20, misbehave: 'ambient=5' }),
  'cheetah-grid': () => startTarget('cheetah-grid'),
  'gtk-widget-factory': () => startTarget('gtk-widget-factory'),
};

type Application = keyof typeof APPLICATIONS;

/** What windows without any input were called, by application. */
export type PlaceboTally = NonNullable<RunResult['placebo']> & { readonly application: Application };

/** So many windows, shared out over the applications, which run beside each other; `onTally` gets what there is after each. */
export async function measurePlacebo({
  windows,
  sensor,
  onTally,
}: Readonly<{
  windows: number;
  sensor: SensorName;
  onTally: (tallies: readonly PlaceboTally[]) => void;
}>): Promise<void> {
  const names = Object.keys(APPLICATIONS) as Application[];
  const tallies = new Map<Application, PlaceboTally>();
  const ended = await Promise.allSettled(
    names.map(async (application) => {
      const share = Math.ceil(windows / names.length);
      tallies.set(application, await measureApplication(application, { windows: share, sensor }));
      onTally(names.flatMap((name) => tallies.get(name) ?? []));
    }),
  );
  // Only now: each application that was started has been stopped.
  const failure = ended.find((each) => each.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}

async function measureApplication(
  application: Application,
  { windows, sensor }: Readonly<{ windows: number; sensor: SensorName }>,
): Promise<PlaceboTally> {
  const dataDir = await mkdtemp(join(tmpdir(), 'pixelproof-placebo-'));
  const target = await APPLICATIONS[application]();
  try {
    const { result } = await executeRun({
      loaded: await loadFlow(join(PACKS, application, 'flow.ts')),
      ...{ dataDir, sensor, url: target.url, placebo: windows },
    });
    if (result.placebo === null) throw result.error;
    return { application, ...result.placebo };
  } finally {
    await target.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
