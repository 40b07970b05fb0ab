import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attachBrowser } from '../../src/cdp/attach.js';
import type { Browser } from '../../src/cdp/browser.js';
import { type BrowserKind, findBrowser } from '../../src/cdp/find-browser.js';
import { launchBrowser } from '../../src/cdp/launch.js';
import { openPage } from '../../src/cdp/open-page.js';
import { livingInGroup } from '../../src/cdp/process-table.js';

const size = { width: 400, height: 300 };
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pixelproof-test-'));
});
afterAll(async () => {
  expect(readdirSync(root), 'profiles left behind').toEqual([]);
  await rm(root, { recursive: true });
});

const open: Browser[] = [];
afterEach(async () => {
  for (const browser of open.splice(0).reverse()) await browser.close();
});

async function launch(extraFlags: string[] = []): Promise<Browser> {
  const browser = await launchBrowser({ windowSize: size, profileRoot: root, extraFlags });
  open.push(browser);
  return browser;
}

async function launchWithPort(): Promise<{ browser: Browser; httpUrl: string }> {
  const browser = await launch(['--remote-debugging-port=0']);
  const file = join(browser.process!.profileDir, 'DevToolsActivePort');
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').includes('\n')).toBe(true);
  return { browser, httpUrl: `http://127.0.0.1:${readFileSync(file, 'utf8').split('\n')[0]}` };
}

async function attach(): Promise<{ browser: Browser; pid: number }> {
  const { browser: owner, httpUrl } = await launchWithPort();
  const browser = await attachBrowser({ url: httpUrl });
  open.push(browser);
  return { browser, pid: owner.process!.pid };
}

const TRANSPORTS = {
  pipe: async () => {
    const browser = await launch();
    return { browser, pid: browser.process!.pid };
  },
  websocket: attach,
};

