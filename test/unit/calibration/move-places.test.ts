import { describe, expect, test } from 'vitest';

import { parseCalibration } from '../../../src/calibration/index.js';
import { fitAxis } from '../../../src/calibration/measure/fit-axis.js';
import { movePlaces } from '../../../src/calibration/solve/move-places.js';
import { ledger, sections } from './ledger.js';

const GROWN = {
  x: { scale: 1.1, shift: 13.2 },
  y: { scale: 1.1, shift: 13.2 },
  size: { width: 1440, height: 820 },
};

describe('movePlaces', () => {
  test('every number that changes, and none that does not', () => {
    const edits = movePlaces(ledger(), GROWN);
    const changed = Object.fromEntries(edits.map(({ path, to }) => [path.join(' '), to]));
    expect(changed).toEqual({
      'viewport width': 1440,
      'viewport height': 820,
      'points tab.inbox at': [150, 110],
      'points tab.inbox fallbacks 0': [123, 112],
      'points tab.archive at': [370, 110],
      'points confirm.ok at': [876, 475],
      'points corner at': [1410, 794],
      'regions header rect': [13, 13, 1408, 71],
      'regions tabs rect': [13, 84, 1408, 52],
      'regions list rect': [40, 180, 1355, 564],
      'swatches tab.inbox rect': [40, 130, 219, 6],
      'swatches tab.archive rect': [260, 130, 219, 6],
      'swatches confirm.ok rect': [812, 458, 21, 6],
      'anchors header rect': [13, 13, 506, 71],
      'lists list rows first': 180,
      'lists list rows pitch': 59.4,
      'lists list rows minHeight': 44,
      'lists list rows maxHeight': 77,
      'lists list action columns': [1256, 121],
      'lists list action minArea': 968,
      'lists list identity columns': [40, 1188],
      'modals confirm box': [464, 299, 506, 220],
      'masks 0 rect': [1311, 35, 88, 27],
    });
    const same = { scale: 1, shift: 0 };
    expect(movePlaces(ledger(), { x: same, y: same, size: { width: 1280, height: 720 } })).toEqual([]);
  });

  test('columns are where their list is, however far up everything moved', () => {
    const y = { scale: 1, shift: -100 };
    const calibration = parseCalibration(
      sections(
        'regions: { r: { rect: [10, 120, 60, 40] } }\nlists: { l: { region: r, rows: { minHeight: 8, maxHeight: 12 }, identity: { columns: [20, 30] } } }',
        '{ width: 100, height: 200 }',
      ),
      { file: 't' },
    );
    const edits = movePlaces(calibration, {
      x: { scale: 1, shift: 5 },
      y,
      size: { width: 100, height: 200 },
    });
    expect(edits).toContainEqual({
      path: ['lists', 'l', 'identity', 'columns'],
      from: [20, 30],
      to: [25, 30],
    });
  });

  test('what leaves the window is cut, and refused when nothing is left', () => {
    const calibration = parseCalibration(
      sections('regions: { r: { rect: [50, 50, 40, 40] } }\npoints: { p: { at: [10, 10] } }'),
      { file: 't' },
    );
    const moved = (shift: number) =>
      movePlaces(calibration, {
        x: { scale: 1, shift },
        y: { scale: 1, shift: 0 },
        size: { width: 100, height: 100 },
      });
    expect(moved(20)).toContainEqual({
      path: ['regions', 'r', 'rect'],
      from: [50, 50, 40, 40],
      to: [70, 50, 30, 40],
    });
    for (const [shift, where] of [
      [50, 'regions.r.rect'],
      [-11, 'points.p.at'],
    ] as const) {
      expect(() => moved(shift), where).toThrow(
        expect.objectContaining({
          code: 'PXP_CALIBRATION',
          facts: expect.objectContaining({ where }) as object,
        }) as Error,
      );
    }
  });
});

test('of two maps that explain as much, the one wins that leaves less unexplained', () => {
  // Three of these are at +30 as well as at +10; at +10 a fourth would be where nothing is.
  const features = [
    { name: 'a', at: 100, candidates: [110, 130], weight: 1 },
    { name: 'b', at: 200, candidates: [210, 230], weight: 1 },
    { name: 'c', at: 300, candidates: [310, 330], weight: 1 },
    { name: 'd', at: 485, candidates: [], weight: 1 },
  ];
  const [best] = fitAxis(features, { length: 500, keep: 5 });
  expect(best).toMatchObject({ scale: 1, shift: 30, inliers: ['a', 'b', 'c'], missing: [] });
});
