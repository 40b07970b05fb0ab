import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Rect, containsRect, sizeRect } from '../../../src/core/geometry.js';
import { TILE } from '../../../src/visual/motion/ambient-map.js';
import {
  type Evidence,
  all,
  changed,
  custom,
  listEmpty,
  modalClosed,
  modalOpen,
  not,
  on,
  rowAdvanced,
  scrolled,
  swatchIs,
  tabActive,
  textGrew,
  unchanged,
  visible,
} from '../../../src/visual/evidence.js';
import { checkpoint, evidenceRegions, planCheckpoint } from '../../../src/visual/plan-checkpoint.js';
import { type Step, click, press, scroll, type } from '../../../src/visual/step.js';
import { calibration, viewport } from './scene.js';

const screens = new Map([
  ['open', tabActive('open')],
  ['asking', modalOpen('confirm')],
]);
const regions = (evidence: Evidence): readonly Rect[] => evidenceRegions(evidence, { calibration, screens });
const step: Step = {
  act: click('nowhere'),
  proves: unchanged('status'),
  blockedBy: [],
  keep: [],
  effect: 'idempotent',
};
const plan = (changes: Partial<Step>, blockers: readonly Evidence[] = []): Rect =>
  planCheckpoint({ ...step, ...changes }, { calibration, screens, blockers });

const mark = (name: string): Rect => calibration.swatch(name).rect;
const marks = [mark('confirm'), mark('notice'), mark('toast')];

test('a step looks at what tells its unit, and a name there has to be known', () => {
  const { rect } = calibration.list('list');
  expect(containsRect(plan({}), rect)).toBe(false);
  expect(containsRect(plan({ unit: rowAdvanced('list') }), rect)).toBe(true);
  expect(() => plan({ unit: rowAdvanced('lsit') })).toThrow(
    expect.objectContaining({ code: 'PXP_CALIBRATION_NAME' }),
  );
});

test('a predicate needs what it looks at', () => {
  expect(regions(changed('status'))).toEqual([calibration.region('status')]);
  expect(regions(textGrew('field', { glyphs: 1 }))).toEqual([calibration.region('field')]);
  expect(regions(scrolled('list'))).toEqual(regions(rowAdvanced('list')));
  expect(regions(swatchIs('tab.open', 'active'))).toEqual([mark('tab.open')]);
  expect(regions(visible('title'))).toEqual([calibration.anchor('title').rect]);
  expect(regions(not(all(unchanged('status'), visible('title'))))).toEqual([
    calibration.region('status'),
    calibration.anchor('title').rect,
  ]);
});

test('screens compete, so one needs them all; a custom predicate needs what it says', () => {
  expect(regions(on('open'))).toEqual([...regions(tabActive('open')), ...regions(modalOpen('confirm'))]);
  expect(() => regions(on('opne'))).toThrow(expect.objectContaining({ code: 'PXP_FLOW' }));
  const judge = () => ({ truth: 'holds', score: 1, margin: 1, reason: 'r' }) as const;
  expect(regions(custom('c', { regions: ['status', 'field'], judge }))).toEqual([
    calibration.region('status'),
    calibration.region('field'),
  ]);
});

test('tabs compete, so one needs them all', () => {
  expect(regions(tabActive('done'))).toEqual([mark('tab.open'), mark('tab.done')]);
});

test('a popup needs its box and its mark; any popup all of the screen, as it may be one nobody calibrated', () => {
  const { box } = calibration.modal('confirm');
  expect(regions(modalOpen('confirm'))).toEqual([box, mark('confirm')]);
  expect(regions(modalClosed())).toEqual([sizeRect(calibration.size)]);
});

test('a list needs the popups that may lie over it, and its empty state', () => {
  expect(regions(rowAdvanced('list'))).toEqual([calibration.region('list'), ...marks]);
  const title = calibration.anchor('title');
  const lists = { ...calibration, list: () => ({ ...calibration.list('list'), empty: title }) };
  expect(evidenceRegions(listEmpty('list'), { calibration: lists, screens })).toEqual([
    calibration.region('list'),
    title.rect,
    ...marks,
  ]);
});

