import { accessSync, constants, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { PixelproofError } from '../core/errors.js';

/** `headless-shell` is the old headless mode as a binary of its own; `chromium` any full Chrome or Chromium. */
export type BrowserKind = 'headless-shell' | 'chromium';

export interface FoundBrowser {
  readonly path: string;
  readonly kind: BrowserKind;
}

const NAMES: Readonly<Record<BrowserKind, readonly string[]>> = {
  'headless-shell': ['chromium-headless-shell', 'chrome-headless-shell', 'headless_shell'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'],
};
/** Where macOS keeps what is not on the PATH. */
const MAC_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser to launch: `CHROME_PATH` of `env` when set, else the first executable on its `PATH`, of the preferred
 * kind first (default: headless-shell, which starts several times faster). Looks only, starts nothing.
 *
 * Errors: PXP_BROWSER_MISSING, saying what to install or set; also when `CHROME_PATH` names no executable file.
 */
export function findBrowser({
  prefer = 'headless-shell',
  env = process.env,
}: Readonly<{ prefer?: BrowserKind; env?: NodeJS.ProcessEnv }> = {}): FoundBrowser {
  const told = env.CHROME_PATH;
  if (told !== undefined && told !== '') {
    if (isExecutable(told)) return { path: told, kind: kindOf(told) };
    throw new PixelproofError('PXP_BROWSER_MISSING', 'CHROME_PATH names no executable file', {
      expected: 'the path of a Chrome or Chromium binary',
      received: told,
      hint: 'correct or unset CHROME_PATH',
    });
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const kinds: readonly BrowserKind[] =
    prefer === 'chromium' ? ['chromium', 'headless-shell'] : ['headless-shell', 'chromium'];
  for (const kind of kinds) {
    const places = NAMES[kind].flatMap((name) => folders.map((folder) => join(folder, name)));
    const path = [...places, ...(kind === 'chromium' ? MAC_APPLICATIONS : [])].find(isExecutable);
    if (path !== undefined) return { path, kind };
  }
  throw new PixelproofError('PXP_BROWSER_MISSING', 'no Chrome or Chromium was found on the PATH', {
    hint: 'type `apt-get install chromium-headless-shell` (Debian) or set CHROME_PATH=/path/to/chrome',
  });
}

/** The kind a binary's name tells. */
export function kindOf(path: string): BrowserKind {
  return /headless[-_]shell/.test(basename(path)) ? 'headless-shell' : 'chromium';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, or not ours to run: either way not a browser for us.
    return false;
  }
}
