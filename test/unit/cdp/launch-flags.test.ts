import { expect, test } from 'vitest';
import { launchFlags } from '../../../src/cdp/launch-flags.js';

const base = {
  kind: 'chromium' as const,
  pipe: 'cbor' as const,
  headed: false,
  noSandbox: false,
  windowSize: { width: 1280, height: 720 },
  deviceScaleFactor: 1,
  extra: [],
};

test('the sandbox stays on unless it is told off', () => {
  expect(launchFlags(base)).not.toContain('--no-sandbox');
  expect(launchFlags({ ...base, noSandbox: true })).toContain('--no-sandbox');
});

test('only a full browser without a head is told to be headless', () => {
  expect(launchFlags(base)).toContain('--headless=new');
  expect(launchFlags({ ...base, headed: true }).join()).not.toContain('--headless');
  expect(launchFlags({ ...base, headed: true }).join()).not.toContain('CDPScreenshotNewSurface');
  expect(launchFlags({ ...base, kind: 'headless-shell' }).join()).not.toContain('--headless');
});

test('what the caller adds comes last, no switch is given twice, and wrong-frame modes are never given', () => {
  const flags = launchFlags({ ...base, frameControl: true, extra: ['--lang=de'] });
  expect(flags.at(-1)).toBe('--lang=de');
  expect(flags).toContain('--window-size=1280,720');
  const scaled = launchFlags({ ...base, deviceScaleFactor: 2 });
  expect(scaled).toContain('--force-device-scale-factor=2');
  expect(scaled).toContain('--window-size=640,360');
  const names = flags.map((flag) => flag.split('=')[0]);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain('--single-process');
  expect(names).not.toContain('--in-process-gpu');
});

test('the pipe speaks what it is told to, and frame control comes with its switches only', () => {
  expect(launchFlags(base)).toContain('--remote-debugging-pipe=cbor');
  expect(launchFlags({ ...base, pipe: 'json' })).toContain('--remote-debugging-pipe');
  expect(launchFlags(base).join()).not.toContain('begin-frame');
  expect(launchFlags({ ...base, frameControl: true })).toContain('--enable-begin-frame-control');
});
