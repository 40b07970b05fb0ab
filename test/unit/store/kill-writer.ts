/** The child of kill.test.ts: stores a picture and the intent that refers to it, prints the intent's id, until killed. */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { currentProcess, isProcessAlive, systemClock } from '../../../src/core/index.js';
import { timelineEventSchema } from '../../../src/runtime/timeline.js';
import { openFileArtifactStore, openSqliteRunStore } from '../../../src/store/index.js';
import { intentEvent } from '../../support/transitions.js';

const [folder, runId] = process.argv.slice(2);
const store = await openSqliteRunStore({
  file: join(folder, 'runs.sqlite'),
  clock: systemClock,
  parse: (value) => timelineEventSchema.parse(value),
});
const artifacts = await openFileArtifactStore({ folder: join(folder, 'artifacts') });
const lease = await store.acquireLease({
  target: 'app',
  holder: { runId, ...currentProcess() },
  ttlMs: 600_000,
  isAlive: isProcessAlive,
});
await store.createRun({ runId, flow: 'kill', lease });
writeSync(1, 'ready\n');
for (let i = 1; ; i++) {
  const before = await artifacts.put(randomBytes(100_000), {
    kind: 'before',
    mediaType: 'image/png',
    rect: null,
  });
  await store.append(runId, lease, intentEvent(`${runId}/${i}`, before));
  writeSync(1, `${runId}/${i}\n`);
}
