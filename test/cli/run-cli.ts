import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** The built command: `npm test` and `npm run check` build it before they start the tests. */
export const CLI = join(ROOT, 'dist', 'cli', 'main.js');
export const LEDGER_FLOW = join(ROOT, 'calibrations', 'ledger', 'flow.ts');

export interface Ended {
  /** Exit code, or the signal's name. */
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `pixelproof …` and answers it together with its end. */
export function startCli(
  args: readonly string[],
  { onStderr }: Readonly<{ onStderr?: (text: string, child: ChildProcess) => void }> = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    text.stderr += chunk.toString();
    onStderr?.(text.stderr, child);
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? signal, ...text }));
  });
  return { child, ended };
}

export function runCli(...args: readonly string[]): Promise<Ended> {
  return startCli(args).ended;
}

/** The one line of JSON on stdout. Throws when there is another line, or none. */
export function jsonOf({ stdout }: Ended): unknown {
  if (!/^[^\n]+\n$/.test(stdout)) throw new Error(`not one line: ${JSON.stringify(stdout.slice(0, 200))}`);
  return JSON.parse(stdout);
}
