import { Launcher } from 'chrome-launcher';
import type { ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { throwIfAborted } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import type { Browser } from './browser.js';
import { CdpConnection } from './connection.js';
import { cborFraming } from './cbor-framing.js';
import { endGroup, killGroup } from './end-group.js';
import { type BrowserKind, findBrowser, kindOf } from './find-browser.js';
import { jsonFraming } from './json-framing.js';
import { launchFlags } from './launch-flags.js';
import { negotiatedFraming } from './negotiated-framing.js';
import type { PipeFraming } from './pipe-framing.js';
import { pipeWire } from './pipe-wire.js';
import { livingInGroup } from './process-table.js';
import { createProfile, recordBrowser, removeProfile } from './profile.js';

export interface LaunchOptions {
  /** Default: what `findBrowser` finds, headless-shell first unless `headed`. */
  readonly path?: string;
  /** Default: what the name of the binary says. */
  readonly kind?: BrowserKind;
  readonly headed?: boolean;
  /**
   * Draws no frame that was not asked for; headless-shell only. Such a browser takes one page, opened with
   * `beginFrameControl`. Default false.
   */
  readonly frameControl?: boolean;
  /**
   * `pipe-cbor` saves the base64 and JSON of pictures, about 1.5 ms for a full frame. Default: CBOR if the browser's first
   * answer is in it, else JSON.
   */
  readonly transport?: 'pipe-json' | 'pipe-cbor';
  /** Default: only when this process is root, where Chromium refuses to start with its sandbox. */
  readonly noSandbox?: boolean;
  /** Device pixels of the window; pages get their own size when they open. */
  readonly windowSize: Size;
  /** The pages' own; another one costs the fast sensors their device pixels. Default 1. */
  readonly deviceScaleFactor?: number;
  readonly extraFlags?: readonly string[];
  /** Where the profile folder is made; default: the system's folder for temporary files. */
  readonly profileRoot?: string;
  /** Until the browser answers its first command. Default 20 s: a cold start on a loaded machine takes several. */
  readonly timeoutMs?: number;
  /** Deadline of each later command; default 5000. */
  readonly cdpTimeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onWarning?: (message: string) => void;
}

/** From `Browser.close` to the process's end, before SIGTERM; Chromium takes 150 ms when idle (measured). */
const CLOSE_TIMEOUT_MS = 3000;
/** How much of the browser's own words an error carries. */
const STDERR_TAIL_BYTES = 2000;

/**
 * Starts a browser of our own: new profile (0700), CDP by pipe, its own process group. When this process dies without
 * closing it, the browser ends by itself, because its pipe closes; `sweepProfiles` removes what then is left on disk.
 *
 * Errors: PXP_USAGE (frame control of another browser than headless-shell), PXP_BROWSER_MISSING, PXP_BROWSER_LAUNCH (with the end of the browser's stderr), PXP_IO (profile),
 * PXP_ABORTED. A browser that did not make it in time is ended and its profile removed before the error is thrown.
 *
 * @example
 * const browser = await launchBrowser({ windowSize: { width: 1280, height: 720 } });
 * try { … } finally { await browser.close(); }
 */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const { headed = false, timeoutMs = 20_000, cdpTimeoutMs, signal } = options;
  throwIfAborted(signal);
  const path = options.path ?? findBrowser({ prefer: headed ? 'chromium' : 'headless-shell' }).path;
  const kind = options.kind ?? kindOf(path);
  if (options.frameControl === true) requireFrameControl({ path, kind, headed });
  const profileDir = await createProfile(options.profileRoot ?? tmpdir());
  let started: Started | undefined;
  try {
    started = await start({ path, profileDir, flags: flagsOf(options, kind) });
    recordBrowser(profileDir, started.pid);
    const connection = new CdpConnection(pipeWire(started, framingOf(options)), { cdpTimeoutMs });
    const version = await firstAnswer(connection, { started, timeoutMs, signal });
    let closing: Promise<void> | undefined;
    const { pid, exited, release } = started;
    return {
      connection,
      version,
      process: { pid, path, kind, profileDir, frameControl: options.frameControl ?? false },
      close: () => (closing ??= end({ connection, pid, exited, release, profileDir })),
    };
  } catch (cause) {
    const words = await stderrTail(profileDir);
    if (started !== undefined) {
      await killGroup(started.pid);
      started.release();
    }
    await removeProfile(profileDir);
    throw launchFailure({ path, words, cause });
  }
}

function requireFrameControl({
  path,
  kind,
  headed,
}: Readonly<{ path: string; kind: BrowserKind; headed: boolean }>): void {
  if (kind === 'headless-shell' && !headed) return;
  throw new PixelproofError('PXP_USAGE', 'frame control needs a headless-shell', {
    what: 'frameControl',
    expected: 'a headless-shell without a window',
    received: `${kind} ${path}${headed ? ' with a window' : ''}`,
    hint: 'install chromium-headless-shell, or launch without frameControl',
  });
}

