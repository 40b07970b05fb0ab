#!/usr/bin/env node
// Makes a fresh clone runnable: packages, browsers, build. Plain Node, no dependency, quick when nothing is to do.
// Everything it says goes to stderr, so that `npm run demo -- --json` keeps stdout for JSON.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'node_modules', '.pixelproof-bootstrap.json');

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const HEADLESS_SHELL = ['chromium-headless-shell', 'chrome-headless-shell'];

try {
  requireNode();
  installPackages();
  installBrowsers();
  build();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.versions.node} is too old: pixelproof needs Node 20.19 or newer.`);
  }
}

function installPackages() {
  // The Node ABI belongs to the stamp: native packages installed for another Node do not load.
  const wanted = `${digest(readFileSync(join(root, 'package-lock.json')))} abi${process.versions.modules}`;
  if (readStamp().packages === wanted) return;
  say('installing packages (npm ci) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    failed:
      'npm ci failed. Without a network, run it once where the npm registry can be reached, or copy node_modules here.',
  });
  writeStamp({ packages: wanted });
}

function installBrowsers() {
  const missing = [];
  if (!process.env.CHROME_PATH && !onPath(CHROMIUM)) missing.push('chromium');
  if (!onPath(HEADLESS_SHELL)) missing.push('chromium-headless-shell');
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!onPath(['apt-get']) || !isRoot) {
    const advice = onPath(['apt-get'])
      ? `type: sudo sh -c '${command}'`
      : 'install Chrome or Chromium, or set CHROME_PATH';
    // A full browser alone is enough for everything but the frame-control sensor.
    if (!missing.includes('chromium')) return say(`chrome-headless-shell is missing (optional); ${advice}`);
    throw new Error(`No Chrome or Chromium found; ${advice}`);
  }
  say(`installing ${missing.join(' and ')} (apt-get) …`);
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const failed = `Could not install ${missing.join(' and ')}. When the network is back, type: ${command}`;
  run('apt-get', ['update', '-qq'], { ...options, failed });
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { ...options, failed });
}

function build() {
  const inputs = ['package.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) => join(root, name));
  const wanted = digest(
    [...inputs, ...filesBelow(join(root, 'src'))].map((f) => `${f}\n${readFileSync(f)}`).join('\n'),
  );
  if (readStamp().build === wanted && existsSync(join(root, 'dist', 'cli', 'main.js'))) return;
  say('building …');
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    {
      failed: 'The build failed; the messages above say where.',
    },
  );
  linkCommand();
  writeStamp({ build: wanted });
}

/** `npx pixelproof` works inside a clone, with every npm, as it does where the package is installed. */
function linkCommand() {
  const link = join(root, 'node_modules', '.bin', 'pixelproof');
  chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'dist', 'cli', 'main.js'), link);
}

function run(command, args, { failed, env = process.env }) {
  // Their chatter is shown only when it explains a failure.
  const { status, error, stdout } = spawnSync('/bin/sh', ['-c', '"$0" "$@" 2>&1', command, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 2],
    maxBuffer: 64 << 20,
  });
  if (error === undefined && status === 0) return;
  process.stderr.write(stdout?.subarray(-8192) ?? '');
  throw new Error(error ? `${failed} (${error.message})` : failed);
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.some((name) => folders.some((folder) => isExecutable(join(folder, name))));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((file) => statSync(file).isFile())
    .sort();
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function readStamp() {
  return existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {};
}

function writeStamp(part) {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ ...readStamp(), ...part }));
}

function say(message) {
  process.stderr.write(`pixelproof: ${message}\n`);
}
