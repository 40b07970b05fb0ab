import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodePng } from '../../../src/image/encode-png.js';
import { printableName } from '../../../src/image/printable-name.js';
import { readImage } from '../../../src/image/read-image.js';
import { drawImage } from '../../support/draw.js';

const PICTURE = drawImage(['ab', 'ba'], { a: [1, 2, 3], b: [250, 128, 7] });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-read-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('answers pixels, format and the bytes of the file', async () => {
  const bytes = encodePng(PICTURE);
  const path = join(folder, 'good.png');
  await writeFile(path, bytes);
  const file = await readImage(path);
  expect(file.format).toBe('png');
  expect(file.image.data).toEqual(PICTURE.data);
  expect(Buffer.compare(file.bytes, bytes)).toBe(0);
});

test('a file that is not there', async () => {
  const path = join(folder, 'none.png');
  await expect(readImage(path)).rejects.toMatchObject({
    code: 'PXP_IO',
    facts: { what: path, received: 'ENOENT' },
  });
});

test('a folder', async () => {
  await expect(readImage(folder)).rejects.toMatchObject({ code: 'PXP_IO', facts: { received: 'EISDIR' } });
});

test('a PNG named .jpg', async () => {
  const path = join(folder, 'a.jpg');
  await writeFile(path, encodePng(PICTURE));
  await expect(readImage(path)).rejects.toMatchObject({ code: 'PXP_IMAGE_FORMAT', facts: { what: path } });
});

test('a defect beyond the header is found, and a name without an ending promises nothing', async () => {
  const path = join(folder, 'picture');
  const bytes = encodePng(PICTURE);
  await writeFile(path, bytes);
  expect((await readImage(path)).format).toBe('png');
  bytes[bytes.length - 20] ^= 1;
  await writeFile(path, bytes);
  await expect(readImage(path)).rejects.toMatchObject({ code: 'PXP_IMAGE_CORRUPT' });
});

test('the pixel limit is passed on', async () => {
  const path = join(folder, 'limit.png');
  await writeFile(path, encodePng(PICTURE));
  await expect(readImage(path, { maxPixels: 3 })).rejects.toMatchObject({ code: 'PXP_IMAGE_TOO_LARGE' });
});

test('control characters of a name are escaped in errors', async () => {
  const path = join(folder, 'a\u001b[31m\nb.png');
  for (const prepare of [async () => {}, () => writeFile(path, '')]) {
    await prepare();
    const error = await readImage(path).catch((e: unknown) => e as Error);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toContain(String.raw`a\u001b[31m\u000ab.png`);
    // eslint-disable-next-line no-control-regex -- control characters are what this looks for
    expect((error as Error).message).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  }
});

test.each([
  ['plain-Name 1.png', 'plain-Name 1.png'],
  ['Übersicht 你好.png', 'Übersicht 你好.png'],
  ['\u202egnp.exe', String.raw`\u202egnp.exe`],
  ['\u2028\u0085\u007f', String.raw`\u2028\u0085\u007f`],
])('printableName(%j)', (name, printable) => {
  expect(printableName(name)).toBe(printable);
});
