import { lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { endGroup } from './end-group.js';
import { type ProcessIdentity, commandLine, isAlive, livingInGroup, processSpace } from './process-table.js';
import { PROFILE_PREFIX, type ProfileOwner, readOwner, removeProfile } from './profile.js';

/**
 * Removes the profiles under `root` whose owner was killed, and ends the browsers that still use them: SIGTERM to the
 * browser's process group, then SIGKILL. Returns the folders removed.
 *
 * Touches only folders of our name and user whose owner file can be read, and of these only where the owner certainly
 * is gone: same host, and either another boot, or same pid namespace and no process of that pid and start time. A
 * process group is signalled only when one of its living members names this very folder on its command line.
 */
export async function sweepProfiles(root: string): Promise<string[]> {
  const removed: string[] = [];
  for (const dir of candidates(root)) {
    const record = readOwner(dir);
    if (record === undefined || !isAbandoned(record)) continue;
    await endBrowser(dir, record);
    await removeProfile(dir);
    removed.push(dir);
  }
  return removed;
}

function candidates(root: string): string[] {
  let names: string[];
  try {
    names = readdirSync(root);
  } catch {
    // No such folder: nothing was ever left in it.
    return [];
  }
  return names
    .filter((name) => name.startsWith(PROFILE_PREFIX))
    .map((name) => join(root, name))
    .filter(isOurFolder);
}

/** In a folder everybody may write to, a name proves nothing: the folder has to be ours, and no link. */
function isOurFolder(dir: string): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && (process.getuid === undefined || stat.uid === process.getuid());
}

function isAbandoned({ space, owner }: ProfileOwner): boolean {
  const here = processSpace();
  if (space.host !== here.host) return false;
  if (space.boot !== here.boot) return true;
  return space.namespace === here.namespace && !isAlive(owner);
}

async function endBrowser(dir: string, { space, browserPid }: ProfileOwner): Promise<void> {
  if (browserPid === undefined || space.boot !== processSpace().boot) return;
  const usesDir = ({ pid }: ProcessIdentity): boolean =>
    commandLine(pid).some((word) => word.includes('--user-data-dir=') && word.includes(basename(dir)));
  if (!livingInGroup(browserPid).some(usesDir)) return;
  await endGroup(browserPid);
}
