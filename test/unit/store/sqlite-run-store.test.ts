import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/index.js';
import { timelineEventSchema } from '../../../src/runtime/timeline.js';
import { openSqlite } from '../../../src/store/open-sqlite.js';
import { openSqliteRunStore } from '../../../src/store/sqlite-run-store.js';
import { intentEvent } from '../../support/transitions.js';
import { describeRunStore } from './run-store-conformance.js';

const parse = (value: unknown) => timelineEventSchema.parse(value);

describeRunStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pixelproof-store-'));
  return {
    open: (clock) => openSqliteRunStore({ file: join(folder, 'runs.sqlite'), clock, parse }),
    dispose: () => rm(folder, { recursive: true }),
  };
});

describe('the SQLite file', () => {
  let folder: string;
  let file: string;
  const open = () => openSqliteRunStore({ file, clock: systemClock, parse });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pixelproof-store-'));
    file = join(folder, 'data', 'runs.sqlite');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is for its owner only, and so are its companions', async () => {
    const store = await open();
    const lease = await store.acquireLease({
      target: 'app',
      holder: { runId: 'a', pid: 1, processStart: '' },
      ttlMs: 1000,
      isAlive: () => true,
    });
    await store.createRun({ runId: 'a', flow: 'f', lease });
    const mode = async (name: string) => (await stat(name)).mode & 0o777;
    expect(await mode(join(folder, 'data'))).toBe(0o700);
    for (const suffix of ['', '-wal', '-shm']) expect(await mode(`${file}${suffix}`)).toBe(0o600);
    await store.close();
  });

  it('commits durably: WAL, synced at every commit', async () => {
    const database = await openSqlite(file);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    database.close();
  });

  it('is refused, and left alone, when a newer version wrote it', async () => {
    const database = await openSqlite(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = await readFile(file);
    await expect(open()).rejects.toMatchObject({ code: 'PXP_STORE', facts: { what: file, received: '99' } });
    expect(await readFile(file)).toEqual(before);
  });

  it('is refused when it is something else', async () => {
    file = join(folder, 'notes.txt');
    await writeFile(file, 'These are not the tables you are looking for. '.repeat(100));
    await expect(open()).rejects.toMatchObject({ code: 'PXP_STORE' });
    await expect(
      openSqliteRunStore({ file: join(file, 'runs.sqlite'), clock: systemClock, parse }),
    ).rejects.toMatchObject({ code: 'PXP_STORE' });
  });

  it('names run and number of an event it cannot read', async () => {
    const store = await open();
    const lease = await store.acquireLease({
      target: 'app',
      holder: { runId: 'a', pid: 1, processStart: '' },
      ttlMs: 1000,
      isAlive: () => true,
    });
    await store.createRun({ runId: 'a', flow: 'f', lease });
    await store.append('a', lease, intentEvent('a/1'));
    await store.append('a', lease, intentEvent('a/2'));
    const database = await openSqlite(file);
    database.exec(`UPDATE events SET data = '{"type":"step.' WHERE seq = 2`);
    database.close();
    await expect(store.events('a')).rejects.toMatchObject({
      code: 'PXP_STORE',
      facts: { what: 'a', where: '2' },
    });
    await store.close();
  });
});
