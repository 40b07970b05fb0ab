import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that cannot be mistaken for a later one with the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process: proc(5), /proc/pid/stat, field 22. '' where unknown. */
  readonly startTime: string;
}

/** Where pids mean the same: the machine, its boot, its pid namespace. */
export interface ProcessSpace {
  readonly host: string;
  readonly boot: string;
  readonly namespace: string;
}

interface ProcessEntry extends ProcessIdentity {
  readonly group: number;
}

/** The process as it is now, or undefined when it is gone (a zombie is). Without /proc, any process of that pid. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (hasProc()) {
    const entry = readEntry(pid);
    return entry && { pid, startTime: entry.startTime };
  }
  return canSignal(pid) ? { pid, startTime: '' } : undefined;
}

/** True while this very process lives. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return identify(pid)?.startTime === startTime;
}

/** The living processes of a group. Without /proc: the leader alone, when any of the group may be signalled. */
export function livingInGroup(group: number): ProcessIdentity[] {
  if (!hasProc()) return canSignal(-group) ? [{ pid: group, startTime: '' }] : [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readEntry(Number(name)))
    .filter((entry): entry is ProcessEntry => entry?.group === group);
}

/** The words of a living process' command line; [] when they cannot be read. */
export function commandLine(pid: number): string[] {
  return (read(`/proc/${pid}/cmdline`) ?? '').split('\0');
}

export function processSpace(): ProcessSpace {
  return {
    host: hostname(),
    boot: read('/proc/sys/kernel/random/boot_id')?.trim() ?? '',
    namespace: link('/proc/self/ns/pid') ?? '',
  };
}

/** Signals a process (or, negative, a group). A process that is gone is fine; whose it is, the caller knows. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function hasProc(): boolean {
  return link('/proc/self') !== undefined;
}

function readEntry(pid: number): ProcessEntry | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The name in parentheses may hold spaces and parentheses itself; fields count from 3 after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { pid, group: Number(fields[2]), startTime: fields[19] };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has gone meanwhile, or the system has no /proc.
    return undefined;
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // No /proc here.
    return undefined;
  }
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
