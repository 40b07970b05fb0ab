import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { groupLoad } from '../../../bench/process-load.js';

test.skipIf(!existsSync('/proc/self/smaps_rollup'))(
  'a group has taken time and memory, until it is gone',
  async () => {
    // Works for a while, says so, then waits for its input to end.
    const script =
      'const end = Date.now() + 200; while (Date.now() < end); console.log("done"); process.stdin.resume();';
    const child = spawn(process.execPath, ['-e', script], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const { cpuMs, memoryMB } = groupLoad(child.pid!);
    expect(cpuMs).toBeGreaterThanOrEqual(20);
    expect(cpuMs).toBeLessThan(30_000);
    expect(memoryMB).toBeGreaterThan(5);
    expect(memoryMB).toBeLessThan(1000);
    child.stdin.end();
    await once(child, 'exit');
    expect(groupLoad(child.pid!)).toEqual({ cpuMs: 0, memoryMB: 0 });
  },
);
