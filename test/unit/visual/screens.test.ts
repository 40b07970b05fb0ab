import { expect, test } from 'vitest';
import { containsRect } from '../../../src/core/index.js';
import {
  all,
  any,
  custom,
  modalClosed,
  modalOpen,
  not,
  on,
  tabActive,
} from '../../../src/visual/evidence.js';
import { judge, whereIs } from '../../../src/visual/judge.js';
import type { Judgement } from '../../../src/visual/judgement.js';
import { recognise } from '../../../src/visual/predicates/screen.js';
import type { Look } from '../../../src/visual/look.js';
import { readingsOf } from '../../../src/visual/readings.js';
import { solid } from '../../support/draw.js';
import { at } from '../../support/scripted-screen.js';
import { collect, rig, verdictOf } from './rig.js';
import { calibration, lookAt, lookOf, sceneOf } from './scene.js';

const screens = {
  open: all(tabActive('open'), modalClosed()),
  done: all(tabActive('done'), modalClosed()),
  asking: modalOpen('confirm'),
};
const flat = solid(480, 320, [0, 0, 0]);

test.each([
  ['open', lookAt()],
  ['done', lookAt({ tab: 'done' })],
  ['asking', lookAt({ modal: 'confirm' })],
  ['unknown', lookAt({ modal: 'notice' })],
  ['unsure', lookOf(flat)],
])('%s', (screen, now) => {
  const scene = sceneOf(now, { screens });
  expect(whereIs(scene).screen).toBe(screen);
  const truths = Object.keys(screens).map((name) => judge(on(name), scene).truth);
  const otherwise = screen === 'unsure' ? 'unsure' : 'fails';
  expect(truths).toEqual(Object.keys(screens).map((name) => (name === screen ? 'holds' : otherwise)));
});

test('screens that hold at once are an unsure answer, not the first of them', () => {
  const overlapping = { ...screens, also: any(tabActive('open'), tabActive('done')) };
  expect(whereIs(sceneOf(lookAt(), { screens: overlapping }))).toMatchObject({
    screen: 'unsure',
    reason: 'several-screens',
  });
});

test('a screen that may be there too has to fit clearly worse', () => {
  const like = (truth: Judgement['truth'], score: number): Judgement => ({
    ...{ predicate: 'p', truth, score, margin: 0.4, regions: [], reason: `${truth}-${score}` },
  });
  const where = (rival: Judgement) => {
    const { screen, reason, margin } = recognise([
      ['rival', rival],
      ['best', like('holds', 0.9)],
    ]);
    return { screen, reason, margin: Math.round(100 * margin) };
  };
  expect(where(like('unsure', 0.95))).toEqual({ screen: 'unsure', reason: 'near-rival', margin: 5 });
  expect(where(like('unsure', 0.8))).toEqual({ screen: 'best', reason: 'recognised', margin: 20 });
  // What fails is no rival, however well its best explanation fits.
  expect(where(like('fails', 0.9))).toEqual({ screen: 'best', reason: 'recognised', margin: 40 });
  expect(recognise([['only', like('unsure', 0.4)]])).toMatchObject({
    screen: 'unsure',
    reason: 'unsure-0.4',
  });
  expect(recognise([])).toMatchObject({ screen: 'unknown', reason: 'no-screens', score: 0 });
});

test('the engine looks until it knows, and its readings stay those of the frame', async () => {
  const { engine, screen } = rig({ screens, app: { tab: 'done', rows: [1, 2, 2] } });
  screen.fault = ({ capture }) => (capture <= 2 ? 'black' : undefined);
  const sight = await engine.where();
  if (sight.kind !== 'seen') return expect.unreachable();
  expect(screen.captures).toBe(3);
  expect(sight.seen).toMatchObject({ screen: 'done', reason: 'recognised' });
  screen.app.tab = 'open';
  const { readings } = sight.seen;
  expect([readings.tabs, readings.modals, readings.isEmpty('list')]).toEqual([['done'], [], 'holds']);
  expect(screen.captures).toBe(3);
  screen.app.modal = 'notice';
  expect(await engine.where()).toEqual({ kind: 'blocked', by: 'notice' });
});

