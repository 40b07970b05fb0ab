#!/usr/bin/env node
// Starts GTK's widget factory on a Broadway display of its own: broadwayd serves it to a browser as pictures. Plain Node, no
// build; the Debian packages come by `node scripts/targets/install.mjs`. Everything it starts it ends.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTarget } from './run-target.mjs';

const READY_MS = 20_000;
/** How long a process has between SIGTERM and SIGKILL. */
const GRACE_MS = 2000;
/** Its number says nothing outside: the display's socket lies in a runtime folder of its own. */
const DISPLAY = ':1';
/** One font for everything, whatever else is installed. */
const FONTS = `<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts/truetype/dejavu</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <match><edit name="family" mode="assign" binding="strong"><string>DejaVu Sans</string></edit></match>
</fontconfig>
`;

/**
 * Starts the target and resolves when its page is served and its window is there.
 *
 * @param {{port?: number}} [options]
 * @returns {Promise<{url: string, notes: string[], close: () => Promise<void>, ended: Promise<string>}>} `ended` resolves with
 *   what ended by itself, which leaves nothing running either.
 */
export async function startWidgetFactory({ port = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pixelproof-gtk-'));
  const fonts = join(folder, 'fonts.conf');
  writeFileSync(fonts, FONTS);
  // No settings, theme, fonts, or session of whoever started this: the same pictures everywhere.
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    LANG: 'C.UTF-8',
    GSETTINGS_BACKEND: 'memory',
    FONTCONFIG_FILE: fonts,
  };
  const children = [];
  let closing;
  const close = () => (closing ??= endAll(children, folder));
  const ends = [];
  const start = (command, args, more = {}) => {
    const child = spawn(command, args, {
      env: { ...env, ...more },
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => (said[stream] += chunk));
    ends.push(
      new Promise((resolve) => {
        child.on('error', ({ message }) =>
          resolve(`${command} did not start: ${message}; node scripts/targets/install.mjs installs it`),
        );
        child.on('exit', (code, signal) =>
          resolve(`${command} ended (${signal ?? code}): ${said.stderr.slice(-500)}`),
        );
      }),
    );
    return said;
  };
  const ready = (what, test) => waitFor(what, test, Promise.race(ends));
  try {
    const bound = port === 0 ? await freePort() : port;
    const bus = start('dbus-daemon', [
      '--session',
      '--nofork',
      '--print-address',
      `--address=unix:dir=${folder}`,
    ]);
    start('broadwayd', ['--address', '127.0.0.1', '--port', String(bound), DISPLAY]);
    await ready('the bus', () => bus.stdout.includes('\n'));
    await ready('broadwayd', () => accepts(bound));
    const address = bus.stdout.trim();
    start('gtk3-widget-factory', [], {
      GDK_BACKEND: 'broadway',
      BROADWAY_DISPLAY: DISPLAY,
      DBUS_SESSION_BUS_ADDRESS: address,
    });
    // It registers with the accessibility bus once its window is made.
    await ready('the accessibility bus', () => existsSync(join(folder, 'at-spi')));
    const ended = Promise.race(ends).then(async (what) => {
      await close();
      return what;
    });
    return {
      url: `http://127.0.0.1:${bound}`,
      notes: [`DBUS_SESSION_BUS_ADDRESS=${address}`, `XDG_RUNTIME_DIR=${folder}`],
      ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function waitFor(what, test, ended) {
  let end;
  void ended.then((why) => (end = why));
  for (const dueAt = performance.now() + READY_MS; performance.now() < dueAt;) {
    if (await test()) return;
    if (end !== undefined) throw new Error(end);
    await pause(50);
  }
  throw new Error(`${what} was not ready within ${READY_MS} ms`);
}

/** The application first, then what it needs; at last what the bus started by itself, which knows our runtime folder. */
async function endAll(children, folder) {
  for (const child of [...children].reverse()) {
    if (child.pid !== undefined)
      await end(child.pid, () => child.exitCode !== null || child.signalCode !== null);
  }
  for (const pid of processesIn(folder)) await end(pid, () => !processesIn(folder).includes(pid));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function end(pid, hasEnded) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    if (hasEnded()) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code === 'ESRCH') return;
      throw error;
    }
    for (const dueAt = performance.now() + GRACE_MS; !hasEnded() && performance.now() < dueAt;)
      await pause(20);
  }
}

/** Processes that were started with our runtime folder: nobody else's have it. */
function processesIn(folder) {
  const mark = `XDG_RUNTIME_DIR=${folder}\0`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
      } catch {
        // Gone meanwhile, or not ours to read.
        return false;
      }
    })
    .map(Number);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
  });
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

await runTarget(import.meta.url, {
  name: 'gtk-widget-factory',
  help: `Usage: node scripts/targets/gtk-widget-factory.mjs [options]

Starts gtk3-widget-factory on a Broadway display of its own, served on the loopback interface.

  --port N    port to listen on, 0 for any free one (default 0)
  --help      this text

With the address it prints the environment in which scripts/targets/atspi-state.py reads the widgets' true state.`,
  start: startWidgetFactory,
});
