import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../../src/cdp/find-browser.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pixelproof-find-'));
  for (const folder of ['a', 'b']) mkdirSync(join(root, folder));
});
afterEach(() => rmSync(root, { recursive: true }));

function program(path: string, mode = 0o755): string {
  const file = join(root, path);
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

const env = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: [join(root, 'a'), '', join(root, 'b')].join(delimiter),
  ...extra,
});

test('CHROME_PATH wins, and its name tells the kind', () => {
  program('a/chromium');
  const shell = program('b/chrome-headless-shell');
  expect(findBrowser({ env: env({ CHROME_PATH: shell }) })).toEqual({ path: shell, kind: 'headless-shell' });
  const other = program('b/my-browser');
  expect(findBrowser({ env: env({ CHROME_PATH: other }) })).toEqual({ path: other, kind: 'chromium' });
});

test('a CHROME_PATH that is no executable file is refused, not passed over', () => {
  program('a/chromium');
  const text = program('b/chrome', 0o644);
  for (const CHROME_PATH of [text, join(root, 'nothing'), join(root, 'a')]) {
    // Root may execute nothing without an x bit either.
    expect(() => findBrowser({ env: env({ CHROME_PATH }) })).toThrow(
      expect.objectContaining({
        code: 'PXP_BROWSER_MISSING',
        facts: expect.objectContaining({ received: CHROME_PATH }) as unknown,
      }),
    );
  }
});

test('the preferred kind comes before the order of the PATH; the other kind serves when it is missing', () => {
  const full = program('a/chromium');
  expect(findBrowser({ env: env() })).toEqual({ path: full, kind: 'chromium' });
  const shell = program('b/chromium-headless-shell');
  expect(findBrowser({ env: env() })).toEqual({ path: shell, kind: 'headless-shell' });
  expect(findBrowser({ env: env(), prefer: 'chromium' })).toEqual({ path: full, kind: 'chromium' });
});

test.skipIf(process.platform === 'darwin')('nothing found says what to type', () => {
  program('a/chromium', 0o644);
  expect(() => findBrowser({ env: env() })).toThrow(
    expect.objectContaining({
      code: 'PXP_BROWSER_MISSING',
      facts: expect.objectContaining({ hint: expect.stringContaining('CHROME_PATH=') as unknown }) as unknown,
    }),
  );
});
