#!/usr/bin/env node
// Writes the README's performance table from the newest result in bench/results. Use: node scripts/readme-bench.mjs
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createJiti } from 'jiti';
import { format, resolveConfig } from 'prettier';

const root = resolve(import.meta.dirname, '..');
const results = join(root, 'bench', 'results');
const newest = readdirSync(results)
  .filter((name) => name.endsWith('.json'))
  .sort()
  .at(-1);
const { renderReadmeSection, withReadmeSection } = await createJiti(import.meta.url).import(
  join(root, 'bench', 'readme-section.ts'),
);
const file = join(root, 'README.md');
const result = JSON.parse(readFileSync(join(results, newest), 'utf8'));
const readme = withReadmeSection(readFileSync(file, 'utf8'), renderReadmeSection(result, newest));
writeFileSync(file, await format(readme, { ...(await resolveConfig(file)), parser: 'markdown' }));
