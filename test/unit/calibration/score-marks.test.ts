import { expect, test } from 'vitest';
import { resolveCalibration, parseCalibration } from '../../../src/calibration/index.js';
import { scoreMarks } from '../../../src/calibration/check/score-marks.js';
import { paint, solid } from '../../support/draw.js';
import { sections } from './ledger.js';

const yaml = `points: { p: { at: [10, 10] } }
swatches:
  a: { rect: [10, 20, 40, 4], states: &s { on: '#2060e0', off: '#909090' } }
  b: { rect: [60, 20, 40, 4], states: *s }
  popup: { rect: [10, 60, 40, 4], states: { open: '#a02020' } }
tabs:
  a: { click: p, mark: { swatch: a, state: on } }
  b: { click: p, mark: { swatch: b, state: on } }`;
const viewport = { width: 200, height: 100, deviceScaleFactor: 1 };
const calibration = resolveCalibration(parseCalibration(sections(yaml), { file: 't' }), viewport);
const screen = paint(
  paint(solid(200, 100, [250, 250, 250]), { x: 22, y: 32, width: 40, height: 4 }, [32, 96, 224]),
  { x: 72, y: 32, width: 40, height: 4 },
  [144, 144, 144],
);
const score = (x: number, y: number, scale = 1): number =>
  scoreMarks(calibration, screen, { x: { scale, shift: x }, y: { scale, shift: y } });

test('one where every lasting swatch shows a state and one tab is active, less elsewhere', () => {
  expect(score(12, 12)).toBe(1);
  expect(score(0, 0)).toBe(0);
  // One on what is the other's colour, the other on none.
  expect(score(62, 12)).toBe(0.25);
});

test('what is outside of the picture does not count', () => {
  expect(score(500, 12)).toBe(0);
});
