import { expect, test } from 'vitest';
import { AmbientMap } from '../../../src/visual/motion/ambient-map.js';
import {
  type Evidence,
  all,
  any,
  modalClosed,
  modalOpen,
  not,
  swatchIs,
  tabActive,
  textGrew,
  unchanged,
} from '../../../src/visual/evidence.js';
import { judge } from '../../../src/visual/judge.js';
import type { Truth } from '../../../src/visual/judgement.js';
import { solid } from '../../support/draw.js';
import { calibration, lookAt, lookOf, sceneOf, viewport } from './scene.js';

/** One evidence for each truth, on the resting application without a look before. */
const OF: Record<Truth, Evidence> = {
  holds: tabActive('open'),
  fails: tabActive('done'),
  unsure: unchanged('header'),
};
const scene = sceneOf(lookAt());

test.each(Object.entries(OF))('the example for %s is one', (truth, evidence) => {
  expect(judge(evidence, scene).truth).toBe(truth);
});

// Kleene's strong logic: Introduction to Metamathematics (1952), section 64.
test.each<[Truth, Truth, Truth, Truth]>([
  // a, b, all, any
  ['holds', 'holds', 'holds', 'holds'],
  ['holds', 'unsure', 'unsure', 'holds'],
  ['holds', 'fails', 'fails', 'holds'],
  ['unsure', 'holds', 'unsure', 'holds'],
  ['unsure', 'unsure', 'unsure', 'unsure'],
  ['unsure', 'fails', 'fails', 'unsure'],
  ['fails', 'holds', 'fails', 'holds'],
  ['fails', 'unsure', 'fails', 'unsure'],
  ['fails', 'fails', 'fails', 'fails'],
])('%s and %s: all %s, any %s', (a, b, whenAll, whenAny) => {
  expect(judge(all(OF[a], OF[b]), scene).truth).toBe(whenAll);
  expect(judge(any(OF[a], OF[b]), scene).truth).toBe(whenAny);
});

test.each<[Truth, Truth]>([
  ['holds', 'fails'],
  ['fails', 'holds'],
  ['unsure', 'unsure'],
])('not of what %s %s', (truth, negated) => {
  expect(judge(not(OF[truth]), scene).truth).toBe(negated);
});

test('a combinator tells its parts and answers with the margin of the one that decided', () => {
  const weak = modalClosed('confirm');
  const both = all(tabActive('open'), weak);
  const judgement = judge(both, scene);
  const margins = judgement.parts!.map(({ margin }) => margin);
  expect(judgement.parts!.map(({ predicate }) => predicate)).toEqual([
    'tabActive(open)',
    'modalClosed(confirm)',
  ]);
  expect(new Set(margins).size).toBe(2);
  expect(judgement.margin).toBe(Math.min(...margins));
  expect(judge(any(tabActive('open'), weak), scene).margin).toBe(Math.max(...margins));
  expect(judgement.regions).toEqual(judgement.parts!.flatMap(({ regions }) => regions));
});

test('what did not decide does not give the reason', () => {
  expect(judge(any(tabActive('done'), tabActive('open')), scene).reason).toBe('active');
  expect(judge(all(tabActive('done'), tabActive('open')), scene).reason).toBe('open-active');
});

test.each([tabActive('open'), not(modalOpen()), any(tabActive('open'), tabActive('done'))])(
  'a flat frame makes everything unsure: %j',
  (evidence) => {
    for (const level of [0, 128, 255]) {
      const flat = sceneOf(lookOf(solid(viewport.width, viewport.height, [level, level, level])));
      expect(judge(evidence, flat)).toMatchObject({ truth: 'unsure', reason: 'flat-frame' });
    }
  },
);

test.each([
  tabActive('nosuch'),
  modalOpen('nosuch'),
  unchanged('nosuch'),
  { kind: 'swatchIs', swatch: 'nosuch', state: 'active' },
  { kind: 'visible', anchor: 'nosuch' },
  { kind: 'gone', anchor: 'nosuch' },
  { kind: 'listEmpty', list: 'nosuch' },
  { kind: 'rowAdvanced', list: 'nosuch' },
] satisfies Evidence[])('a name the calibration lacks: %j', (evidence) => {
  const before = sceneOf(lookAt(), { before: lookAt() });
  expect(() => judge(evidence, before)).toThrow(expect.objectContaining({ code: 'PXP_CALIBRATION_NAME' }));
});

test('after an action, what moves by itself proves nothing; with none to judge, it is what it is', () => {
  const ambient = new AmbientMap(viewport);
  ambient.add(calibration.swatch('tab.done').rect);
  const now = lookAt({ tab: 'done' });
  const lit = swatchIs('tab.done', 'active');
  const before = lookAt();
  expect(judge(lit, sceneOf(now, { before, ambient }))).toMatchObject({
    truth: 'unsure',
    reason: 'ambient-covers',
  });
  expect(judge(lit, sceneOf(now, { ambient })).truth).toBe('holds');
  expect(judge(not(lit), sceneOf(before, { before: now, ambient })).truth).toBe('unsure');
  const typed = lookAt({ field: 'abc' });
  ambient.add(calibration.region('field'));
  expect(judge(textGrew('field', { glyphs: 3 }), sceneOf(typed, { before, ambient })).truth).toBe('holds');
});
