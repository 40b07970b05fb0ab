#!/usr/bin/env node
// `frames` takes the pictures of test/golden that applications can be asked for again, with their labels; `baseline` writes
// test/golden/confusion.json, what the probes and predicates answer on them now.
import { join } from 'node:path';
import { createJiti } from 'jiti';

const MAINS = { frames: 'capture/main.ts', baseline: 'baseline.ts' };
const main = MAINS[process.argv[2]];
if (main === undefined) {
  process.stderr.write('Usage: node scripts/golden.mjs frames|baseline\n');
  process.exit(2);
}
await createJiti(import.meta.url).import(join(import.meta.dirname, '..', 'test', 'corpus', main));
