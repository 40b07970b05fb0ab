import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { currentProcess, isProcessAlive } from '../../../src/core/process-identity.js';

describe('process identity', () => {
  it('knows this process, and tells it from an earlier one with its pid', () => {
    const self = currentProcess();
    expect(self.pid).toBe(process.pid);
    expect(isProcessAlive(self)).toBe(true);
    if (self.processStart === '') return; // No /proc on this system.
    const [boot, namespace, ticks] = self.processStart.split('.');
    const earlier = `${boot}.${namespace}.${Number(ticks) - 1}`;
    expect(isProcessAlive({ pid: self.pid, processStart: earlier })).toBe(false);
    const beforeBoot = `00000000-0000-4000-8000-000000000000.${namespace}.${ticks}`;
    expect(isProcessAlive({ pid: self.pid, processStart: beforeBoot })).toBe(false);
  });

  it('assumes that what runs in another container of this machine lives', () => {
    const { processStart } = currentProcess();
    if (processStart === '') return;
    const [boot] = processStart.split('.');
    expect(isProcessAlive({ pid: 2 ** 30, processStart: `${boot}.1.1` })).toBe(true);
  });

  it('sees a process end', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const identity = { pid: child.pid!, processStart: '' };
    expect(isProcessAlive(identity)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isProcessAlive(identity)).toBe(false);
  });
});
