import { spawn } from 'node:child_process';
import { join } from 'node:path';

const SCRIPTS = join(import.meta.dirname, '..', '..', 'scripts', 'targets');
const READY_MS = 30_000;

export interface Target {
  /** Without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** What it printed before its address, line by line. */
  readonly notes: readonly string[];
  /** Asks it to end by SIGTERM; resolves with its exit code, or the signal's name, when it has. */
  stop(): Promise<number | string | null>;
}

/** Starts `scripts/targets/NAME.mjs` as the documents say and resolves when it says that it is ready. */
export function startTarget(name: string, ...args: readonly string[]): Promise<Target> {
  return startScript(join(SCRIPTS, `${name}.mjs`), ...args);
}

/** Starts an application in a process of its own, which ends with this one, and resolves when it says where it is ready. */
export async function startScript(script: string, ...args: readonly string[]): Promise<Target> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): boolean => child.kill('SIGTERM');
  process.on('exit', kill);
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => {
      process.off('exit', kill);
      resolve(code ?? signal);
    });
  });
  const stop = (): Promise<number | string | null> => {
    kill();
    return ended;
  };
  const said = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${script} ${why}: ${said.stderr}`));
    const timer = setTimeout(() => fail('was not ready in time'), READY_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      said.stdout += chunk.toString();
      const ready = /ready at (\S+)\/\n/.exec(said.stdout);
      if (ready === null) return;
      clearTimeout(timer);
      resolve(ready[1]);
    });
    child.on('close', () => {
      clearTimeout(timer);
      fail('ended');
    });
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const notes = said.stdout.split('\n').filter((line) => line !== '' && !line.includes(' ready at '));
  return { url, pid: child.pid!, notes, stop };
}
