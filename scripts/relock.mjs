#!/usr/bin/env node
// Rewrites package-lock.json from package.json: no download addresses (any registry serves it), and an entry for every
// optional platform package, also those a partial registry mirror does not list; without them `npm ci` of npm 11
// calls the lock incomplete. Plain Node. Use: node scripts/relock.mjs
import { spawnSync } from 'node:child_process';
import { mkdtempSync, copyFileSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'pixelproof-lock-'));
try {
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  const args = [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--omit-lockfile-registry-resolved=false',
  ];
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('npm could not resolve the packages');
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  for (const entry of Object.values(lock.packages)) delete entry.resolved;
  addMissingPlatforms(lock.packages);
  writeFileSync(join(root, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function addMissingPlatforms(packages) {
  for (const [place, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    if (place === '') continue;
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformOf(name);
      const key = `node_modules/${name}`;
      if (platform === null || packages[key] || packages[`${place}/${key}`]) continue;
      packages[key] = { version, ...platform, ...(dev ? { dev } : {}), license: 'MIT', optional: true };
    }
  }
}

/** `@scope/name-linux-x64-gnu` → `{os:['linux'],cpu:['x64'],libc:['glibc']}`; null for anything else. */
function platformOf(name) {
  const [, os, cpu, abi] =
    /-(darwin|linux|win32|android|freebsd|openharmony)-(arm64|arm|x64|ia32|ppc64|riscv64|s390x|universal)(?:-(\w+))?$/.exec(
      name,
    ) ?? [];
  if (os === undefined) return null;
  const libc =
    abi === 'musl' ? { libc: ['musl'] } : abi === 'gnu' && os === 'linux' ? { libc: ['glibc'] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}
