import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startLedgerServer } from '../../calibrations/ledger/app/server.mjs';
import { LEDGER_FLOW, jsonOf, runCli } from '../cli/run-cli.js';
import { startTarget } from '../targets/start-target.js';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'pixelproof-fonts-'));
  // A machine without fonts: what is written in the machine's is not to be seen.
  await writeFile(join(data, 'fonts.conf'), '<fontconfig></fontconfig>');
  vi.stubEnv('FONTCONFIG_FILE', join(data, 'fonts.conf'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

test('the ledger is drawn with its own fonts: on a machine without any its flow runs to the end', async () => {
  const server = await startLedgerServer({ seed: 1, rows: 2 });
  const ended = await runCli(...['run', LEDGER_FLOW, '--url', server.url, '--data', data, '--json']).finally(
    () => server.close(),
  );
  expect(ended.code, ended.stderr).toBe(0);
  expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 2 });
});

test('so is the page with the cheetah-grid', async () => {
  const target = await startTarget('cheetah-grid', '--rows', '3');
  const flow = join(import.meta.dirname, '../../calibrations/cheetah-grid/flow.ts');
  const ended = await runCli('run', flow, '--url', target.url, '--data', data, '--json').finally(() =>
    target.stop(),
  );
  expect(ended.code, ended.stderr).toBe(0);
  expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 3 });
});
