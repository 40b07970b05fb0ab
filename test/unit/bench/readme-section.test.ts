import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { renderReadmeSection, withReadmeSection } from '../../../bench/readme-section.js';
import type { BenchResult } from '../../../bench/result.js';

const RESULTS = 'bench/results';

test('the table in the README is that of the newest result; node scripts/readme-bench.mjs writes it', async () => {
  const names = readdirSync(RESULTS).filter((name) => name.endsWith('.json'));
  const newest = names.sort().at(-1)!;
  const result = JSON.parse(readFileSync(join(RESULTS, newest), 'utf8')) as BenchResult;
  const readme = readFileSync('README.md', 'utf8');
  const written = withReadmeSection(readme, renderReadmeSection(result, newest));
  const options = { ...(await resolveConfig('README.md')), parser: 'markdown' };
  expect(readme).toBe(await format(written, options));
});

test('a case that was not measured is no number', () => {
  const machine = { browser: 'B', node: '20', cpus: 2, model: 'M' } as BenchResult['machine'];
  const cases = [{ name: 'click-to-proof:playwright', unit: 'ms', n: 3, min: 1, p50: 33, p95: 40 }] as const;
  const section = renderReadmeSection({ machine, cases, ratios: [], notes: [] }, 'x.json');
  expect(section).toMatch(/Click to proof, one row of a page \| – \| – \| 33\.0 ms \| – \|/);
  expect(() => withReadmeSection('no markers', section)).toThrow('bench');
});
