import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PixelproofError, currentProcess, isPixelproofError, isProcessAlive } from '../core/index.js';
import type { ArtifactStore } from '../runtime/artifact-store.js';
import type { ArtifactRef } from '../visual/transition-record.js';

const EXTENSION = { 'image/png': 'png', 'image/jpeg': 'jpg', 'text/html': 'html' } as const;

/**
 * Pictures as files `<folder>/sha256/ab/<hash>.<png|jpg|html>`, mode 0600, folders 0700. A new one is written to a
 * temporary file, synced, renamed, and its folder synced, before `put` answers: a killed process leaves whole files only,
 * and a temporary one that the next open removes. Any number of processes may share the folder. What is there already
 * costs one stat, and one read the first time this store meets it (a damaged file is replaced). Errors: PXP_IO.
 */
export async function openFileArtifactStore({
  folder,
}: Readonly<{ folder: string }>): Promise<ArtifactStore> {
  const temporary = join(folder, 'tmp');
  await io('make the artifact folder', folder, async () => {
    await makeFolder(join(folder, 'sha256'));
    await makeFolder(temporary);
    await removeLeftovers(temporary);
  });
  return new FileArtifactStore(folder, temporary);
}

class FileArtifactStore implements ArtifactStore {
  readonly #folder: string;
  readonly #temporary: string;
  readonly #prefix: string;
  /** Files this store knows to be whole and on disk, or is about to make so. */
  readonly #durable = new Map<string, Promise<void>>();
  readonly #buckets = new Map<string, Promise<void>>();

  constructor(folder: string, temporary: string) {
    this.#folder = folder;
    this.#temporary = temporary;
    const { pid, processStart } = currentProcess();
    this.#prefix = `${pid}@${processStart}@`;
  }

  async put(bytes: Uint8Array, about: Omit<ArtifactRef, 'sha256' | 'sizeBytes'>): Promise<ArtifactRef> {
    const sha256 = hashOf(bytes);
    const file = this.#fileOf(sha256, EXTENSION[about.mediaType]);
    await io('store an artifact', file, () => this.#keep(file, bytes, sha256));
    return { ...about, sha256, sizeBytes: bytes.length };
  }

  async get({ sha256 }: Pick<ArtifactRef, 'sha256'>): Promise<Uint8Array> {
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      throw new PixelproofError('PXP_ARTIFACT', 'artifacts are named by their SHA-256', {
        expected: '64 lower-case hex digits',
        received: JSON.stringify(sha256.slice(0, 80)),
      });
    }
    for (const extension of Object.values(EXTENSION)) {
      const file = this.#fileOf(sha256, extension);
      const bytes = await io('read an artifact', file, () => readIfThere(file));
      if (bytes === undefined) continue;
      const received = hashOf(bytes);
      if (received === sha256) return bytes;
      throw new PixelproofError('PXP_ARTIFACT', 'the artifact was altered', {
        what: file,
        expected: sha256,
        received,
      });
    }
    throw new PixelproofError('PXP_ARTIFACT', 'the artifact is missing', {
      what: this.#folder,
      where: sha256,
    });
  }

  /** Puts of the same bytes at the same time share one write; a failed one is forgotten. */
  async #keep(file: string, bytes: Uint8Array, sha256: string): Promise<void> {
    const known = this.#durable.get(file);
    if (known !== undefined) {
      await known;
      if ((await sizeIfThere(file)) === bytes.length) return;
    }
    const work = this.#makeDurable(file, bytes, sha256);
    this.#durable.set(file, work);
    try {
      await work;
    } catch (error) {
      this.#durable.delete(file);
      throw error;
    }
  }

  async #makeDurable(file: string, bytes: Uint8Array, sha256: string): Promise<void> {
    const existing = await readIfThere(file);
    if (existing !== undefined && hashOf(existing) === sha256) {
      // Whoever renamed it there may have died before the folder was synced.
      await this.#makeBucket(dirname(file));
      await syncFolder(dirname(file));
      return;
    }
    await this.#makeBucket(dirname(file));
    const temporary = join(this.#temporary, `${this.#prefix}${randomBytes(8).toString('hex')}`);
    try {
      await writeSynced(temporary, bytes);
      await rename(temporary, file);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    await syncFolder(dirname(file));
  }

  /** Once per store and bucket, also when another process made it: that one may not have synced it yet. */
  async #makeBucket(bucket: string): Promise<void> {
    let work = this.#buckets.get(bucket);
    if (work === undefined) {
      work = makeFolder(bucket).then(() => syncFolder(dirname(bucket)));
      this.#buckets.set(bucket, work);
    }
    try {
      await work;
    } catch (error) {
      this.#buckets.delete(bucket);
      throw error;
    }
  }

  #fileOf(sha256: string, extension: string): string {
    return join(this.#folder, 'sha256', sha256.slice(0, 2), `${sha256}.${extension}`);
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the folder, and its entry in each folder above that had to be made for it, durable. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

/** Temporary files of processes that ended; those of living ones are being written right now. */
async function removeLeftovers(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const [pid, processStart, random] = name.split('@') as (string | undefined)[];
    if (processStart === undefined || random === undefined) continue; // Not one of ours.
    if (isProcessAlive({ pid: Number(pid), processStart })) continue;
    await rm(join(temporary, name), { force: true });
  }
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  return readFile(file).catch(undefinedIfMissing);
}

async function sizeIfThere(file: string): Promise<number | undefined> {
  return (await stat(file).catch(undefinedIfMissing))?.size;
}

function undefinedIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

async function io<T>(what: string, file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isPixelproofError(error)) throw error;
    throw new PixelproofError('PXP_IO', `could not ${what}`, { what: file, cause: error });
  }
}
