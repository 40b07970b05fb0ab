import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { framePath } from '../unit/calibration/ledger-frames.js';

const root = join(import.meta.dirname, '..', '..');

it("the README's example of the library runs on the package as it is built", async () => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const example = /```ts\n(import [^`]*'pixelproof\/probe';[^`]*)```/.exec(readme)?.[1];
  if (example === undefined) return expect.unreachable('the README has no such example');
  const code = example.replace("'inbox.png'", JSON.stringify(framePath('inbox.png')));
  const ask = `${code}\nconsole.log(JSON.stringify([rows.length, rows.filter(({ partial }) => partial).length, confidence > 0.9]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', ask], {
    cwd: root,
    timeout: 30_000,
  });
  expect(JSON.parse(stdout)).toEqual([10, 1, true]);
});
