import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { PixelproofError } from '../core/index.js';
import { RUN_STORE_SCHEMA, RUN_STORE_VERSION } from './run-store-schema.js';

export type Sqlite = DatabaseSyncInstance;

/** How long a statement waits for another process's transaction, which takes one fsync: milliseconds, seldom more. */
const BUSY_TIMEOUT_MS = 5000;

/**
 * Opens or makes the database file (mode 0600, its folder 0700 when it has to be made) and brings its schema up to date.
 * WAL with synchronous=FULL: a commit that returned survives the loss of the process and of power (sqlite.org/pragma.html
 * #pragma_synchronous). The driver is Node's own `node:sqlite` where there is one, else @photostructure/sqlite, which has
 * the same API. Errors: PXP_STORE, also for a file a newer pixelproof has written.
 */
export async function openSqlite(file: string): Promise<Sqlite> {
  const DatabaseSync = await loadDriver();
  let database: Sqlite | undefined;
  try {
    makePrivateFile(file);
    database = new DatabaseSync(file);
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    migrate(database, file);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof PixelproofError) throw error;
    throw new PixelproofError('PXP_STORE', 'the run store could not be opened', { what: file, cause: error });
  }
}

type Driver = new (file: string) => Sqlite;

async function loadDriver(): Promise<Driver> {
  // Held in a variable because the types of Node 20 do not know the module.
  const builtin = 'node:sqlite';
  try {
    return ((await import(builtin)) as { DatabaseSync: Driver }).DatabaseSync;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_BUILTIN_MODULE') throw error;
    return (await import('@photostructure/sqlite')).DatabaseSync;
  }
}

/** SQLite gives its -wal and -shm files the mode of the main file, but would make that one readable for all. */
function makePrivateFile(file: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function migrate(database: Sqlite, file: string): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const { user_version: found } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found > RUN_STORE_VERSION) {
      throw new PixelproofError('PXP_STORE', 'the run store was written by a newer pixelproof', {
        what: file,
        expected: `schema version ${RUN_STORE_VERSION} or older`,
        received: `${found}`,
        hint: 'update pixelproof, or choose another data folder',
      });
    }
    if (found < RUN_STORE_VERSION) {
      database.exec(RUN_STORE_SCHEMA);
      database.exec(`PRAGMA user_version = ${RUN_STORE_VERSION}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** Best effort: where SQLite has already given the transaction up (disk full), there is nothing to roll back. */
export function rollBack(database: Sqlite): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // The error that led here is the one to report.
  }
}