test('readings of a frame', () => {
  const readings = readingsOf(lookAt({ rows: [1, 2, 2, 3] }), calibration);
  expect(readings.tabs).toEqual(['open']);
  expect(readings.swatch('tab.done')).toBe('inactive');
  expect(readings.swatch('confirm')).toBeNull();
  expect(readings.isEmpty('list')).toBe('fails');
  const rows = readings.rows('list');
  expect(rows.map(({ rect }) => [rect.x, rect.width])).toEqual(Array(4).fill([16, 448]));
  expect(rows.map(({ rect }) => rect.y)).toEqual([80, 112, 144, 176]);
  const [a, b, c, d] = rows.map(({ signature }) => signature);
  expect(b).toBe(c);
  expect(new Set([a, b, d]).size).toBe(3);
  expect(readings.rows('list')).toBe(rows);
  const counted = readingsOf(lookAt({ status: 1 }), calibration);
  expect(counted.signature('status')).not.toBe(readings.signature('status'));
  expect(counted.signature('header')).toBe(readings.signature('header'));
  expect(() => readings.rows('lst')).toThrow(expect.objectContaining({ code: 'PXP_CALIBRATION_NAME' }));
});

test("readings of rows' actions", () => {
  const states = (look: Look) =>
    readingsOf(look, calibration)
      .actions('list')
      .map(({ state }) => state);
  expect(states(lookAt())).toEqual(Array(4).fill('enabled'));
  expect(states(lookAt({ enabled: false }))).toEqual(Array(4).fill('disabled'));
  const rows = readingsOf(lookAt(), calibration).rows('list');
  const actions = readingsOf(lookAt(), calibration).actions('list');
  expect(actions.map(({ rect }, i) => containsRect(rows[i].rect, rect))).toEqual(Array(4).fill(true));
  const list = { ...calibration.list('list'), action: null };
  const without = { ...calibration, lists: new Map([['list', list]]), list: () => list };
  expect(() => readingsOf(lookAt(), without).actions('list')).toThrow(
    expect.objectContaining({
      code: 'PXP_CALIBRATION_NAME',
      facts: expect.objectContaining({ where: 'lists.*.action.enabled' }) as unknown,
    }),
  );
});

test('a popup shows as one', () => {
  expect(readingsOf(lookAt({ modal: 'confirm' }), calibration).modals).toEqual(['confirm']);
});

const statusChanged = custom('counted', {
  regions: ['status'],
  judge: ({ now, before }) => {
    const same = before !== null && now[0].data.every((value, i) => value === before[0].data[i]);
    if (before === null) return { truth: 'unsure', score: 0, margin: 0, reason: 'nothing-before' };
    return {
      truth: same ? 'fails' : 'holds',
      score: same ? 0 : 1,
      margin: 1,
      reason: same ? 'same' : 'counted',
    };
  },
});

test('a custom predicate sees its regions now and before, and combines with others', () => {
  const before = lookAt();
  expect(judge(statusChanged, sceneOf(lookAt({ status: 1 }), { before }))).toEqual({
    predicate: 'custom(counted)',
    truth: 'holds',
    score: 1,
    margin: 1,
    reason: 'counted',
    regions: [calibration.region('status')],
  });
  expect(judge(not(statusChanged), sceneOf(lookAt({ rows: [] }), { before })).truth).toBe('holds');
  expect(judge(statusChanged, sceneOf(lookAt())).truth).toBe('unsure');
});

test('a custom predicate proves a transition', async () => {
  const { screen, transition } = rig();
  screen.answers.push((effect) => {
    effect();
    at(200)(() => (screen.app.status = 1), screen);
  });
  const { record } = verdictOf(await transition({ ...collect, proves: statusChanged }));
  expect(record).toMatchObject({ verdict: 'proved', reason: 'counted' });
});

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('my mistake');
    },
  ],
  ['answers nothing', () => undefined],
  ['answers a truth of its own', () => ({ truth: 'maybe', score: 1, margin: 1, reason: 'r' })],
  ['answers a score beyond 1', () => ({ truth: 'holds', score: 1.5, margin: 1, reason: 'r' })],
  ['answers no number', () => ({ truth: 'holds', score: NaN, margin: 1, reason: 'r' })],
])('a custom predicate that %s is PXP_FLOW, before anything is clicked', async (_, bad) => {
  const wrong = custom('mine', { regions: ['status'], judge: bad as never });
  const { screen, transition } = rig();
  await expect(transition({ ...collect, proves: wrong })).rejects.toMatchObject({ code: 'PXP_FLOW' });
  expect(screen.clicks).toEqual([]);
});
