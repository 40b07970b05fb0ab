import { renderReport } from '../report/index.js';
import type { Stores } from './open-stores.js';
import { findRun } from './open-stores.js';
import { writeOutput } from './write-output.js';

/** Writes a run's HTML report and answers its path. */
export async function writeReport({
  runId,
  file,
  store,
  artifacts,
}: Readonly<{ runId: string; file: string } & Stores>): Promise<string> {
  const run = await findRun(store, runId);
  const events = await store.events(run.runId);
  const page = await renderReport({ run, events, readArtifact: (ref) => artifacts.get(ref) });
  await writeOutput(file, page);
  return file;
}
