import { availableSensors, openOurs } from '../ours.js';
import type { PageServer } from '../page.js';
import { groupLoad } from '../process-load.js';
import type { Recorder } from '../recorder.js';
import { startRowLoop } from '../row-loop.js';

/** The memory is read this many times over the run. */
const READINGS = 10;
/** Growth that no leak per transition explains: heaps breathe. */
const BREATHING_MB = 30;

/**
 * `soak:<sensor>` (the fast ones): many transitions in a row on one page, each proved by the row's number, so a stale, torn or lost frame
 * ends the benchmark. `soak-memory:<sensor>` is browser and Node together over the run; a note says what it grew by from
 * the first fifth to the end, and whether that is more than heaps breathe.
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
        memory.push(groupLoad(side.browser.process!.pid).memoryMB + process.memoryUsage.rss() / 2 ** 20);
      }
      recorder.add(`soak:${sensor}`, 'ms', latencies);
      recorder.add(`soak-memory:${sensor}`, 'MB', memory);
      const grownMB = memory.at(-1)! - memory[Math.floor(memory.length / 5)];
      const judgement = grownMB > BREATHING_MB ? 'more than heaps breathe' : 'flat';
      const change = `${grownMB > 0 ? '+' : ''}${grownMB.toFixed(0)} MB`;
      recorder.note(
        `soak: ${sensor} proved ${soak} transitions, every number right; memory ${change} (${judgement})`,
      );
    } finally {
      await side.close();
    }
  }
}
