import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LEDGER_YAML } from '../unit/calibration/ledger.js';
import { runCli } from './run-cli.js';

const manual = await readFile(new URL('../../docs/flows.md', import.meta.url), 'utf8');

test('the flow of docs/flows.md loads, with the calibration of docs/calibration.md', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pixelproof-flow-'));
  const [, example] = /```ts\n(import [\s\S]*?)```/.exec(manual)!;
  await writeFile(join(folder, 'flow.ts'), example);
  await writeFile(join(folder, 'calibration.yaml'), LEDGER_YAML);
  expect(await runCli('run', join(folder, 'flow.ts'), '--dry-run')).toMatchObject({ code: 0 });
  await rm(folder, { recursive: true });
});

test.each(['url', 'allowedOrigins', 'consent', 'login', 'challenge', 'loading', 'ready', 'blockers'])(
  'docs/flows.md says what session.%s is',
  (field) => expect(manual).toContain(`| \`${field}\``),
);