test('a checkpoint is the smallest tile-aligned rect in the viewport that encloses all and a tile around it', () => {
  const inside = fc
    .record({
      x: fc.nat(479),
      y: fc.nat(319),
      width: fc.integer({ min: 1, max: 480 }),
      height: fc.integer({ min: 1, max: 320 }),
    })
    .map((r) => ({ ...r, width: Math.min(r.width, 480 - r.x), height: Math.min(r.height, 320 - r.y) }));
  // Of this width and height the last tiles are cut off.
  const odd = { ...calibration, size: { width: 470, height: 315 } };
  fc.assert(
    fc.property(fc.array(inside, { minLength: 1, maxLength: 4 }), (wanted) => {
      const at = checkpoint(wanted, calibration);
      expect(wanted.every((each) => containsRect(at, each))).toBe(true);
      expect([at.x, at.y, at.width, at.height].map((value) => value % TILE)).toEqual([0, 0, 0, 0]);
      for (const side of ['x', 'y'] as const) {
        const extent = side === 'x' ? 'width' : 'height';
        const begin = Math.min(...wanted.map((r) => r[side]));
        expect(at[side]).toBe(Math.max(0, (Math.floor(begin / TILE) - 1) * TILE));
        const end = Math.max(...wanted.map((r) => r[side] + r[extent]));
        expect(at[side] + at[extent]).toBe(
          Math.min(calibration.size[extent], (Math.ceil(end / TILE) + 1) * TILE),
        );
      }
      const cut = wanted.filter((each) => containsRect(sizeRect(odd.size), each));
      if (cut.length > 0) expect(containsRect(sizeRect(odd.size), checkpoint(cut, odd))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('without anything to look at the checkpoint is the whole viewport', () => {
  expect(checkpoint([], calibration)).toEqual(sizeRect(viewport));
  const bare = { ...calibration, modals: new Map() };
  expect(
    planCheckpoint({ ...step, proves: modalOpen() }, { calibration: bare, screens, blockers: [] }),
  ).toEqual(sizeRect(viewport));
});

test('a step looks at its proof, what blocks it, what it keeps and what it stores as evidence', () => {
  const status = { x: 0, y: 272, width: 240, height: 48 };
  expect(plan({})).toEqual(status);
  const withTitle = plan({ proves: all(unchanged('status'), visible('title')) });
  for (const other of [
    plan({ blockedBy: [visible('title')] }),
    plan({}, [visible('title')]),
    plan({ keep: ['header'] }),
    plan({ evidence: ['header'] }),
  ]) {
    expect(containsRect(other, calibration.anchor('title').rect)).toBe(true);
    expect(containsRect(other, status)).toBe(true);
  }
  expect(withTitle).toEqual({ x: 0, y: 0, width: 240, height: 320 });
});

test('what goes where the focus is needs nothing more to be seen', () => {
  expect(plan({ act: press('Enter') })).toEqual(plan({}));
  expect(plan({ act: type('a') })).toEqual(plan({}));
});

test.each<[string, Partial<Step>]>([
  ['clicks its first row', { act: click('list.action') }],
  ['scrolls it', { act: scroll('list', { by: 32 }) }],
  ['keeps its first row', { keep: ['list.row'] }],
  ['stores its first row', { evidence: ['list.row'] }],
])('a step that %s sees the list and every popup that may lie over it', (_, changes) => {
  const at = plan(changes);
  for (const each of [calibration.region('list'), ...marks]) expect(containsRect(at, each)).toBe(true);
});

test.each<[string, Partial<Step>]>([
  ['tab', { proves: tabActive('nosuch') }],
  ['swatch', { proves: swatchIs('nosuch', 'active') }],
  ['state', { proves: swatchIs('tab.open', 'nosuch') }],
  ['region', { proves: changed('nosuch') }],
  ['anchor', { proves: visible('nosuch') }],
  ['modal', { proves: modalOpen('nosuch') }],
  ['list', { proves: listEmpty('nosuch') }],
  ['list to scroll', { act: scroll('nosuch', { by: 1 }) }],
  ['part of a proof', { proves: all(unchanged('status'), not(changed('nosuch'))) }],
  ['blocker', { blockedBy: [modalOpen('nosuch')] }],
  ['kept region', { keep: ['nosuch'] }],
  ['evidence', { evidence: ['nosuch.row'] }],
])('a name that is not calibrated: %s', (_, changes) => {
  expect(() => plan(changes)).toThrow(expect.objectContaining({ code: 'PXP_CALIBRATION_NAME' }));
});
