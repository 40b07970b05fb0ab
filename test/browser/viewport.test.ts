import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLedgerServer } from '../../calibrations/ledger/app/server.mjs';
import { LEDGER_FLOW, jsonOf, runCli } from '../cli/run-cli.js';

interface Looked {
  readonly record?: { readonly region: { readonly x: number; readonly width: number } };
}

test.each([
  { at: '1600x900', args: ['--viewport', '1600x900'], width: 1600 },
  { at: '1024x768', args: ['--viewport', '1024x768'], width: 1024 },
  { at: 'a device scale factor of 2', args: ['--device-scale-factor', '2'], width: 2560 },
])('calibrated at 1280x720, a flow runs at $at, and its replay decides the same', async ({ args, width }) => {
  const data = await mkdtemp(join(tmpdir(), 'pixelproof-viewport-'));
  const server = await startLedgerServer({ seed: 1, rows: 4 });
  try {
    const ended = await runCli('run', LEDGER_FLOW, '--url', server.url, '--data', data, '--json', ...args);
    expect(ended.code, ended.stderr).toBe(0);
    expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 4 });
    const { collected, clicks } = server.truth();
    expect(collected).toEqual([1, 2, 3, 4]);
    const rows = clicks.flatMap(({ row, effect }) => (row === null || effect === 'none' ? [] : [row]));
    expect(new Set(rows).size).toBe(rows.length);
    // Some step looks at the tabs or the list with all that is around it, to the window's right end.
    const events = jsonOf(await runCli('timeline', 'last', '--data', data, '--json')) as readonly Looked[];
    const ends = events.flatMap(({ record }) =>
      record === undefined ? [] : [record.region.x + record.region.width],
    );
    expect(Math.max(...ends)).toBe(width);
    const replay = await runCli('replay', 'last', '--data', data, '--json');
    expect(jsonOf(replay)).toMatchObject({ differences: [] });
  } finally {
    await server.close();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
});
