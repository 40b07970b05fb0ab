import { expect, test } from 'vitest';
import { crop } from '../../../src/image/image-buffer.js';
import type { Rect } from '../../../src/core/geometry.js';
import { type Evidence, gone, matches, visible } from '../../../src/visual/evidence.js';
import { judge } from '../../../src/visual/judge.js';
import type { Look } from '../../../src/visual/look.js';
import { evidenceRegions } from '../../../src/visual/plan-checkpoint.js';
import { paint } from '../../support/draw.js';
import { type AppState, drawApp } from '../../support/scripted-screen.js';
import { calibration, lookAt, lookOf, resting, sceneOf, viewport } from './scene.js';

/** The first row's text, and where it is looked for. */
const text: Rect = { x: 20, y: 84, width: 120, height: 24 };
const list = calibration.region('list');
const template = {
  ...{ name: 'first', rect: list, at: null, minScore: 0.8, minMargin: 0.1 },
  image: crop(drawApp(resting).image, text),
};
const taught = {
  ...calibration,
  templates: new Map([['first', template]]),
  template: () => template,
};
const vocabulary = { calibration: taught, screens: new Map<string, Evidence>() };
const on = (evidence: Evidence, now: Look) => judge(evidence, { ...sceneOf(now), calibration: taught });
const showing = (changes: Partial<AppState>): Look => lookAt({ ...resting, ...changes });

test('it is there, where it is found, by either name', () => {
  for (const evidence of [matches('first'), visible('first')]) {
    expect(on(evidence, showing({}))).toMatchObject({
      truth: 'holds',
      reason: 'matched',
      regions: [list, text],
    });
  }
  expect(on(gone('first'), showing({})).truth).toBe('fails');
  expect(evidenceRegions(matches('first'), vocabulary)).toEqual([list]);
  expect(evidenceRegions(visible('first'), vocabulary)).toEqual([list]);
});

test('moved along within its region it is found there', () => {
  const moved = on(matches('first'), showing({ rows: [2, 1, 3] }));
  expect(moved).toMatchObject({ truth: 'holds', regions: [list, { ...text, y: text.y + 32 }] });
});

test('gone it fails', () => {
  const wiped = lookOf(
    paint(drawApp(resting).image, { x: 0, y: 60, width: viewport.width, height: 260 }, [244, 245, 247]),
  );
  expect(on(matches('first'), wiped)).toMatchObject({ truth: 'fails', reason: 'nothing-alike' });
});

test('in two places it is unsure', () => {
  expect(on(matches('first'), showing({ rows: [1, 1, 3] }))).toMatchObject({
    truth: 'unsure',
    reason: 'several',
  });
});
