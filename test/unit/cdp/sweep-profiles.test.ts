import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identify, isAlive } from '../../../src/cdp/process-table.js';
import { createProfile, readOwner, recordBrowser } from '../../../src/cdp/profile.js';
import { sweepProfiles } from '../../../src/cdp/sweep-profiles.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pixelproof-sweep-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Changes the owner file of a profile we made. */
function rewrite(dir: string, change: (owner: Record<string, Record<string, unknown>>) => void): void {
  const file = join(dir, 'pixelproof-owner.json');
  const owner = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
  change(owner);
  writeFileSync(file, JSON.stringify(owner));
}

/** As if the owner had had our pid before us. */
const pidReused = ({ owner }: Record<string, Record<string, unknown>>): void => {
  owner.startTime = '1';
};

test('a profile whose owner is gone is removed, one whose owner lives is not', async () => {
  const mine = await createProfile(root);
  const dead = await createProfile(root);
  rewrite(dead, pidReused);
  expect(await sweepProfiles(root)).toEqual([dead]);
  expect([existsSync(mine), existsSync(dead)]).toEqual([true, false]);
});

test.each<[string, (owner: Record<string, Record<string, unknown>>) => void, boolean]>([
  ['of another boot', ({ space }) => (space.boot = 'an earlier one'), true],
  [
    'of another host',
    ({ space, owner }) => void ((space.host = 'elsewhere'), (owner.startTime = '1')),
    false,
  ],
  [
    'of another pid namespace',
    ({ space, owner }) => void ((space.namespace = 'x'), (owner.startTime = '1')),
    false,
  ],
  ['without an owner that makes sense', (file) => void (file.owner = { pid: 'x' }), false],
])('a profile %s: removed is %s', async (_, change, removed) => {
  const dir = await createProfile(root);
  rewrite(dir, change);
  expect(await sweepProfiles(root)).toEqual(removed ? [dir] : []);
  expect(existsSync(dir)).toBe(!removed);
});

test('links, foreign folders and a missing root are left alone', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'pixelproof-sweep-'));
  try {
    const dir = await createProfile(elsewhere);
    rewrite(dir, pidReused);
    symlinkSync(dir, join(root, 'pixelproof-profile-link'));
    expect(await sweepProfiles(root)).toEqual([]);
    expect(existsSync(dir)).toBe(true);
    expect(await sweepProfiles(join(root, 'nothing'))).toEqual([]);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test('a process that does not use the profile is never signalled, whatever the file says', async () => {
  const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  const exited = once(bystander, 'exit');
  try {
    const dir = await createProfile(root);
    recordBrowser(dir, bystander.pid!);
    expect(readOwner(dir)?.browserPid).toBe(bystander.pid);
    rewrite(dir, pidReused);
    expect(await sweepProfiles(root)).toEqual([dir]);
    expect(isAlive(identify(bystander.pid!)!)).toBe(true);
  } finally {
    bystander.kill('SIGKILL');
    await exited;
  }
});
