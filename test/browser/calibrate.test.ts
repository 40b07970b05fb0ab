import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LedgerServer, startLedgerServer } from '../../calibrations/ledger/app/server.mjs';
import { LEDGER_FLOW, jsonOf, runCli } from '../cli/run-cli.js';

let folder: string;
let server: LedgerServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-recalibrate-'));
  const pack = dirname(LEDGER_FLOW);
  for (const name of ['calibration.yaml', 'flow.ts', 'demo-password.txt']) {
    await cp(join(pack, name), join(folder, name));
  }
});
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const inFolder = (name: string): string => join(folder, name);

async function recalibrate(
  { seed = 1, rows = 6, misbehave }: Readonly<{ seed?: number; rows?: number; misbehave: string }>,
  ...size: string[]
) {
  server = await startLedgerServer({ seed, rows, misbehave });
  const { url } = server;
  const page = ['--url', url, '--flow', inFolder('flow.ts')];
  const file = inFolder('calibration.yaml');
  const check = (...more: string[]) =>
    runCli('calibrate', 'check', file, ...page, '--out', inFolder('check.png'), '--json', ...more);
  const solve = () => runCli('calibrate', 'solve', file, ...page, ...size, '--write', '--json');
  const run = () => runCli('run', inFolder('flow.ts'), '--url', url, '--data', inFolder('data'), '--json');
  return { check, solve, run };
}

test('a layout that has moved: check names it, solve repairs the file, and the run passes', async () => {
  const { check, solve, run } = await recalibrate({ misbehave: 'shift=12' });
  const broken = await check();
  expect(broken.code).toBe(3);
  const { assumptions } = jsonOf(broken) as { assumptions: { name: string; state: string }[] };
  expect(assumptions.find(({ name }) => name === 'tabs')!.state).toBe('broken');
  expect(jsonOf(await solve())).toMatchObject({
    solved: true,
    written: true,
    x: { shift: 12 },
    y: { shift: 12 },
  });
  expect(await check()).toMatchObject({ code: 0 });
  expect(await run()).toMatchObject({ code: 0 });
  expect(server!.truth().collected).toHaveLength(6);
});

test('moved and grown, in a larger window: the repaired file holds, and the run passes', async () => {
  // With this seed and a full list, separators of rows lie where lines would at another scale.
  const misbehave = 'shift=12,scale=1.1';
  const { check, solve, run } = await recalibrate({ seed: 3, rows: 14, misbehave }, '--size', '1440x820');
  expect(await check('--size', '1440x820')).toMatchObject({ code: 3 });
  const { x, y } = jsonOf(await solve()) as Record<'x' | 'y', { scale: number; shift: number }>;
  for (const { scale, shift } of [x, y]) {
    expect(Math.abs(scale - 1.1)).toBeLessThan(0.002);
    expect(Math.abs(shift - 13.2)).toBeLessThan(1);
  }
  expect(await check()).toMatchObject({ code: 0 });
  expect(await run()).toMatchObject({ code: 0 });
  expect(server!.truth().collected).toHaveLength(14);
});

test('moved and grown out of its window: the run goes by what is left to see', async () => {
  const { solve, run } = await recalibrate({ misbehave: 'shift=12,scale=1.1' });
  expect(jsonOf(await solve())).toMatchObject({ solved: true });
  expect(await run()).toMatchObject({ code: 0 });
  expect(server!.truth().collected).toHaveLength(6);
});

test('a redesigned layout: solve refuses', async () => {
  const { solve } = await recalibrate({ misbehave: 'redesign=1' });
  const ended = await solve();
  expect(ended.code).toBe(3);
  expect(jsonOf(ended)).toMatchObject({
    solved: false,
    reason: expect.stringContaining('no scale and shift fits') as string,
  });
});

test('a page that nobody has signed in to: solve refuses, and says what would help', async () => {
  server = await startLedgerServer({ seed: 1, rows: 6, misbehave: 'shift=12' });
  const ended = await runCli('calibrate', 'solve', inFolder('calibration.yaml'), '--url', server.url);
  expect(ended.code).toBe(3);
  expect(ended.stderr).toContain('with --flow <file>');
});

test('init waits for a page that shows the same for a moment before it shows its application', async () => {
  const rows = Array.from(
    { length: 6 },
    (_, i) => `<p style="margin:0;padding:12px;border-bottom:1px solid #ccc">Row ${i}`,
  );
  const page = `<body style="margin:0;background:#fff"><h1>Connecting</h1><script>
    setTimeout(() => (document.body.innerHTML = '${rows.join('')}'), 900);</script>`;
  const desktop = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
  await once(desktop.listen(0, '127.0.0.1'), 'listening');
  try {
    const url = `http://127.0.0.1:${(desktop.address() as AddressInfo).port}/`;
    const init = await runCli('calibrate', 'init', url, '--out', inFolder('pack'), '--json');
    expect(jsonOf(init)).toMatchObject({ found: { lists: 1 } });
  } finally {
    desktop.close();
  }
});
