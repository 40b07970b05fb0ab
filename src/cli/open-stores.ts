import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PixelproofError, systemClock } from '../core/index.js';
import { type ArtifactStore, type RunStore, type RunSummary, timelineEventSchema } from '../runtime/index.js';
import { openFileArtifactStore, openSqliteRunStore } from '../store/index.js';

export interface Stores {
  readonly store: RunStore;
  readonly artifacts: ArtifactStore;
}

/**
 * The stores of a data folder. They are made when they are not there, unless they must exist: who only reads leaves no
 * folder behind. Errors: PXP_USAGE (nothing is there), PXP_IO, PXP_STORE.
 */
export async function openStores(
  dataDir: string,
  { mustExist = false }: Readonly<{ mustExist?: boolean }> = {},
): Promise<Stores> {
  const file = join(dataDir, 'pixelproof.sqlite');
  if (mustExist && !existsSync(file)) {
    throw new PixelproofError('PXP_USAGE', 'no runs are there', {
      what: '--data',
      expected: 'the data folder of earlier runs',
      received: dataDir,
    });
  }
  const artifacts = await openFileArtifactStore({ folder: join(dataDir, 'artifacts') });
  const store = await openSqliteRunStore({
    file,
    clock: systemClock,
    parse: (value) => timelineEventSchema.parse(value),
  });
  return { store, artifacts };
}

/** The run of that id, or of `last` the newest. Errors: PXP_USAGE when there is none. */
export async function findRun(store: RunStore, wanted: string): Promise<RunSummary> {
  const run = wanted === 'last' ? (await store.runs())[0] : await store.run(wanted);
  if (run !== undefined) return run;
  const known = (await store.runs()).slice(0, 5).map(({ runId }) => runId);
  throw new PixelproofError('PXP_USAGE', 'no such run in the data folder', {
    what: 'run',
    expected: known.length === 0 ? 'a data folder with runs (--data)' : `last, ${known.join(', ')}`,
    received: wanted,
  });
}
