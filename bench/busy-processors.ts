import { setTimeout as sleep } from 'node:timers/promises';
import { cpus } from 'node:os';

const WINDOW_MS = 500;

/** How many processors the machine keeps busy while we wait half a second: what others take from a benchmark. */
export async function busyProcessors(): Promise<number> {
  const before = processorTimes();
  await sleep(WINDOW_MS);
  const after = processorTimes();
  const total = after.total - before.total;
  return total === 0 ? 0 : (cpus().length * (after.busy - before.busy)) / total;
}

function processorTimes(): { busy: number; total: number } {
  let [busy, total] = [0, 0];
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}