function framingOf({ transport }: LaunchOptions): PipeFraming {
  switch (transport) {
    case 'pipe-json':
      return jsonFraming();
    case 'pipe-cbor':
      return cborFraming();
    case undefined:
      return negotiatedFraming();
  }
}

function flagsOf(options: LaunchOptions, kind: BrowserKind): string[] {
  const { headed = false, frameControl, transport, windowSize, extraFlags = [], onWarning } = options;
  const { deviceScaleFactor = 1 } = options;
  const isRoot = process.getuid?.() === 0;
  const noSandbox = options.noSandbox ?? isRoot;
  if (noSandbox) {
    const why = options.noSandbox === true ? 'as asked' : 'because this process is root';
    onWarning?.(`the browser runs without its sandbox, ${why}; open only pages you trust`);
  }
  const pipe = transport === 'pipe-json' ? 'json' : 'cbor';
  return launchFlags({
    ...{ kind, pipe, frameControl, headed, noSandbox, windowSize, deviceScaleFactor },
    extra: extraFlags,
  });
}

interface Started {
  readonly pid: number;
  readonly incoming: Readable;
  readonly outgoing: Writable;
  /** Resolves when the process has ended, or could not be started. */
  readonly exited: Promise<string>;
  /** Closes the launcher's log files. */
  readonly release: () => void;
}

async function start({
  path,
  profileDir,
  flags,
}: Readonly<{ path: string; profileDir: string; flags: string[] }>): Promise<Started> {
  // The class and not launch(): that one keeps every browser in a process-wide set and may listen for SIGINT.
  const launcher = new Launcher({
    chromePath: path,
    userDataDir: profileDir,
    chromeFlags: flags,
    ignoreDefaultFlags: true,
    handleSIGINT: false,
    logLevel: 'silent',
  });
  await launcher.launch();
  const child = launcher.chromeProcess!;
  const exited = exitOf(child);
  const release = (): void => launcher.destroyTmp();
  if (child.pid === undefined) {
    const reason = await exited;
    release();
    throw new PixelproofError('PXP_BROWSER_LAUNCH', reason, { what: path });
  }
  // The launcher opened 3 for what we send and 4 for what we read (Chromium's --remote-debugging-pipe).
  const [, , , outgoing, incoming] = child.stdio as [null, null, null, Writable, Readable];
  return { pid: child.pid, incoming, outgoing, exited, release };
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `exit code ${code}`}`));
  });
}

async function firstAnswer(
  connection: CdpConnection,
  { started, timeoutMs, signal }: Readonly<{ started: Started; timeoutMs: number; signal?: AbortSignal }>,
): Promise<string> {
  const answer = connection.browser.send('Browser.getVersion', undefined, { timeoutMs, signal });
  const died = started.exited.then((reason) => {
    throw new PixelproofError('PXP_BROWSER_LAUNCH', reason);
  });
  // Whichever comes second has nobody to tell.
  died.catch(() => undefined);
  answer.catch(() => undefined);
  const { product } = await withDeadline(Promise.race([answer, died]), {
    what: 'the browser’s first answer',
    timeoutMs,
    signal,
  });
  return product;
}

/** Ends the browser as gently as it lets us: Browser.close, SIGTERM to the group, SIGKILL. Never rejects for these. */
async function end({
  connection,
  pid,
  exited,
  release,
  profileDir,
}: Readonly<{
  connection: CdpConnection;
  pid: number;
  exited: Promise<string>;
  release: () => void;
  profileDir: string;
}>): Promise<void> {
  try {
    const closed = connection.browser.send('Browser.close', undefined, { timeoutMs: CLOSE_TIMEOUT_MS });
    await Promise.all([closed, withDeadline(exited, { what: 'Browser.close', timeoutMs: CLOSE_TIMEOUT_MS })]);
  } catch {
    // Gone already, or deaf: the signals below do not ask.
  }
  // After an orderly end only helper processes are left, with nothing to save.
  if (livingInGroup(pid).length > 0) await (connection.closed ? killGroup(pid) : endGroup(pid));
  await connection.close();
  release();
  await removeProfile(profileDir);
}

async function stderrTail(profileDir: string): Promise<string> {
  try {
    const file = await open(join(profileDir, 'chrome-err.log'));
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, STDERR_TAIL_BYTES));
      await file.read(buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString().trim();
    } finally {
      await file.close();
    }
  } catch {
    // The browser was not even started: there are no words.
    return '';
  }
}

function launchFailure({
  path,
  words,
  cause,
}: Readonly<{ path: string; words: string; cause: unknown }>): unknown {
  if (isPixelproofError(cause, 'PXP_ABORTED')) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new PixelproofError('PXP_BROWSER_LAUNCH', `the browser did not start (${reason}) ${words}`.trim(), {
    what: path,
    hint: 'try `pixelproof doctor`',
    cause,
  });
}
