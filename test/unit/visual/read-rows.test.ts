import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeOfMark } from '../../../src/calibration/index.js';
import type { ResolvedCalibration } from '../../../src/calibration/resolved-calibration.js';
import { containsPoint } from '../../../src/core/geometry.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { readRows } from '../../../src/visual/list/read-rows.js';
import { uncoveredSpans } from '../../../src/visual/list/uncovered-spans.js';
import { paint } from '../../support/draw.js';
import { calibration, lookAt, lookOf } from './scene.js';

const WHITE = [255, 255, 255] as const;
const list = calibration.region('list');
const rowsAt = (...tops: number[]) => tops.map((y) => ({ y, height: 32 }));

const withPitch = (pitch: number): ResolvedCalibration => {
  const entry = calibration.list('list');
  return { ...calibration, list: () => ({ ...entry, rows: { ...entry.rows, pitch } }) };
};

test('the rows of a list that ends in view', () => {
  expect(readRows(lookAt({ rows: [1, 2, 3] }), calibration, 'list')).toEqual({
    rows: rowsAt(80, 112, 144),
    endsInside: true,
    foundBy: 'pixels',
  });
});

test('a list that fills its region may go on below', () => {
  expect(readRows(lookAt({ rows: [1, 2, 3, 4, 5, 6, 7, 8] }), calibration, 'list')).toEqual({
    rows: rowsAt(80, 112, 144, 176, 208, 240),
    endsInside: false,
    foundBy: 'pixels',
  });
});

test('one row', () => {
  expect(readRows(lookAt({ rows: [4] }), calibration, 'list')).toMatchObject({
    rows: rowsAt(80),
    endsInside: true,
  });
});

test('an empty list has no rows, whatever its calibrated pitch', () => {
  expect(readRows(lookAt({ rows: [] }), withPitch(32), 'list')).toEqual({
    ...{ rows: [], endsInside: true, foundBy: 'calibrated' },
  });
});

test('rows are the viewport’s, in a look of a part of it too', () => {
  const noToast = new Map([...calibration.modals].filter(([name]) => name !== 'toast'));
  const look = lookAt({ rows: [1, 2] }, { x: 16, y: 48, width: 448, height: 240 });
  expect(readRows(look, { ...calibration, modals: noToast }, 'list').rows).toEqual(rowsAt(80, 112));
});

test('beside a popup the rows below it are read where it leaves room', () => {
  const look = lookAt({ rows: [1, 2, 3, 4, 5, 6, 7], modal: 'confirm' });
  expect(readRows(look, calibration, 'list')).toMatchObject({ rows: rowsAt(80, 112, 144, 176, 208, 240) });
});

test('so are those that a popup has dimmed nearly to black', () => {
  const { image } = lookAt({ rows: [1, 2, 3, 4, 5, 6, 7], modal: 'confirm' });
  const { box, mark } = calibration.modal('confirm');
  const dimmed = new ImageBuffer(
    image.width,
    image.height,
    image.data.map((value, i) => {
      const at = { x: (i >> 2) % image.width, y: Math.floor((i >> 2) / image.width) };
      const shows = containsPoint(box, at) || containsPoint(placeOfMark(mark), at);
      return i % 4 === 3 || shows ? value : 10 + Math.round(value * 0.08);
    }),
  );
  expect(readRows(lookOf(dimmed), calibration, 'list')).toMatchObject({
    rows: rowsAt(80, 112, 144, 176, 208, 240),
    endsInside: false,
  });
});

test('under a popup that leaves no room nothing is read', () => {
  const wide = { ...calibration.modal('confirm'), box: { x: 100, y: 100, width: 300, height: 120 } };
  const modals = new Map(calibration.modals).set('confirm', wide);
  const reading = readRows(lookAt({ modal: 'confirm' }), { ...calibration, modals }, 'list');
  expect(reading).toEqual({ rows: [], endsInside: false, foundBy: 'pixels' });
});

test('where the frame shows no rows, the calibrated ones stand in and say so', () => {
  const columns = (): ImageBuffer =>
    [20, 60, 100, 140, 180, 220].reduce(
      (image, x) => paint(image, { ...list, x, width: 20 }, [40, 44, 52]),
      paint(lookAt().image, list, WHITE),
    );
  expect(readRows(lookOf(columns()), calibration, 'list').rows).toEqual([]);
  expect(readRows(lookOf(columns()), withPitch(33.4), 'list')).toEqual({
    rows: [80, 113, 147, 180, 214].map((y) => ({ y, height: 33 })),
    endsInside: false,
    foundBy: 'calibrated',
  });
});

test('uncovered spans are the columns no box comes within its shadow of', () => {
  const columns = fc.record({
    x: fc.integer({ min: -60, max: 300 }),
    width: fc.integer({ min: 1, max: 150 }),
  });
  fc.assert(
    fc.property(fc.array(columns, { maxLength: 3 }), (boxes) => {
      const rect = { x: 20, y: 0, width: 200, height: 10 };
      const spans = uncoveredSpans(
        rect,
        boxes.map((box) => ({ ...box, y: 0, height: 5 })),
      );
      const free = Array.from({ length: 300 }, (_, x) => spans.some(([from, to]) => x >= from && x < to));
      const expected = free.map(
        (_, x) => x >= 20 && x < 220 && !boxes.some((box) => x >= box.x - 32 && x < box.x + box.width + 32),
      );
      expect(free).toEqual(expected);
      expect(spans.every(([from, to]) => from < to)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
