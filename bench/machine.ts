import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../src/cdp/index.js';
import { VIEWPORT } from './page.js';
import type { Machine } from './result.js';

const PACKAGE_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** What the numbers belong to. Starts a browser to ask for its version, and ends it. */
export async function describeMachine(): Promise<Machine> {
  const browser = await launchBrowser({ windowSize: VIEWPORT });
  await browser.close();
  return {
    cpus: availableParallelism(),
    model: cpus().at(0)?.model ?? 'unknown',
    memoryMB: Math.round(totalmem() / 2 ** 20),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    browser: browser.version,
    commit: commitOfClone() ?? version(),
  };
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(PACKAGE_FOLDER, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `v${manifest.version}`;
}

/** Undefined where there is no git, or when the package is installed inside of somebody else's repository. */
function commitOfClone(): string | undefined {
  try {
    const git = (...args: string[]): string =>
      execFileSync('git', args, {
        cwd: PACKAGE_FOLDER,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    if (relative(git('rev-parse', '--show-toplevel'), PACKAGE_FOLDER) !== '') return undefined;
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? '-dirty' : ''}`;
  } catch {
    // No git, or no repository.
    return undefined;
  }
}
