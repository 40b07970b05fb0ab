import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLedgerServer } from '../../calibrations/ledger/app/server.mjs';
import { LEDGER_FLOW, jsonOf, runCli } from '../cli/run-cli.js';

test.each([
  { args: ['--viewport', '1600x900'], size: [1600, 900] },
  { args: ['--viewport', '1024x768'], size: [1024, 768] },
  { args: ['--device-scale-factor', '2'], size: [2560, 1440] },
])(
  'calibrated at 1280x720, a flow runs with $args, and its replay decides the same',
  async ({ args, size }) => {
    const data = await mkdtemp(join(tmpdir(), 'pixelproof-viewport-'));
    // One of its rows asks first, one is disabled for a while, and the first three are of three heights.
    const server = await startLedgerServer({ seed: 1, rows: 5 });
    try {
      const ended = await runCli('run', LEDGER_FLOW, '--url', server.url, '--data', data, '--json', ...args);
      expect(ended.code, ended.stderr).toBe(0);
      expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 5 });
      const { collected, clicks } = server.truth();
      expect(collected).toEqual([1, 2, 3, 4, 5]);
      const rows = clicks.flatMap(({ row, effect }) => (row === null || effect === 'none' ? [] : [row]));
      expect(new Set(rows).size).toBe(rows.length);
      // What was looked at lies within the window that was asked for, and goes beyond the calibration's or ends before.
      const events = jsonOf(await runCli('timeline', 'last', '--data', data, '--json')) as {
        readonly type: string;
        readonly record?: { region: { x: number; y: number; width: number; height: number } };
      }[];
      const regions = events.flatMap(({ record }) => (record === undefined ? [] : [record.region]));
      const right = Math.max(...regions.map(({ x, width }) => x + width));
      expect(right).toBe(size[0]);
      const replay = await runCli('replay', 'last', '--data', data, '--json');
      expect(jsonOf(replay)).toMatchObject({ differences: [] });
    } finally {
      await server.close();
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    }
  },
);
