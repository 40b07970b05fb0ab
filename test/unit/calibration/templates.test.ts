import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { loadCalibration, parseCalibration, resolveCalibration } from '../../../src/calibration/index.js';
import { encodePng } from '../../../src/image/index.js';
import { DIGITS, PICTURE } from '../../support/digits.js';
import { drawImage, solid } from '../../support/draw.js';
import { sections } from './ledger.js';

const PATCH = drawImage(['ab', 'ba', 'aa'], { a: [0, 0, 0], b: [200, 100, 50] }, 2);

let folder: string;
beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'pixelproof-templates-'));
  folder = join(root, 'pack');
  await mkdir(join(folder, 'pictures'), { recursive: true });
  await writeFile(join(root, 'outside.png'), encodePng(PATCH));
  await writeFile(join(folder, 'patch.png'), encodePng(PATCH));
  await writeFile(join(folder, 'pictures', 'patch.png'), encodePng(PATCH));
  await writeFile(join(folder, 'text.png'), 'no picture');
  await writeFile(join(folder, 'huge.png'), encodePng(solid(1025, 1024, [1, 2, 3])));
  await symlink(join(root, 'outside.png'), join(folder, 'link.png'));
});
afterAll(() => rm(join(folder, '..'), { recursive: true }));

async function load(anchor: string) {
  const file = join(folder, 'calibration.yaml');
  await writeFile(
    file,
    sections(`regions: { top: { rect: [0, 0, 50, 20] } }\nanchors:\n  logo: ${anchor}\n`),
  );
  return loadCalibration(file);
}

const at = (width: number, height = width) => ({ width, height, deviceScaleFactor: 1 });

test('a picture beside the file, with its defaults', async () => {
  const loaded = await load('{ template: ./patch.png, search: top, at: [4, 5] }');
  expect(loaded.pictures.get('logo')).toEqual(PATCH);
  const resolved = resolveCalibration(loaded, at(100));
  expect(resolved.template('logo')).toEqual({
    name: 'logo',
    rect: { x: 0, y: 0, width: 50, height: 20 },
    image: PATCH,
    at: { x: 4, y: 5 },
    minScore: 0.9,
    minMargin: 0.05,
  });
  expect([...resolved.templates.keys(), resolved.anchors.size]).toEqual(['logo', 0]);
});

test('a picture in a folder below, looked for in a rectangle', async () => {
  const loaded = await load('{ template: pictures/patch.png, search: [10, 20, 30, 40], minScore: 0.5 }');
  expect(resolveCalibration(loaded, at(100)).template('logo')).toMatchObject({
    rect: { x: 10, y: 20, width: 30, height: 40 },
    at: null,
    minScore: 0.5,
  });
});

test('it grows with the lengths at another viewport, and stays as it is where they do not', async () => {
  const scaled = await load('{ template: patch.png, search: top, at: [4, 5] }');
  const doubled = resolveCalibration(scaled, at(200)).template('logo');
  expect(doubled.image).toMatchObject({ width: 8, height: 12 });
  expect(doubled).toMatchObject({
    at: { x: 8, y: 10 },
    rect: { width: 100 },
  });
  const pinned = await load('{ template: patch.png, search: [50, 0, 40, 20], at: [60, 5], pin: right top }');
  expect(resolveCalibration(pinned, at(200, 100)).template('logo')).toMatchObject({
    image: { width: 4, height: 6 },
    at: { x: 160, y: 5 },
    rect: { x: 150 },
  });
});

describe('refused, with the place in the file', () => {
  test.each([
    ['above the folder', '../outside.png'],
    ['above it, by a detour', 'pictures/../../outside.png'],
    ['an absolute path', '/tmp/patch.png'],
    ['a drive', 'C:/patch.png'],
    ['a backslash', 'pictures\\patch.png'],
    ['another kind of file', 'patch.gif'],
    ['a link that leads out', 'link.png'],
    ['a file that is not there', 'none.png'],
    ['a text', 'text.png'],
    ['more than a megapixel', 'huge.png'],
  ])('%s', async (_, path) => {
    await expect(load(`{ template: '${path}', search: top }`)).rejects.toMatchObject({
      code: 'PXP_CALIBRATION',
      facts: { what: join(folder, 'calibration.yaml'), where: '6:21' },
    });
  });

  test('search in a region that is not there', async () => {
    await expect(load('{ template: patch.png, search: tip }')).rejects.toMatchObject({
      facts: { where: '6:40', hint: 'did you mean `top`?' },
    });
  });

  test('a template as a mark, where no search is made', () => {
    const yaml = sections(`points: { p: { at: [1, 1] } }
anchors: { logo: { template: a.png, search: [0, 0, 9, 9] } }
tabs: { t: { click: p, mark: { anchor: logo } } }`);
    expect(() => parseCalibration(yaml, { file: 't' })).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ where: '6:40' }) as object }) as Error,
    );
  });

  test('a picture larger than where it is looked for, or not loaded', async () => {
    const small = await load('{ template: patch.png, search: [0, 0, 3, 9] }');
    expect(() => resolveCalibration(small, at(100))).toThrow(
      expect.objectContaining({ code: 'PXP_CALIBRATION' }) as Error,
    );
    const parsed = parseCalibration(
      sections('anchors: { logo: { template: a.png, search: [0, 0, 9, 9] } }'),
      { file: 't' },
    );
    expect(() => resolveCalibration(parsed, at(100))).toThrow(
      expect.objectContaining({ code: 'PXP_CALIBRATION' }) as Error,
    );
  });
});

describe('the digits of a counter', () => {
  const counters = (digits: string): string =>
    sections(`counters:\n  left: { rect: [10, 10, 40, 20], digits: ${digits} }\n`);

  test('are learned when the file is loaded, and go with it to any viewport', async () => {
    const file = join(folder, 'calibration.yaml');
    await writeFile(join(folder, 'digits.png'), encodePng(PICTURE));
    await writeFile(file, counters('./digits.png'));
    const loaded = await loadCalibration(file);
    expect(resolveCalibration(loaded, at(200)).counter('left')).toEqual({
      name: 'left',
      rect: { x: 20, y: 20, width: 80, height: 40 },
      digits: DIGITS,
    });
    expect(() => resolveCalibration(parseCalibration(counters('./digits.png'), { file }), at(100))).toThrow(
      'a picture is not loaded',
    );
  });

  test('may be in the file itself', async () => {
    const file = join(folder, 'calibration.yaml');
    const inline = Buffer.from(encodePng(PICTURE)).toString('base64');
    await writeFile(file, counters(`'data:image/png;base64,${inline}'`));
    expect((await loadCalibration(file)).digits.get('left')).toEqual(DIGITS);
    await writeFile(file, counters(`'data:image/png;base64,${'QUJD'.repeat(100)}'`));
    await expect(loadCalibration(file)).rejects.toMatchObject({
      code: 'PXP_CALIBRATION',
      facts: { received: expect.stringMatching(/^"data:image\/png;base64,QUJD.{14}…" \(/) as string },
    });
  });

  test('have to be ten', async () => {
    const file = join(folder, 'calibration.yaml');
    await writeFile(file, counters('./patch.png'));
    await expect(loadCalibration(file)).rejects.toMatchObject({
      code: 'PXP_CALIBRATION',
      facts: { where: '5:43', expected: 'the digits 0 to 9 side by side, blank columns between them' },
    });
  });
});
