import { expect, test } from 'vitest';

import { overlayShapes, resolveCalibration } from '../../../src/calibration/index.js';
import { ledger } from './ledger.js';

test('every place of the calibration is a shape, points last', () => {
  const shapes = overlayShapes(
    resolveCalibration(ledger(), { width: 1280, height: 720, deviceScaleFactor: 1 }),
  );
  const spell = shapes.map((shape) =>
    shape.kind === 'rect'
      ? `${shape.label!} ${Object.values(shape.rect).join()}`
      : `${shape.label ?? '-'} ${shape.point.x},${shape.point.y}`,
  );
  expect(spell).toEqual([
    'header 0,0,1280,64',
    'list 24,152,1232,512',
    'confirm 410,260,460,200',
    'list identity 24,152,1080,512',
    'list action 1130,152,110,512',
    'ambient 1180,20,80,24',
    'header 0,0,460,64',
    'tab.inbox 24,106,200,6',
    'tab.archive 224,106,200,6',
    'confirm.ok 726,404,20,6',
    'tab.inbox 124,88',
    '- 100,90',
    'tab.archive 324,88',
    'confirm.ok 784,420',
  ]);
});
