import type { Rgb } from '../../../src/probe/index.js';
import type { Reach } from '../../../src/visual/reach.js';
import { expect, test } from 'vitest';
import { type Action, click, drag, hover, press, scroll, type } from '../../../src/visual/step.js';
import { locateTarget } from '../../../src/visual/transition/locate-target.js';
import type { Look } from '../../../src/visual/look.js';
import { paint } from '../../support/draw.js';
import { calibration, lookAt, lookOf } from './scene.js';

const GREEN = [46, 158, 79] as const;
const WHITE = [255, 255, 255] as const;
const button = { x: 400, y: 84, width: 48, height: 20 };
const below = { ...button, y: 116 };

const locate = (look: Look, target = 'list.action', attempt = 1, reach: Reach = 'near') =>
  locateTarget(click(target), { look, calibration, attempt, reach });

test('the first row’s coloured component is clicked in its middle', () => {
  expect(locate(lookAt())).toEqual({
    state: 'ready',
    action: {
      kind: 'click',
      target: 'list.action',
      point: { x: 424, y: 94 },
      foundBy: 'component',
      box: button,
    },
  });
});

test('how it is clicked goes along, at a place that was found and at a calibrated one', () => {
  for (const target of ['list.action', 'nowhere']) {
    const act = click(target, { button: 'right', count: 2 });
    const found = locateTarget(act, { look: lookAt(), calibration, attempt: 1, reach: 'near' });
    expect(found).toMatchObject({ state: 'ready', action: { target, button: 'right', count: 2 } });
  }
});

test('a hover and a drag go where a click would, and what is dragged to a calibrated point', () => {
  const found = (act: Action, attempt: number) =>
    locateTarget(act, { look: lookAt(), calibration, attempt, reach: 'near' });
  const aim = { target: 'list.action', point: { x: 424, y: 94 }, foundBy: 'component' };
  expect(found(hover('list.action'), 1)).toMatchObject({ action: { kind: 'hover', ...aim } });
  expect(found(drag('list.action', { to: 'tab.done' }), 1)).toMatchObject({
    action: { kind: 'drag', ...aim, to: { x: 216, y: 48 }, toTarget: 'tab.done' },
  });
  // The next attempt takes another place to hold it by, not another one to drop it.
  expect(found(drag('tab.open', { to: 'tab.done' }), 2)).toMatchObject({
    action: { point: { x: 30, y: 48 }, foundBy: 'fallback', to: { x: 216, y: 48 } },
  });
});

test('where it is drawn, not where it was calibrated', () => {
  const moved = { ...button, x: 405, y: 87 };
  const look = lookOf(paint(paint(lookAt().image, button, WHITE), moved, GREEN));
  expect(locate(look)).toMatchObject({ action: { point: { x: 429, y: 97 }, box: moved } });
});

test('a switch is found though its knob takes half of it', () => {
  // Its track is 1,440 pixels of 48x30, its knob 28x28 of these, with a rim of one pixel.
  const track = { ...button, y: 82, height: 30 };
  const on = paint(lookAt().image, track, GREEN);
  const look = lookOf(paint(on, { x: 419, y: 83, width: 28, height: 28 }, WHITE));
  expect(locate(look)).toMatchObject({ state: 'ready', action: { box: track } });
});

test.each([
  [
    'an empty check box',
    [{ x: 410, y: 86, width: 16, height: 16 }],
    { x: 412, y: 88, width: 12, height: 12 },
  ],
  ['a tag outlined', [{ x: 410, y: 86, width: 20, height: 12 }], { x: 412, y: 88, width: 16, height: 8 }],
  ['a letter', [{ x: 410, y: 86, width: 14, height: 16 }], { x: 414, y: 86, width: 10, height: 12 }],
])('%s in the colour of the action is none', (_, [outer], inner) => {
  const blank = paint(lookAt().image, button, WHITE);
  const look = lookOf(paint(paint(blank, outer, GREEN), inner, WHITE));
  const list = calibration.list('list');
  if (list.action?.kind !== 'component') throw new Error('the list has no coloured action');
  const action = { ...list.action, minArea: 1 };
  const open = { ...calibration, lists: new Map([['list', { ...list, action }]]) };
  const act = click('list.action');
  const found = locateTarget(act, { look, calibration: open, attempt: 1, reach: 'near' });
  // There is still that of the second row.
  expect(found).toEqual({ state: 'missing', reason: 'first-action-not-in-first-row' });
});

test('in a look of a part of the viewport the point is still the viewport’s', () => {
  expect(locate(lookAt({}, { x: 16, y: 0, width: 464, height: 288 }))).toMatchObject({
    action: { point: { x: 424, y: 94 }, box: button },
  });
});

test('a disabled one is there, and not clicked', () => {
  expect(locate(lookAt({ enabled: false }))).toEqual({
    state: 'disabled',
    reason: 'action-disabled',
    box: button,
  });
});

