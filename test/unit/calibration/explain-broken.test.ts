import { beforeAll, expect, test } from 'vitest';

import {
  type LoadedCalibration,
  explainBroken,
  parseCalibration,
  resolveCalibration,
} from '../../../src/calibration/index.js';
import { paint, solid } from '../../support/draw.js';
import { frame, shipped } from './ledger-frames.js';
import { sections } from './ledger.js';

let ledger: LoadedCalibration;
beforeAll(async () => {
  ledger = await shipped();
});
const explain = async (name: string, names: readonly string[]) =>
  explainBroken(resolveCalibration(ledger, ledger.viewport), await frame(name), names);

test('nothing where all holds', async () => {
  expect(await explain('inbox.png', [])).toEqual([]);
});

test('of a moved layout each place that broke, with the new one', async () => {
  const broken = await explain('shift-12.q80.jpg', []);
  expect(broken.map(({ name, proposed }) => [name, proposed])).toEqual([
    ['regions.header', 'rect: [0, 12, 1280, 64]'],
    ['regions.search', 'rect: [492, 16, 320, 32]'],
    ['regions.tabs', 'rect: [0, 76, 1280, 48]'],
    ['regions.list', 'rect: [36, 164, 1232, 512]'],
    ['tabs', null],
    ['lists.list.rows', 'first: 164'],
    ['lists.list.action', expect.stringMatching(/^columns: \[113[123], 130\]$/)],
    ['counters.remaining', 'rect: [1112, 690, 69, 28]'],
  ]);
});

test('of the names a flow uses only what belongs to them', async () => {
  const names = async (...asked: string[]) =>
    (await explain('shift-12.q80.jpg', asked)).map(({ name }) => name);
  expect(await names('list')).toEqual(['regions.list', 'lists.list.rows', 'lists.list.action']);
  expect(await names('tab.inbox')).toEqual(['tabs']);
  expect(await names('lists.list')).toEqual(['lists.list.rows', 'lists.list.action']);
  expect(await names('regions.header')).toEqual(['regions.header']);
  expect(await names('confirm.yes')).toEqual([]);
});

test('a colour that no state has is proposed, a mixture is not', () => {
  const yaml = sections(
    "swatches: { s: { rect: [10, 10, 9, 9], states: { on: '#2e9e4f', off: '#b4b9c0' } } }",
  );
  const at = resolveCalibration(parseCalibration(yaml, { file: 't' }), {
    width: 100,
    height: 100,
    deviceScaleFactor: 1,
  });
  const orange = solid(100, 100, [230, 120, 10]);
  expect(explainBroken(at, orange, ['s'])).toEqual([
    expect.objectContaining({ name: 'swatches.s', state: 'broken', proposed: "on or off: '#e6780a'" }),
  ]);
  const mixed = paint(orange, { x: 10, y: 10, width: 4, height: 9 }, [10, 10, 200]);
  expect(explainBroken(at, mixed, ['s'])[0].proposed).toBeNull();
});
