import { type OurSide, availableSensors, openOurs } from '../ours.js';
import type { PageServer } from '../page.js';
import { groupLoad } from '../process-load.js';
import type { Recorder } from '../recorder.js';
import { startRowLoop } from '../row-loop.js';

/** The memory is read this many times over the run. */
const READINGS = 10;
/** Growth of the memory from the first reading to the last that counts as flat. */
const FLAT_SHARE = 0.1;

/**
 * `soak:<sensor>` (the fast ones): many transitions in a row on one page, each proved by the row's number, so a stale, torn or lost frame
 * ends the benchmark. `soak-memory:<sensor>` is browser and Node together over the run; a note says what it grew by from
 * the first tenth to the end, and whether that is flat.
 */
export async function soakingCases(recorder: Recorder, server: PageServer): Promise<void> {
  const { soak = 0 } = recorder.options;
  if (soak === 0) return;
  // A screenshot holds no stream and no clock, and takes ten times as long.
  for (const sensor of availableSensors().filter((name) => name !== 'screenshot')) {
    if (!recorder.wants(`soak:${sensor}`)) continue;
    const side = await openOurs(sensor, server.url('rows'));
    try {
      const loop = await startRowLoop(side, 'jpeg');
      const latencies: number[] = [];
      const memory: number[] = [];
      const every = Math.max(1, Math.floor(soak / READINGS));
      for (let i = 1; i <= soak; i++) {
        latencies.push(await loop.next());
        if (i % every !== 0) continue;
        recorder.progress(`soak: ${sensor}, ${i} of ${soak}`);
        memory.push(memoryMB(side));
      }
      recorder.add(`soak:${sensor}`, 'ms', latencies);
      recorder.add(`soak-memory:${sensor}`, 'MB', memory);
      const [first, last] = [memory[0], memory.at(-1)!];
      const grown = last / first - 1;
      recorder.note(
        `soak: ${sensor} proved ${soak} transitions, every number right; memory from ${first.toFixed(0)} to ${last.toFixed(0)} MB after the first tenth (${percent(grown)}, ${grown > FLAT_SHARE ? 'not flat' : 'flat'})`,
      );
    } finally {
      await side.close();
    }
  }
}

function memoryMB({ browser }: OurSide): number {
  return groupLoad(browser.process!.pid).memoryMB + process.memoryUsage.rss() / 2 ** 20;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
