import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtifactStore } from '../../src/runtime/index.js';
import { openFileArtifactStore } from '../../src/store/index.js';
import type { Contestant } from '../contestant.js';
import type { Side } from '../interleave.js';
import { FIRST_ROW, type PageServer } from '../page.js';
import type { Recorder } from '../recorder.js';
import { type RowLoop, startRowLoop } from '../row-loop.js';
import { withContestants } from '../with-contestants.js';

const CASE = 'collector-rows-per-second';
/** Of one sample. */
const ROWS = 5;

/**
 * `collector-rows-per-second:<side>`: the whole loop of a collector: a lossless picture of the row on disk (fsync of file
 * and folder, by the artifact store, for all sides), then the click, then the proof. `pixelproof` (frame control) keeps
 * the picture that proved one row as the evidence of the next, after it has made sure that nothing changed since.
 * `playwright` takes one new picture before each click, as evidence and to compare with. `playwright-trusting` reuses the
 * last picture without knowing whether it still holds: faster, and not the same guarantee.
 */
export async function collectingCases(recorder: Recorder, server: PageServer): Promise<void> {
  const names: Readonly<Record<string, readonly string[]>> = {
    'frame-control': ['pixelproof'],
    playwright: ['playwright', 'playwright-trusting'],
  };
  const wanted = (side: string): boolean =>
    (names[side] ?? []).some((name) => recorder.wants(`${CASE}:${name}`));
  await withContestants(recorder, { server, wanted }, async (contestants) => {
    const folder = await mkdtemp(join(tmpdir(), 'pixelproof-bench-'));
    try {
      const store = await openFileArtifactStore({ folder });
      const sides = await Promise.all(contestants.map((contestant) => sidesOf(contestant, store)));
      const { quick } = recorder.options;
      const schedule = { perTurn: 1, discard: 0, turns: quick ? 4 : 12, budgetMs: quick ? 2500 : 25_000 };
      await recorder.compare(sides.flat(), { unit: '1/s', ...schedule });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function sidesOf(contestant: Contestant, store: ArtifactStore): Promise<Side[]> {
  const loop = await startRowLoop(contestant, 'png');
  const keep = async (): Promise<void> => {
    await store.put(loop.picture.bytes, { kind: 'evidence', mediaType: 'image/png', rect: FIRST_ROW });
  };
  if (contestant.stillShows !== undefined) {
    const side = rowsPerSecond('pixelproof', loop, () => keepStill(contestant, loop, keep));
    return [{ ...side, resume: () => contestant.rest?.(false), pause: () => contestant.rest?.(true) }];
  }
  return [
    rowsPerSecond('playwright', loop, async () => {
      await loop.refresh();
      await keep();
    }),
    rowsPerSecond('playwright-trusting', loop, keep),
  ];
}

/** Stores the last picture while asking whether it still holds; when it does not, a new one. */
async function keepStill(contestant: Contestant, loop: RowLoop, keep: () => Promise<void>): Promise<void> {
  const [still] = await Promise.all([contestant.stillShows!(loop.picture), keep()]);
  if (still) return;
  await loop.refresh();
  await keep();
}

function rowsPerSecond(name: string, loop: RowLoop, evidence: () => Promise<void>): Side {
  return {
    name: `${CASE}:${name}`,
    async sample() {
      const startedAt = performance.now();
      for (let row = 0; row < ROWS; row++) {
        await evidence();
        await loop.next();
      }
      return (1000 * ROWS) / (performance.now() - startedAt);
    },
  };
}
