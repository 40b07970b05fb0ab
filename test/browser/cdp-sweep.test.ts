import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BrowserProcess } from '../../src/cdp/browser.js';
import { findBrowser } from '../../src/cdp/find-browser.js';
import { launchBrowser } from '../../src/cdp/launch.js';
import { livingInGroup } from '../../src/cdp/process-table.js';
import { sweepProfiles } from '../../src/cdp/sweep-profiles.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pixelproof-test-'));
});
afterEach(() => rm(root, { recursive: true }));

/** A Node process of its own that launches a browser, tells which, and is killed by SIGKILL before it can close it. */
async function launchInProcessAndKill(
  path: string,
  beforeKill: (browser: BrowserProcess) => void = () => {},
): Promise<BrowserProcess> {
  const launch = new URL('../../src/cdp/launch.ts', import.meta.url).pathname;
  const options = JSON.stringify({ path, profileRoot: root, windowSize: { width: 400, height: 300 } });
  const script = `
    import { createJiti } from 'jiti';
    const { launchBrowser } = await createJiti(${JSON.stringify(launch)}).import(${JSON.stringify(launch)});
    const browser = await launchBrowser(${options});
    process.stdout.write(JSON.stringify(browser.process));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [told] = (await once(child.stdout, 'data')) as [Buffer];
  const browser = JSON.parse(told.toString()) as BrowserProcess;
  beforeKill(browser);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  return browser;
}

test.each(['headless-shell', 'chromium'] as const)(
  'a %s ends by itself when the process that launched it is killed, and its profile is swept',
  async (prefer) => {
    const { pid, profileDir } = await launchInProcessAndKill(findBrowser({ prefer }).path);
    await expect.poll(() => livingInGroup(pid), { timeout: 10_000 }).toEqual([]);
    expect(existsSync(profileDir)).toBe(true);
    expect(await sweepProfiles(root)).toEqual([profileDir]);
    expect(existsSync(profileDir)).toBe(false);
  },
);

test('an orphan that does not end by itself is ended by the sweep', async () => {
  const { pid, profileDir } = await launchInProcessAndKill(findBrowser().path, (browser) => {
    process.kill(-browser.pid, 'SIGSTOP');
  });
  expect(livingInGroup(pid).length).toBeGreaterThan(0);
  expect(await sweepProfiles(root)).toEqual([profileDir]);
  expect(livingInGroup(pid)).toEqual([]);
});

test('a browser whose owner lives is left alone', async () => {
  const browser = await launchBrowser({ windowSize: { width: 400, height: 300 }, profileRoot: root });
  try {
    expect(await sweepProfiles(root)).toEqual([]);
    expect((await browser.connection.browser.send('Browser.getVersion')).product).toBe(browser.version);
  } finally {
    await browser.close();
  }
});
