import { PixelproofError } from '../../src/core/index.js';
import type { Contestant } from '../contestant.js';
import type { PeerName } from '../recorder.js';
import { isMissing } from './is-missing.js';
import { openPlaywright } from './playwright.js';
import { openPuppeteer } from './puppeteer.js';

const OPEN = { playwright: openPlaywright, puppeteer: openPuppeteer } as const;
const PACKAGES = { playwright: 'playwright-core', puppeteer: 'puppeteer-core' } as const;

/** The peers whose packages are installed. */
export async function installedPeers(): Promise<PeerName[]> {
  const names: readonly PeerName[] = ['playwright', 'puppeteer'];
  const there = await Promise.all(names.map(isInstalled));
  return names.filter((_, i) => there[i]);
}

/** Errors: PXP_USAGE when the tool is not installed. */
export async function requirePeer(name: PeerName): Promise<void> {
  if (await isInstalled(name)) return;
  throw new PixelproofError('PXP_USAGE', `${name} is not installed`, {
    what: '--vs',
    expected: `the package ${PACKAGES[name]}`,
    hint: `type \`npm install --no-save ${PACKAGES[name]}\``,
  });
}

/** Opens the page by another tool, in a browser of its own. */
export function openPeer(name: PeerName, url: string): Promise<Contestant> {
  return OPEN[name](url);
}

async function isInstalled(name: PeerName): Promise<boolean> {
  try {
    await import(PACKAGES[name]);
    return true;
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}
