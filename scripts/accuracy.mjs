#!/usr/bin/env node
// Writes docs/accuracy.md, a section each: `verdicts` against the truth of the misbehaving application (--transitions), `placebo`
// windows without any input (--windows), `survival` of each mode (--rows). See also --only, --parallel, --sensor and --out.
import { join } from 'node:path';
import { createJiti } from 'jiti';

const main = join(import.meta.dirname, '..', 'test', 'accuracy', 'main.ts');
await createJiti(import.meta.url).import(main);
