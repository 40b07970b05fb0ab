import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { loadCalibration } from '../../../src/calibration/index.js';
import { LEDGER_YAML, ledger, sections } from './ledger.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-calibration-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'calibration.yaml');
  await writeFile(path, content);
  return path;
}

test('a file, with and without a byte-order mark', async () => {
  const loaded = { ...ledger(), pictures: new Map(), digits: new Map() };
  expect(await loadCalibration(await file(LEDGER_YAML))).toEqual(loaded);
  expect(await loadCalibration(await file(`\uFEFF${LEDGER_YAML}`))).toEqual(loaded);
});

test('the place of a problem is the same behind a byte-order mark', async () => {
  const path = await file(`\uFEFFversion: 2`);
  await expect(loadCalibration(path)).rejects.toMatchObject({
    code: 'PXP_CALIBRATION',
    facts: { what: path, where: '1:10' },
  });
});

test.each([
  ['bytes that are not UTF-8', Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x3a, 0xff, 0xfe])],
  ['UTF-16', Buffer.from(sections(''), 'utf16le')],
  ['more than the cap', Buffer.alloc(256 * 1024 + 1, ' ')],
])('%s', async (_, content) => {
  await expect(loadCalibration(await file(content))).rejects.toMatchObject({ code: 'PXP_CALIBRATION' });
});

test('as much as the cap allows', async () => {
  const text = sections('');
  expect(await loadCalibration(await file(text + ' '.repeat(256 * 1024 - text.length)))).toMatchObject({
    name: 't',
  });
});

test.each(['missing.yaml', ''])('a path that is no file: "%s"', async (name) => {
  await expect(loadCalibration(join(folder, name))).rejects.toMatchObject({ code: 'PXP_IO' });
});
