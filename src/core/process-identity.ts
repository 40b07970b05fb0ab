import { readFileSync, readlinkSync } from 'node:fs';

/** One process, told apart from a later one that got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /**
   * Boot id, pid namespace and start time in clock ticks since boot, joined by dots; safe as part of a file name. Empty
   * where the system has no /proc. Compared for equality, and by `isProcessAlive`.
   */
  readonly processStart: string;
}

/** This process. Cost: three small reads of /proc, not kept. */
export function currentProcess(): ProcessIdentity {
  const ticks = startTicks('self');
  const { pid } = process;
  return { pid, processStart: ticks === undefined ? '' : `${hostId()}.${pidNamespace()}.${ticks}` };
}

/**
 * False only when the process is known to have ended: it was started before the last boot, its pid is free, or belongs to
 * a process with another start time. A process of another pid namespace (container) of this boot cannot be seen, and so
 * counts as alive. Without /proc, or for an empty `processStart`, a process with that pid counts as the same.
 *
 * Source: proc_pid_stat(5) fields 3 (state) and 22 (starttime); proc_sys_kernel(5) random/boot_id.
 */
export function isProcessAlive({ pid, processStart }: ProcessIdentity): boolean {
  if (processStart === '' || startTicks('self') === undefined) return answersSignals(pid);
  const [host, namespace, ticks] = processStart.split('.');
  if (host !== hostId()) return false;
  if (namespace !== pidNamespace()) return true;
  return startTicks(pid) === ticks;
}

/** Undefined when there is no such process, it has ended and only waits to be collected, or there is no /proc. */
function startTicks(pid: number | 'self'): string | undefined {
  const stat = readOrUndefined(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // Field 2 is the command's name in parentheses and may hold anything: count from the last closing one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0];
  return state === 'Z' || state === 'X' ? undefined : fields[22 - 3];
}

function hostId(): string {
  return readOrUndefined('/proc/sys/kernel/random/boot_id')?.trim() ?? 'no-boot-id';
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0';
  } catch {
    return '0'; // Kernels without pid namespaces have just the one.
  }
}

function readOrUndefined(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not ours to signal, and so there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