test('where the two colours are near each other, a button is of the nearer one', () => {
  const pale: Rgb = [62, 150, 84];
  const list = calibration.list('list');
  if (list.action?.kind !== 'component') throw new Error('the list has no coloured action');
  const action = { ...list.action, disabled: pale };
  const close = { ...calibration, lists: new Map([['list', { ...list, action }]]) };
  for (const [fill, state] of [
    [GREEN, 'ready'],
    [pale, 'disabled'],
  ] as const) {
    const look = lookOf(paint(lookAt().image, button, fill));
    const target = locateTarget(click('list.action'), {
      look,
      calibration: close,
      attempt: 1,
      reach: 'near',
    });
    expect(target).toMatchObject({ state });
  }
});

test('a disabled first row is not passed over for the second', () => {
  const look = lookOf(paint(lookAt().image, button, [180, 185, 192]));
  expect(locate(look)).toMatchObject({ state: 'disabled' });
});

test('a first row without its action is not passed over either', () => {
  const look = lookOf(paint(lookAt().image, button, WHITE));
  expect(locate(look)).toEqual({ state: 'missing', reason: 'first-action-not-in-first-row' });
});

test.each([
  ['no-row', lookAt({ rows: [] })],
  ['no-action', lookOf(paint(paint(lookAt({ rows: [1, 2] }).image, button, WHITE), below, WHITE))],
])('missing: %s', (reason, look) => {
  expect(locate(look)).toEqual({ state: 'missing', reason });
});

test.each<[Reach, object]>([
  ['near', { state: 'ready', action: { box: button } }],
  ['region', { state: 'missing', reason: 'several-actions-in-first-row' }],
  ['wide', { state: 'missing', reason: 'several-actions-in-first-row' }],
])('a second thing of that colour in the first row, beside the columns, by %s', (reach, found) => {
  const look = lookOf(paint(lookAt().image, { ...button, x: 300 }, GREEN));
  expect(locate(look, 'list.action', 1, reach)).toMatchObject(found);
});

test('a selected row of a colour near the action’s is none', () => {
  const selected = paint(lookAt().image, { x: 16, y: 80, width: 448, height: 32 }, [178, 184, 192]);
  const look = lookOf(paint(selected, button, GREEN));
  expect(locate(look, 'list.action', 1, 'region')).toMatchObject({ state: 'ready', action: { box: button } });
});

test('a speck of the colour is no action', () => {
  const speck = { x: 410, y: 90, width: 19, height: 20 };
  const one = paint(lookAt({ rows: [1] }).image, button, WHITE);
  expect(locate(lookOf(paint(one, speck, GREEN)))).toMatchObject({ reason: 'no-action' });
  expect(locate(lookOf(paint(one, { ...speck, width: 21 }, GREEN)))).toMatchObject({ state: 'ready' });
});

test('attempts go through the point and its fallbacks in order, and begin again', () => {
  const attempts = [1, 2, 3, 4, 5].map((attempt) => {
    const target = locate(lookAt(), 'tab.open', attempt);
    if (target.state !== 'ready' || target.action.kind !== 'click') return target.state;
    return [target.action.point.x, target.action.foundBy];
  });
  expect(attempts).toEqual([
    [76, 'point'],
    [30, 'fallback'],
    [120, 'fallback'],
    [76, 'point'],
    [30, 'fallback'],
  ]);
});

test('a list may have a point for its action', () => {
  const point = calibration.point('tab.done');
  const lists = new Map(calibration.lists).set('list', {
    ...calibration.list('list'),
    action: { kind: 'point', point },
  });
  expect(
    locateTarget(click('list.action'), {
      look: lookAt(),
      calibration: { ...calibration, lists },
      attempt: 1,
      reach: 'near',
    }),
  ).toMatchObject({ action: { target: 'list.action', point: point.at, foundBy: 'point' } });
});

test.each(['nosuch', 'nosuch.action'])('%s is not calibrated', (target) => {
  expect(() => locate(lookAt(), target)).toThrow(expect.objectContaining({ code: 'PXP_CALIBRATION_NAME' }));
});

test('a wheel turns in the middle of its list; text and keys have no place', () => {
  const sent = (act: Action) => locateTarget(act, { look: lookAt(), calibration, attempt: 2, reach: 'near' });
  const box = calibration.list('list').rect;
  expect(sent(scroll('list', { by: 64 }))).toEqual({
    state: 'ready',
    action: { kind: 'scroll', target: 'list', by: 64, point: { x: 240, y: 180 }, box },
  });
  expect(sent(press('Enter'))).toEqual({ state: 'ready', action: { kind: 'press', key: 'Enter' } });
  expect(sent(type('añb'))).toEqual({ state: 'ready', action: { kind: 'type', text: 'añb', length: 3 } });
  const secret = sent(type('hunter2', { secret: true }));
  expect(secret).toEqual({ state: 'ready', action: { kind: 'type', text: null, length: 7 } });
});
