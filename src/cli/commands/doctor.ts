import { mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { launchBrowser } from '../../cdp/index.js';
import { isPixelproofError, newRunId, systemClock } from '../../core/index.js';
import { openStores } from '../open-stores.js';
import { EXIT, createOutput } from '../output.js';

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do about it; null when nothing. */
  readonly fix: string | null;
}

/** Without these nothing runs; the others cost speed, safety or looks. */
const REQUIRED: ReadonlySet<string> = new Set(['node', 'browser', 'database']);
const MEGABYTE = 2 ** 20;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('checks node, browser, sandbox, fonts, /dev/shm, disk, clock and database')
    .option('--data <folder>', 'whose disk is checked', '.')
    .option('--json', 'print the checks as JSON')
    .action(async ({ data, json = false }: Readonly<{ data: string; json?: boolean }>) => {
      const checks = [
        checkNode(),
        await checkBrowser(),
        checkSandbox(),
        await checkFonts(),
        await checkSpace({
          name: 'shm',
          folder: '/dev/shm',
          needed: 64,
          fix: 'start the container with --shm-size=256m',
        }),
        await checkSpace({
          name: 'disk',
          folder: data,
          needed: 1024,
          fix: 'free some space, or choose another --data',
        }),
        await checkClock(),
        await checkDatabase(),
      ];
      const lines = checks.map(({ name, ok, detail, fix }) => {
        const head = `${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(9)} ${detail}`;
        return fix === null ? head : `${head}\n     ${fix}`;
      });
      createOutput({ json }).result({ checks }, lines.join('\n'));
      if (checks.some(({ name, ok }) => !ok && REQUIRED.has(name))) process.exitCode = EXIT.failed;
    });
}

function check(name: string, ok: boolean, detail: string, fix: string): Check {
  return { name, ok, detail, fix: ok ? null : fix };
}

function checkNode(): Check {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return check('node', ok, `Node ${process.versions.node}`, 'install Node 20.19 or newer');
}

async function checkBrowser(): Promise<Check> {
  const fix = 'install chromium and chromium-headless-shell, or set CHROME_PATH';
  try {
    const browser = await launchBrowser({ windowSize: { width: 320, height: 240 } });
    await browser.close();
    return check('browser', true, `${browser.version} (${browser.process!.path})`, fix);
  } catch (error) {
    return check('browser', false, isPixelproofError(error) ? error.message : String(error), fix);
  }
}

function checkSandbox(): Check {
  const isRoot = process.getuid?.() === 0;
  const detail = isRoot
    ? 'running as root, so the browser runs without its sandbox'
    : 'the browser keeps its sandbox';
  return check('sandbox', !isRoot, detail, 'run as an ordinary user, or open only pages you trust');
}

async function checkFonts(): Promise<Check> {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(process.env.HOME ?? '/', '.fonts')];
  const fonts = (await Promise.all(folders.map(fontsBelow))).reduce((sum, n) => sum + n, 0);
  return check('fonts', fonts > 0, `${fonts} font files`, 'install some, for example fonts-dejavu-core');
}

async function fontsBelow(folder: string): Promise<number> {
  try {
    const files = await readdir(folder, { recursive: true });
    return files.filter((file) => /\.(ttf|otf|ttc|pfb)$/i.test(file)).length;
  } catch {
    // The folder is not there: no fonts in it.
    return 0;
  }
}

async function checkSpace({
  name,
  folder,
  needed,
  fix,
}: Readonly<{ name: string; folder: string; needed: number; fix: string }>): Promise<Check> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / MEGABYTE);
    return check(name, free >= needed, `${free} MB free in ${folder}, ${needed} wanted`, fix);
  } catch (error) {
    return check(name, false, `${folder}: ${(error as Error).message}`, fix);
  }
}

/** The wall clock is after this was written, and a short sleep on the monotonic one is as long as it should be. */
async function checkClock(): Promise<Check> {
  const startedAt = systemClock.nowMs();
  await systemClock.sleep(20);
  const slept = systemClock.nowMs() - startedAt;
  const date = systemClock.date();
  const ok = date.getUTCFullYear() >= 2026 && slept >= 19 && slept < 250;
  return check(
    'clock',
    ok,
    `${date.toISOString()}, 20 ms lasted ${slept.toFixed(1)} ms`,
    'set the clock; give the machine CPU',
  );
}

async function checkDatabase(): Promise<Check> {
  const folder = await mkdtemp(join(tmpdir(), 'pixelproof-doctor-'));
  try {
    const { store } = await openStores(folder);
    const runId = newRunId(systemClock.date());
    const holder = { runId, pid: process.pid, processStart: '' };
    const lease = await store.acquireLease({ target: 'doctor', holder, ttlMs: 1000, isAlive: () => true });
    await store.createRun({ runId, flow: 'doctor', lease });
    const startedAt = systemClock.nowMs();
    await store.append(runId, lease, { type: 'run.state', state: 'done', reason: 'a check' });
    const ms = systemClock.nowMs() - startedAt;
    const read = await store.events(runId);
    await store.close();
    return check(
      'database',
      read.length === 1,
      `SQLite, one durable event in ${ms.toFixed(1)} ms`,
      'reinstall the packages',
    );
  } catch (error) {
    return check(
      'database',
      false,
      error instanceof Error ? error.message : String(error),
      'reinstall the packages',
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
