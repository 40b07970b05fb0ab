import { expect, test } from 'vitest';

import { overlayShapes, parseCalibration, resolveCalibration } from '../../../src/calibration/index.js';
import { readImage } from '../../../src/image/index.js';
import { rowBands } from '../../../src/probe/index.js';
import { ledger } from './ledger.js';

type Shape = ReturnType<typeof overlayShapes>[number];

function spell(shape: Shape): string {
  if (shape.kind === 'legend') return `legend ${shape.entries.map(({ label }) => label).join()}`;
  return shape.kind === 'rect'
    ? `${shape.label!} ${Object.values(shape.rect).join()}`
    : `${shape.label ?? '-'} ${shape.point.x},${shape.point.y}`;
}

test('every place of the calibration is a shape, points last, then the legend', () => {
  const shapes = overlayShapes(
    resolveCalibration(ledger(), { width: 1280, height: 720, deviceScaleFactor: 1 }),
  );
  expect(shapes.map(spell)).toEqual([
    'header 0,0,1280,64',
    'tabs 0,64,1280,48',
    'list 24,152,1232,512',
    'confirm 410,260,460,200',
    'list identity 24,152,1080,512',
    'list action 1130,152,110,512',
    'list row 1 24,152,1232,54',
    'ambient 1180,20,80,24',
    'inbox 24,88,200,24',
    'archive 224,88,200,24',
    'header 0,0,460,64',
    'tab.inbox 24,106,200,6',
    'tab.archive 224,106,200,6',
    'confirm.ok 726,404,20,6',
    'corner 1270,710',
    'tab.inbox 124,88',
    '- 100,90',
    'tab.archive 324,88',
    'confirm.ok 784,420',
    'legend region,modal,list columns,list row,mask,tab,anchor,swatch,point,fallback',
  ]);
});

test('with a picture the rows are those it shows', async () => {
  const { image } = await readImage('test/golden/gtk3-lists/separators-dark.q80.jpg');
  const { width, height } = image;
  const yaml = `version: 1\nname: t\nviewport: { width: ${width}, height: ${height} }
regions: { all: { rect: [0, 0, ${width}, ${height}] } }
lists: { rows: { region: all, rows: { minHeight: 14, maxHeight: 160 } } }`;
  const viewport = { width, height, deviceScaleFactor: 1 };
  const resolved = resolveCalibration(parseCalibration(yaml, { file: 't' }), viewport);
  const rows = overlayShapes(resolved, image).filter(
    (shape) => shape.kind === 'rect' && shape.label!.startsWith('rows row'),
  );
  expect(rows).toHaveLength(rowBands(image).rows.length);
  expect(rows.length).toBeGreaterThan(3);
});
