import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PixelproofError } from '../core/errors.js';
import { type ProcessIdentity, type ProcessSpace, identify, processSpace } from './process-table.js';

export const PROFILE_PREFIX = 'pixelproof-profile-';
const OWNER_FILE = 'pixelproof-owner.json';

/** Who a profile belongs to: the Node process that made it and the browser that uses it. */
export interface ProfileOwner {
  readonly space: ProcessSpace;
  readonly owner: ProcessIdentity;
  /** Leader of the browser's process group. */
  readonly browserPid?: number;
}

/**
 * A fresh profile folder (mode 0700) under `root`, which is made when it is missing, holding a file that says whose it
 * is. Errors: PXP_IO.
 */
export async function createProfile(root: string): Promise<string> {
  try {
    await mkdir(root, { recursive: true });
    // mkdtemp makes it 0700; the two steps are synchronous so that a folder without an owner file hardly ever stays.
    const dir = mkdtempSync(join(resolve(root), PROFILE_PREFIX));
    writeOwner(dir, { space: processSpace(), owner: identify(process.pid)! });
    return dir;
  } catch (cause) {
    throw new PixelproofError('PXP_IO', 'could not make a browser profile', { what: root, cause });
  }
}

/** Adds the browser to the owner file. */
export function recordBrowser(dir: string, pid: number): void {
  const owner = readOwner(dir);
  if (owner !== undefined) writeOwner(dir, { ...owner, browserPid: pid });
}

/** The owner file, or undefined when there is none that can be read. */
export function readOwner(dir: string): ProfileOwner | undefined {
  try {
    const value = JSON.parse(readFileSync(join(dir, OWNER_FILE), 'utf8')) as Partial<ProfileOwner>;
    return isOwner(value) ? value : undefined;
  } catch {
    // Missing or half-written: nobody can say whose it is.
    return undefined;
  }
}

/** Removes the folder with all in it; a process that is just ending may still write there, hence the retries. */
export async function removeProfile(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

function writeOwner(dir: string, owner: ProfileOwner): void {
  writeFileSync(join(dir, OWNER_FILE), JSON.stringify(owner), { mode: 0o600 });
}

function isOwner(value: Partial<ProfileOwner>): value is ProfileOwner {
  // As strangers may have written it.
  const { space, owner, browserPid } = value as {
    [K in keyof ProfileOwner]?: Partial<Record<string, unknown>>;
  };
  return (
    typeof space?.host === 'string' &&
    typeof owner?.pid === 'number' &&
    typeof owner.startTime === 'string' &&
    (browserPid === undefined || (Number.isInteger(browserPid) && Number(browserPid) > 1))
  );
}
