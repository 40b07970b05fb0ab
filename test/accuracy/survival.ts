import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executeRun } from '../../src/cli/execute-run.js';
import type { LoadedFlow } from '../../src/cli/load-flow.js';
import type { SensorName } from '../../src/cli/open-sensor.js';
import { isPixelproofError } from '../../src/core/index.js';
import { MODES, type Mode } from '../../src/visual/index.js';
import { startLedger } from './start-ledger.js';

/** What a calibration made for the well-behaved application meets, from nothing to more than any mode can bear. */
export const SITUATIONS = [
  '',
  'lost=0.2,delay=800',
  'announce=3,black=0.1',
  'ambient=5,lost=0.1',
  'delay=800,expire=5',
  'crash=5',
  'recolor=3',
  'recolor=8',
  'shift=3',
  'shift=5',
  'shift=8',
] as const;

/** How one run went. It survived when it ended by itself and the application saw each row collected once. */
export interface Outcome {
  readonly survived: boolean;
  readonly outcome: string;
  readonly collected: number;
  readonly error: string | null;
}

export interface Survival {
  readonly situation: string;
  readonly rows: number;
  readonly byMode: Readonly<Record<Mode, Outcome>>;
}

/** One run of the ledger's flow in each mode, the same seed in each. */
export async function measureSurvival({
  situation,
  rows,
  loaded,
  sensor,
}: Readonly<{ situation: string; rows: number; loaded: LoadedFlow; sensor: SensorName }>): Promise<Survival> {
  const byMode: Partial<Record<Mode, Outcome>> = {};
  for (const mode of Object.keys(MODES) as Mode[]) {
    const dataDir = await mkdtemp(join(tmpdir(), 'pixelproof-survival-'));
    const server = await startLedger({ seed: 7, rows, misbehave: situation });
    try {
      const { result } = await executeRun({ loaded, dataDir, sensor, mode, url: server.url });
      const { collected } = await server.truth();
      const once = new Set(collected).size === collected.length;
      byMode[mode] = {
        survived: result.outcome === 'done' && once && collected.length === rows,
        outcome: result.outcome,
        collected: collected.length,
        error: isPixelproofError(result.error) ? result.error.code : null,
      };
    } finally {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  return { situation, rows, byMode: byMode as Record<Mode, Outcome> };
}
