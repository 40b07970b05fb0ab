import { expect, test } from 'vitest';

import { type ResolvedModal, parseCalibration, resolveCalibration } from '../../../src/calibration/index.js';
import type { ImageBuffer } from '../../../src/image/index.js';
import { AmbientMap } from '../../../src/visual/motion/ambient-map.js';
import { type Evidence, counted, rowAdded, rowAdvanced, rowRemoved } from '../../../src/visual/evidence.js';
import { judge } from '../../../src/visual/judge.js';
import { Look } from '../../../src/visual/look.js';
import { readingsOf } from '../../../src/visual/readings.js';
import { DIGITS, PICTURE, writeNumber } from '../../support/digits.js';
import { paint, solid } from '../../support/draw.js';

const SIZE = { width: 320, height: 220 };
const calibration = resolveCalibration(
  {
    ...parseCalibration(
      `version: 1
name: equal
viewport: { width: 320, height: 220 }
regions: { list: { rect: [0, 0, 320, 160] } }
lists: { list: { region: list, rows: { pitch: 40, minHeight: 36, maxHeight: 44 }, counter: left } }
counters: { left: { rect: [200, 176, 100, 30], digits: digits.png } }
`,
      { file: 'equal.yaml' },
    ),
    digits: new Map([['left', DIGITS]]),
  },
  { ...SIZE, deviceScaleFactor: 1 },
);

/** Four rows that fill their list. Where they look the same, whether one went, and how many, only the number below says. */
function screen(left: string, widths: readonly number[] = [60, 60, 60, 60]): Look {
  const background = [...PICTURE.data.subarray(0, 3)] as unknown as [number, number, number];
  let image: ImageBuffer = solid(SIZE.width, SIZE.height, background);
  for (const [i, width] of widths.entries()) {
    const y = 40 * i;
    image = paint(image, { x: 0, y: y + 39, width: 320, height: 1 }, [180, 180, 180]);
    image = paint(image, { x: 20, y: y + 14, width: 90, height: 10 }, [40, 40, 40]);
    image = paint(image, { x: 150, y: y + 16, width, height: 8 }, [90, 90, 90]);
  }
  return new Look(writeNumber(image, left, { x: 210, y: 180 }), { x: 0, y: 0, ...SIZE });
}

const judged = (evidence: Evidence, before: string, now: string) =>
  judge(evidence, {
    ...{ before: screen(before), behind: null, now: screen(now), calibration, reach: 'near' },
    ...{ ambient: new AmbientMap(SIZE), screens: new Map() },
  });

test.each([
  ['holds', 'advanced-by-1', '12', '11'],
  ['fails', 'advanced-by-2', '12', '10'],
  ['fails', 'list-unchanged', '12', '12'],
  // A counter that counts up.
  ['holds', 'advanced-by-1', '99', '100'],
  // More than the list can tell apart.
  ['unsure', 'counter-disagrees', '12', '7'],
  // No number.
  ['unsure', 'several-shifts-fit', '12', ''],
  ['unsure', 'several-shifts-fit', '', '11'],
] as const)('of rows that look alike: %s, %s, from "%s" to "%s"', (truth, reason, before, now) => {
  expect(judged(rowAdvanced('list'), before, now)).toMatchObject({ truth, reason });
});

test.each([
  // It may have been written anew while another one went out of view.
  ['unsure', 'several-shifts-fit', '11'],
  ['unsure', 'counter-disagrees', '12'],
  ['unsure', 'several-shifts-fit', ''],
] as const)('of the last row in view: %s, %s, from "12" to "%s"', (truth, reason, now) => {
  const looks = { before: screen('12', [20, 40, 60, 80]), now: screen(now, [20, 40, 60, 100]) };
  const scene = { ...looks, behind: null, calibration, reach: 'near' as const, screens: new Map() };
  expect(judge(rowRemoved('list'), { ...scene, ambient: new AmbientMap(SIZE) })).toMatchObject({
    truth,
    reason,
  });
});

test('a row that came out of view is not denied', () => {
  const [before, one, same] = ['12', '13', '12'].map((left) => screen(left, [20, 40, 60, 80]));
  const scene = { before, behind: null, calibration, reach: 'near' as const, screens: new Map() };
  const truths = [one, same].map(
    (now) => judge(rowAdded('list'), { ...scene, now, ambient: new AmbientMap(SIZE) }).truth,
  );
  expect(truths).toEqual(['unsure', 'fails']);
});

test('a number below a popup is not read', () => {
  const swatch = { name: 'popup', rect: { x: 250, y: 0, width: 20, height: 4 }, tolerance: 10 };
  const modal = {
    ...{ name: 'popup', box: { x: 240, y: 0, width: 80, height: 220 }, close: null },
    mark: { kind: 'swatch', swatch: { ...swatch, states: { open: [200, 0, 0] } }, state: 'open' },
  } as unknown as ResolvedModal;
  const covered = { ...calibration, modals: new Map([['popup', modal]]) };
  const open = ({ image }: Look): Look =>
    new Look(paint(image, modal.box, [200, 0, 0]), { x: 0, y: 0, ...SIZE });
  const scene = { before: screen('112'), behind: null, now: open(screen('112')), calibration: covered };
  const others = { reach: 'near', ambient: new AmbientMap(SIZE), screens: new Map() } as const;
  expect(judge(counted('left', { by: -100 }), { ...scene, ...others })).toMatchObject({
    truth: 'unsure',
    reason: 'number-covered-by-modal',
  });
});

test('a counter is a reading', () => {
  expect(readingsOf(screen('1207'), calibration).counter('left')).toBe(1207);
  expect(readingsOf(screen(''), calibration).counter('left')).toBeNull();
});

test.each([
  ['holds', 'counted-by-1', 1, '99', '100'],
  ['holds', 'counted-by--3', -3, '12', '9'],
  ['fails', 'counted-by-2', 1, '12', '14'],
  ['fails', 'counted-by--1', 1, '12', '11'],
  ['fails', 'count-unchanged', 1, '12', '12'],
  ['unsure', 'number-blank', 1, '12', ''],
  ['unsure', 'number-blank', 1, '', '12'],
] as const)('counted: %s, %s, by %i from "%s" to "%s"', (truth, reason, by, before, now) => {
  expect(judged(counted('left', { by }), before, now)).toMatchObject({ truth, reason });
});

test('a number that is read says how surely', () => {
  const { score, margin } = judged(counted('left', { by: 1 }), '99', '100');
  expect(score).toBeGreaterThan(0.7);
  expect(margin).toBeGreaterThan(0.1);
});
