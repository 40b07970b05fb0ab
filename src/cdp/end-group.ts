import { systemClock } from '../core/clock.js';
import { livingInGroup, signalProcess } from './process-table.js';

/** Chromium ends within 150 ms of SIGTERM when idle (measured); a machine under load gets more. */
const TERM_TIMEOUT_MS = 3000;
/** SIGKILL cannot be refused, but a process in an uninterruptible read takes its time. */
const KILL_TIMEOUT_MS = 2000;
const POLL_MS = 20;

/** Ends a process group: SIGTERM, and SIGKILL for what is left of it after three seconds. Zombies count as ended. */
export async function endGroup(group: number): Promise<void> {
  signalProcess(-group, 'SIGTERM');
  if (await isGone(group, TERM_TIMEOUT_MS)) return;
  await killGroup(group);
}

/** SIGKILL to what is left of a group. */
export async function killGroup(group: number): Promise<void> {
  signalProcess(-group, 'SIGKILL');
  await isGone(group, KILL_TIMEOUT_MS);
}

async function isGone(group: number, timeoutMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += POLL_MS) {
    if (livingInGroup(group).length === 0) return true;
    await systemClock.sleep(POLL_MS);
  }
  return livingInGroup(group).length === 0;
}
