#!/usr/bin/env node
// Writes docs/accuracy.md, a section each: `verdicts` against the truth of the misbehaving application (--transitions), `placebo`
// windows without any input (--windows), `survival` of each mode (--rows), `lists` whose rows the document knows (--lists, --from a seed). See also --only, --parallel, --sensor and --out.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createJiti } from 'jiti';

if (process.argv.includes('placebo')) {
  // One of its applications comes from Debian.
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'targets', 'install.mjs')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(1);
}
const main = join(import.meta.dirname, '..', 'test', 'accuracy', 'main.ts');
await createJiti(import.meta.url).import(main);
