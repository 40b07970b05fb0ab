#!/usr/bin/env node
// Writes docs/accuracy.md: verdicts against the truth of the misbehaving application. See --transitions, --only, --parallel, --sensor, --out; --placebo n measures windows without any input instead.
import { join } from 'node:path';
import { createJiti } from 'jiti';

const main = join(import.meta.dirname, '..', 'test', 'accuracy', 'main.ts');
await createJiti(import.meta.url).import(main);
