import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentProcess } from '../../../src/core/index.js';
import { openFileArtifactStore } from '../../../src/store/file-artifact-store.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const hash = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const picture = { kind: 'before', mediaType: 'image/png', rect: null } as const;

describe('openFileArtifactStore', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'pixelproof-artifacts-')), 'artifacts');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));
  const fileOf = (content: Uint8Array, extension = 'png') => {
    const name = hash(content);
    return join(folder, 'sha256', name.slice(0, 2), `${name}.${extension}`);
  };

  it.each([
    ['image/png', 'png'],
    ['image/jpeg', 'jpg'],
    ['text/html', 'html'],
  ] as const)('keeps %s under its hash, for the owner only', async (mediaType, extension) => {
    const store = await openFileArtifactStore({ folder });
    const content = bytes('a picture');
    const rect = { x: 1, y: 2, width: 3, height: 4 };
    const ref = await store.put(content, { kind: 'after', mediaType, rect });
    expect(ref).toEqual({ kind: 'after', mediaType, rect, sha256: hash(content), sizeBytes: 9 });
    expect(new Uint8Array(await readFile(fileOf(content, extension)))).toEqual(content);
    expect((await stat(fileOf(content, extension))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(new Uint8Array(await store.get(ref))).toEqual(content);
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  it('keeps an empty artifact', async () => {
    const store = await openFileArtifactStore({ folder });
    expect(await store.get(await store.put(bytes(''), picture))).toHaveLength(0);
  });

  it('does not write the same content twice, in this store or the next', async () => {
    const store = await openFileArtifactStore({ folder });
    const content = bytes('once');
    await store.put(content, picture);
    const { ino } = await stat(fileOf(content));
    await utimes(fileOf(content), 1, 1);
    const refs = [await store.put(content, picture), await store.put(content, { ...picture, kind: 'after' })];
    const later = await openFileArtifactStore({ folder });
    refs.push(await later.put(content, picture));
    expect(new Set(refs.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(refs[1].kind).toBe('after');
    expect(await stat(fileOf(content))).toMatchObject({ ino, mtimeMs: 1000 });
  });

  it('keeps many at once, the same ones and different ones', async () => {
    const store = await openFileArtifactStore({ folder });
    const contents = Array.from({ length: 60 }, (_, i) => bytes(`picture ${i % 20}`));
    const refs = await Promise.all(contents.map((content) => store.put(content, picture)));
    for (const [i, ref] of refs.entries()) expect(new Uint8Array(await store.get(ref))).toEqual(contents[i]);
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  });

  it('writes again what was removed behind its back or lies there damaged', async () => {
    const store = await openFileArtifactStore({ folder });
    const content = bytes('needed');
    const ref = await store.put(content, picture);
    await rm(fileOf(content));
    await store.put(content, picture);
    expect(new Uint8Array(await store.get(ref))).toEqual(content);
    await writeFile(fileOf(content), 'nee');
    await store.put(content, picture);
    expect(new Uint8Array(await store.get(ref))).toEqual(content);
    await writeFile(fileOf(content), 'broken');
    const later = await openFileArtifactStore({ folder });
    await later.put(content, picture);
    expect(new Uint8Array(await later.get(ref))).toEqual(content);
  });

  it('refuses what was altered, is missing, or is no hash', async () => {
    const store = await openFileArtifactStore({ folder });
    const content = bytes('evidence');
    const ref = await store.put(content, picture);
    await writeFile(fileOf(content), 'evidencf');
    await expect(store.get(ref)).rejects.toMatchObject({
      code: 'PXP_ARTIFACT',
      facts: { expected: ref.sha256, received: hash(bytes('evidencf')) },
    });
    await expect(store.get({ sha256: '0'.repeat(64) })).rejects.toMatchObject({ code: 'PXP_ARTIFACT' });
    for (const sha256 of ['', '../../etc/passwd', 'AB'.repeat(32), `${'ab'.repeat(32)}\n`]) {
      await expect(store.get({ sha256 })).rejects.toMatchObject({ code: 'PXP_ARTIFACT' });
    }
  });

  it('says PXP_IO when it cannot write, leaves nothing behind, and works again when it can', async () => {
    const store = await openFileArtifactStore({ folder });
    const content = bytes('blocked');
    const bucket = join(folder, 'sha256', hash(content).slice(0, 2));
    await writeFile(bucket, 'a file where a folder has to be');
    await expect(store.put(content, picture)).rejects.toMatchObject({ code: 'PXP_IO' });
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
    await rm(bucket);
    expect(new Uint8Array(await store.get(await store.put(content, picture)))).toEqual(content);
  });

  it('sweeps what killed processes left, and only that', async () => {
    const ended = spawnSync(process.execPath, ['-e', '']).pid;
    const { pid, processStart } = currentProcess();
    await mkdir(join(folder, 'tmp'), { recursive: true });
    await chmod(folder, 0o700);
    const living = `${pid}@${processStart}@0011`;
    for (const name of [`${ended}@${processStart}@0011`, `${ended}@@0011`, living, 'README']) {
      await writeFile(join(folder, 'tmp', name), 'half a pict');
    }
    await openFileArtifactStore({ folder });
    expect((await readdir(join(folder, 'tmp'))).sort()).toEqual(['README', living].sort());
  });
});
