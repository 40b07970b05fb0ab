#!/usr/bin/env node
// What a change has to pass beside its tests before it lands, in one command; the longest first, beside the short ones.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = (name) => resolve(root, 'node_modules', '.bin', name);

const CHECKS = [
  ['lint', bin('eslint'), ['--max-warnings=0', '.']],
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
  ['layers', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src']],
  ['unused code', bin('knip'), []],
  ['package', bin('publint'), ['--strict']],
];

// Two at a time: the machines this runs on have two cores, and most of these are single-threaded.
const queue = [...CHECKS];
const failed = [];
await Promise.all([worker(), worker()]);
process.stdout.write(`${CHECKS.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function worker() {
  for (let check = queue.shift(); check !== undefined; check = queue.shift()) await run(...check);
}

function run(name, command, args) {
  const startedAt = performance.now();
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
      if (code !== 0) {
        failed.push(name);
        process.stdout.write(`${output}\n`);
      }
      done();
    });
  });
}
