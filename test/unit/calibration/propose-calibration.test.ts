import { describe, expect, test } from 'vitest';

import {
  checkCalibration,
  lintCalibration,
  parseCalibration,
  proposeCalibration,
  resolveCalibration,
} from '../../../src/calibration/index.js';
import { type ImageBuffer, readImage } from '../../../src/image/index.js';
import { solid } from '../../support/draw.js';

function propose(image: ImageBuffer) {
  const viewport = { width: image.width, height: image.height, deviceScaleFactor: 1 };
  const text = proposeCalibration(image, { name: 'first', viewport, madeBy: 'date: 2026-01-02' });
  const calibration = parseCalibration(text, { file: 'proposed' });
  return { text, calibration, resolved: resolveCalibration(calibration, viewport) };
}

describe('what is proposed holds on the picture it was made from, and passes the lint', () => {
  test.each([
    ...['ledger/inbox.png', 'ledger/reports.png', 'ledger/settings.png', 'ledger/confirm.png'],
    ...['cheetah-grid/light.png', 'cheetah-grid/dark.png', 'glide-data-grid/few-dark.png'],
    ...['gtk3-lists/page.q80.jpg', 'gtk3-lists/separators-dark.q80.jpg', 'gtk3-lists/empty.png'],
  ])('%s', async (name) => {
    const { image } = await readImage(`test/golden/${name}`);
    const { calibration, resolved } = propose(image);
    expect(lintCalibration(calibration).filter(({ severity }) => severity === 'error')).toEqual([]);
    const wrong = checkCalibration(resolved, image).filter(
      ({ state }) => state === 'broken' || state === 'drifted',
    );
    expect(wrong).toEqual([]);
  });
});

test("the ledger's inbox: bands, tab, list and action where they are", async () => {
  const { calibration, text } = propose((await readImage('test/golden/ledger/inbox.png')).image);
  expect(calibration.regions['band.1'].rect).toEqual([0, 0, 1280, 64]);
  expect(calibration.regions['band.2']).toMatchObject({ rect: [0, 64, 1280, 48], edges: ['top', 'bottom'] });
  expect(calibration.regions.list.rect).toEqual([0, 152, 1280, 512]);
  expect(calibration.lists.list).toMatchObject({
    rows: { first: 152 },
    action: { columns: [1120, 130], enabled: '#2e9e4f' },
  });
  expect(calibration.swatches['tab.1'].states).toEqual({ active: '#2f6fed' });
  expect(calibration.madeBy).toEqual({ date: '2026-01-02' });
  expect(text).toMatch(/^# Proposed/);
});

test('of a blank picture there is nothing but the head', () => {
  const { calibration } = propose(solid(200, 100, [240, 240, 240]));
  const { points, regions, swatches, tabs, lists } = calibration;
  expect([points, swatches, tabs, lists]).toEqual([{}, {}, {}, {}]);
  expect(Object.values(regions)).toEqual([expect.objectContaining({ rect: [0, 0, 200, 100], edges: [] })]);
});
