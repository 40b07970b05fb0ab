import { readFileSync } from 'node:fs';
import { livingInGroup } from '../src/cdp/process-table.js';

export interface GroupLoad {
  /** Processor time its living processes have taken since they began. */
  readonly cpuMs: number;
  /** Proportional set size: a page that several processes share counts once among them. 0 where it is not known. */
  readonly memoryMB: number;
}

/** USER_HZ, the unit of /proc/pid/stat: 100 on every Linux that Node supports (proc(5)). */
const TICK_MS = 10;

/** What a browser's process group has taken so far. All zero without /proc, or when its processes end meanwhile. */
export function groupLoad(leader: number): GroupLoad {
  let [cpuMs, memoryMB] = [0, 0];
  for (const { pid } of livingInGroup(leader)) {
    const stat = read(`/proc/${pid}/stat`);
    // Fields count from 3 after the name in parentheses; utime and stime are 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    cpuMs += TICK_MS * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
    memoryMB += Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
  }
  return { cpuMs, memoryMB };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has gone meanwhile, or the system has no /proc.
    return '';
  }
}