describe.each(Object.keys(TRANSPORTS) as (keyof typeof TRANSPORTS)[])('over the %s', (transport) => {
  const start = TRANSPORTS[transport];

  test('a page opens at its size, loads, evaluates and closes', async () => {
    const { browser } = await start();
    expect(browser.version).toMatch(/Chrome\/\d+/);
    const page = await openPage(browser, { size });
    await page.navigate('data:text/html;charset=utf-8,<title>ünï 😀</title>');
    expect(await page.evaluate('[document.title, innerWidth, innerHeight, devicePixelRatio]')).toEqual([
      'ünï 😀',
      400,
      300,
      1,
    ]);
    await expect(page.evaluate('null.x')).rejects.toMatchObject({ code: 'PXP_CDP_COMMAND' });
    await expect(page.navigate('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'PXP_CDP_COMMAND' });
    await page.close();
    await expect.poll(() => page.session.state).toBe('closed');
  });

  test('a message of several megabytes arrives whole', async () => {
    const { browser } = await start();
    const page = await openPage(browser, { size });
    const text = await page.evaluate("'é'.repeat(3_000_000) + 'end'");
    expect(text).toHaveLength(3_000_003);
    expect((text as string).endsWith('éend')).toBe(true);
  });

  test('a crash of the page settles what is pending with PXP_CDP_CRASHED, and the browser goes on', async () => {
    const { browser } = await start();
    const page = await openPage(browser, { size });
    const hanging = page.evaluate('new Promise(() => {})');
    const crash = page.session.send('Page.crash');
    await expect(hanging).rejects.toMatchObject({ code: 'PXP_CDP_CRASHED' });
    await expect(crash).rejects.toMatchObject({ code: 'PXP_CDP_CRASHED' });
    expect(page.session.state).toBe('crashed');
    const next = await openPage(browser, { size });
    expect(await next.evaluate('6 * 7')).toBe(42);
  });

  test('SIGKILL of the browser settles what is pending with PXP_CDP_CLOSED', async () => {
    const { browser, pid } = await start();
    const page = await openPage(browser, { size });
    const hanging = page.evaluate('new Promise(() => {})', { timeoutMs: 30_000 });
    process.kill(-pid, 'SIGKILL');
    await expect(hanging).rejects.toMatchObject({ code: 'PXP_CDP_CLOSED' });
    await expect(browser.connection.browser.send('Browser.getVersion')).rejects.toMatchObject({
      code: 'PXP_CDP_CLOSED',
    });
    expect(browser.connection.pending).toBe(0);
  });

  test('a stopped browser is a timeout, and serves again when it goes on', async () => {
    const { browser, pid } = await start();
    process.kill(-pid, 'SIGSTOP');
    await expect(
      browser.connection.browser.send('Browser.getVersion', undefined, { timeoutMs: 200 }),
    ).rejects.toMatchObject({ code: 'PXP_CDP_TIMEOUT' });
    process.kill(-pid, 'SIGCONT');
    const { product } = await browser.connection.browser.send('Browser.getVersion');
    expect(product).toBe(browser.version);
  });
});

describe('launch', () => {
  test.each<BrowserKind>(['headless-shell', 'chromium'])(
    'a closed %s leaves no process and no profile',
    async (kind) => {
      const { path } = findBrowser({ prefer: kind });
      const browser = await launchBrowser({ path, windowSize: size, profileRoot: root });
      open.push(browser);
      const { pid, profileDir } = browser.process!;
      expect(livingInGroup(pid).length).toBeGreaterThan(1);
      expect(statSync(profileDir).mode & 0o777).toBe(0o700);
      const pages = [await openPage(browser, { size }), await openPage(browser, { size })];
      for (const page of pages) expect(await page.evaluate('document.visibilityState')).toBe('visible');
      await Promise.all([browser.close(), browser.close()]);
      expect(livingInGroup(pid)).toEqual([]);
      expect(existsSync(profileDir)).toBe(false);
    },
  );

  test('a stopped browser is ended all the same', async () => {
    const browser = await launch();
    const { pid, profileDir } = browser.process!;
    process.kill(-pid, 'SIGSTOP');
    await browser.close();
    expect(livingInGroup(pid)).toEqual([]);
    expect(existsSync(profileDir)).toBe(false);
  });

  test('a program that is no browser is PXP_BROWSER_LAUNCH, with its own words', async () => {
    const work = launchBrowser({
      path: '/bin/ls',
      kind: 'chromium',
      windowSize: size,
      profileRoot: root,
    });
    await expect(work).rejects.toMatchObject({ code: 'PXP_BROWSER_LAUNCH' });
    await expect(work).rejects.toThrow(/ls:|exit code/);
  });

  test('a program that cannot be started is PXP_BROWSER_LAUNCH', async () => {
    await expect(
      launchBrowser({ path: join(root, 'nothing'), windowSize: size, profileRoot: root }),
    ).rejects.toMatchObject({ code: 'PXP_BROWSER_LAUNCH' });
  });

  test('a program that never answers is ended at the deadline', async () => {
    await expect(
      launchBrowser({
        path: '/usr/bin/tail',
        windowSize: size,
        profileRoot: root,
        timeoutMs: 300,
      }),
    ).rejects.toMatchObject({ code: 'PXP_BROWSER_LAUNCH' });
  });

  test('an abort during the start ends the browser', async () => {
    const controller = new AbortController();
    const work = launchBrowser({ windowSize: size, profileRoot: root, signal: controller.signal });
    controller.abort();
    await expect(work).rejects.toMatchObject({ code: 'PXP_ABORTED' });
    expect(readdirSync(root)).toEqual([]);
  });
});

describe('attach', () => {
  test('closing only disconnects', async () => {
    const { browser: owner, httpUrl } = await launchWithPort();
    const guest = await attachBrowser({ url: httpUrl });
    await guest.close();
    await expect(guest.connection.browser.send('Browser.getVersion')).rejects.toMatchObject({
      code: 'PXP_CDP_CLOSED',
    });
    expect((await owner.connection.browser.send('Browser.getVersion')).product).toBe(owner.version);
  });

  test('nobody there is PXP_CDP_CLOSED', async () => {
    for (const url of ['ws://127.0.0.1:1/devtools/browser/x', 'http://127.0.0.1:1']) {
      await expect(attachBrowser({ url })).rejects.toMatchObject({ code: 'PXP_CDP_CLOSED' });
    }
  });
});
