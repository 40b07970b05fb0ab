import { expect, test } from 'vitest';
import type { ResolvedCalibration } from '../../../src/calibration/index.js';
import { custom, tabActive } from '../../../src/visual/evidence.js';
import { judge } from '../../../src/visual/judge.js';
import { locateTarget } from '../../../src/visual/transition/locate-target.js';
import type { Mode, Reach } from '../../../src/visual/reach.js';
import { readRows } from '../../../src/visual/list/read-rows.js';
import { redecide } from '../../../src/visual/redecide.js';
import { type EffectClass, click } from '../../../src/visual/step.js';
import { AmbientMap } from '../../../src/visual/motion/ambient-map.js';
import { Look } from '../../../src/visual/look.js';
import { decode } from '../../../src/image/decode.js';
import { paint } from '../../support/draw.js';
import { drawApp } from '../../support/scripted-screen.js';
import { rig, verdictOf } from './rig.js';
import { calibration, lookAt, lookOf, resting, sceneOf, viewport } from './scene.js';

/** The tabs' region, and where their marks are in it. */
const STRIP = { x: 16, y: 36, width: 448, height: 32 };
const MARK_Y = 60;

/** The tabs' marks were calibrated at this y, too high. */
function marksAt(y: number): ResolvedCalibration {
  const region = STRIP;
  const tabs = new Map(
    [...calibration.tabs].map(([name, tab]) => {
      if (tab.mark.kind !== 'swatch') return expect.unreachable();
      const { rect } = tab.mark.swatch;
      const swatch = { ...tab.mark.swatch, name: `drifted ${name}`, rect: { ...rect, y, height: 8 } };
      return [name, { ...tab, region, mark: { ...tab.mark, swatch } }] as const;
    }),
  );
  return { ...calibration, tabs, tab: (name) => tabs.get(name)! };
}
/** By 4 px, so half of each swatch shows the page. */
const drifted = marksAt(54);
/** By so much that each swatch shows nothing of the strip. */
const astrayMarks = marksAt(40);

const openDone = {
  act: click('tab.done'),
  proves: tabActive('done'),
  blockedBy: [],
  keep: [],
  effect: 'idempotent',
} as const;

test.each<[Reach, string, string]>([
  ['place', 'unsure', 'none-active'],
  ['near', 'unsure', 'none-active'],
  ['region', 'holds', 'active'],
  ['wide', 'holds', 'active'],
])('a tab whose strip is not quite where it was, by %s: %s', (reach, truth, reason) => {
  const scene = { ...sceneOf(lookAt({ tab: 'done' }), { reach }), calibration: drifted };
  expect(judge(tabActive('done'), scene)).toMatchObject({ truth, reason });
  if (truth === 'holds') expect(judge(tabActive('open'), scene).truth).toBe('fails');
});

test.each<[Reach, string, string]>([
  ['place', 'fails', 'none-active'],
  ['near', 'unsure', 'none-active'],
  ['region', 'holds', 'active'],
])('a tab whose strip has left its place, by %s: %s', (reach, truth, reason) => {
  const scene = { ...sceneOf(lookAt({ tab: 'done' }), { reach }), calibration: astrayMarks };
  expect(judge(tabActive('done'), scene)).toMatchObject({ truth, reason });
});

type Rgb = readonly [number, number, number];
const BLUE: Rgb = [47, 111, 237];
const GREY: Rgb = [223, 227, 232];

/** The strip in one colour, with the marks of both tabs in theirs. */
function strip(ground: Rgb, marks: Readonly<{ open: Rgb; done: Rgb }>, y = MARK_Y): Look {
  const band = paint(drawApp(resting).image, STRIP, ground);
  const shown = [...calibration.tabs].reduce((picture, [name, { mark }]) => {
    if (mark.kind !== 'swatch') return expect.unreachable();
    return paint(picture, { ...mark.swatch.rect, y }, marks[name as keyof typeof marks]);
  }, band);
  return lookOf(shown);
}

/** Tabs that may be anywhere in the strip, with the other state of another colour than theirs. */
function inStrip(inactive = GREY): ResolvedCalibration {
  const tabs = new Map(
    [...calibration.tabs].map(([name, tab]) => {
      if (tab.mark.kind !== 'swatch') return expect.unreachable();
      const swatch = { ...tab.mark.swatch, name: `strip ${name}`, states: { active: BLUE, inactive } };
      return [name, { ...tab, region: STRIP, mark: { ...tab.mark, swatch } }] as const;
    }),
  );
  return { ...calibration, tabs, tab: (name) => tabs.get(name)! };
}

const PALE: Rgb = [72, 125, 236];
/** What chroma subsampling leaves of a blue line of one pixel on white. */
const SUBSAMPLED: Rgb = [80, 105, 170];
const WHITE: Rgb = [255, 255, 255];

test.each<[string, string, string, Look, Rgb]>([
  [
    'an active tab that is one with the ground',
    'holds',
    'active',
    strip(BLUE, { open: GREY, done: BLUE }),
    GREY,
  ],
  [
    'no active tab on a ground of its colour',
    'unsure',
    'none-active',
    strip(BLUE, { open: GREY, done: GREY }),
    GREY,
  ],
  ['a state hardly paler than active', 'fails', 'none-active', strip(GREY, { open: PALE, done: PALE }), PALE],
  [
    'a codec has left no pixel its colour',
    'unsure',
    'none-active',
    strip(WHITE, { open: WHITE, done: SUBSAMPLED }, MARK_Y - 8),
    WHITE,
  ],
  ['nothing like it is there', 'fails', 'none-active', strip(GREY, { open: GREY, done: GREY }), GREY],
])('in its region, %s: %s', (_, truth, reason, now, inactive) => {
  const scene = { ...sceneOf(now, { reach: 'region' }), calibration: inStrip(inactive) };
  expect(judge(tabActive('done'), scene)).toMatchObject({ truth, reason });
});

test.each<[Mode, string]>([
  ['calibrated', 'fails'],
  ['hybrid', 'holds'],
  ['dynamic', 'holds'],
])('what is seen without acting is looked for as far as the mode reaches: %s, %s', async (mode, truth) => {
  const { engine } = rig({ calibration: astrayMarks, mode, screens: { open: tabActive('open') } });
  expect(await engine.see(tabActive('open'))).toMatchObject({ kind: 'seen', seen: { truth } });
  const where = { kind: 'seen', seen: { screen: truth === 'holds' ? 'open' : 'unknown' } };
  expect(await engine.where()).toMatchObject(where);
});

test.each<[Mode, string, boolean, Reach]>([
  ['calibrated', 'ambiguous', false, 'place'],
  ['hybrid', 'proved', true, 'region'],
  ['dynamic', 'proved', false, 'region'],
])('%s: a drifted mark ends %s', async (mode, verdict, degraded, reach) => {
  const { screen, transition } = rig({ calibration: drifted, mode });
  const outcome = verdictOf(await transition(openDone));
  expect(outcome.record).toMatchObject({ verdict, degraded, reach });
  expect(screen.app.tab).toBe('done');
  // The stored pictures say the same.
  const { rect, bytes } = outcome.after!;
  const after = new Look(decode(bytes).image, rect);
  const { before } = outcome.pending;
  const scene = {
    before,
    behind: null,
    after,
    calibration: drifted,
    screens: new Map(),
    ambient: new AmbientMap(viewport),
  };
  expect(redecide(outcome.record, { ...scene, step: openDone }).verdict).toBe(verdict);
});

test.each<[EffectClass, string]>([
  ['idempotent', 'already'],
  ['toggle', 'refused'],
])('what a wider look shows before the click proves nothing: %s is %s', async (effect, kind) => {
  const { screen, transition } = rig({ calibration: drifted, app: { tab: 'done' } });
  const outcome = await transition({ ...openDone, effect });
  expect(outcome).toMatchObject(kind === 'refused' ? { kind, reason: 'vacuous-proof' } : { kind });
  expect(screen.clicks).toEqual([]);
});

/** Lets the next click take effect at once; whether the watch over it has ended since. */
function watchOver(screen: ReturnType<typeof rig>['screen']): () => boolean {
  let sentAtMs = Infinity;
  screen.answers.push((effect) => {
    effect();
    sentAtMs = screen.clock.nowMs();
  });
  return () => screen.clock.nowMs() > sentAtMs + 2500;
}

test('a wider look has to hold still, too', async () => {
  const { screen, transition } = rig({ calibration: drifted });
  const isOver = watchOver(screen);
  let looks = 0;
  // After the deadline every other look is black.
  screen.fault = () => (isOver() && ++looks % 2 === 0 ? 'black' : undefined);
  const { record } = verdictOf(await transition(openDone));
  expect(record).toMatchObject({ verdict: 'ambiguous', reach: 'near', degraded: false });
  expect(looks).toBeGreaterThan(2);
});

test('a browser that is lost when a wider look is taken leaves the input pending', async () => {
  const { screen, transition } = rig({ calibration: drifted });
  const isOver = watchOver(screen);
  let looks = 0;
  // The watch's own last look is the first after the deadline.
  screen.fault = () => (isOver() && ++looks > 1 ? 'crashed' : undefined);
  expect(await transition(openDone)).toMatchObject({
    kind: 'interrupted',
    interruption: { kind: 'lost', by: 'PXP_CDP_CRASHED' },
    pending: { stepName: expect.any(String) as string },
  });
});

test('what is in the way when a wider look is taken interrupts', async () => {
  let looks = 0;
  // It comes once the watch is over: its own last look is the first after the deadline.
  const judge = () =>
    ({ ...{ score: 1, margin: 1, reason: 'busy' }, truth: looks > 1 ? 'holds' : 'fails' }) as const;
  const blockers = { busy: custom('busy', { regions: ['status'], judge }) };
  const { screen, transition } = rig({ calibration: drifted, blockers });
  const isOver = watchOver(screen);
  screen.fault = () => {
    if (isOver()) looks += 1;
    return undefined;
  };
  expect(await transition(openDone)).toMatchObject({
    kind: 'interrupted',
    interruption: { kind: 'blocked', by: 'busy', proofHeld: true },
    pending: { stepName: 'collect' },
  });
});

/** A list whose action column was calibrated where nothing is. */
const astray: ResolvedCalibration = (() => {
  const list = calibration.list('list');
  if (list.action?.kind !== 'component') return expect.unreachable();
  const moved = { ...list, action: { ...list.action, rect: { ...list.action.rect, x: 300, width: 60 } } };
  const lists = new Map(calibration.lists).set('list', moved);
  return { ...calibration, lists, list: () => moved };
})();

test('an action beside its columns is found in the whole list, and counts as degraded', async () => {
  const { screen, transition } = rig({ calibration: astray });
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({ verdict: 'proved', degraded: true, action: { foundBy: 'region' } });
  expect(screen.app.rows).toEqual([2, 3, 4]);
});

test('in calibrated mode it is not found', async () => {
  const { screen, transition } = rig({ calibration: astray, mode: 'calibrated' });
  expect(await transition()).toMatchObject({ kind: 'refused', reason: 'no-action' });
  expect(screen.clicks).toEqual([]);
});

test('a calibrated place is checked against the component that is drawn there', () => {
  const list = calibration.list('list');
  const { action } = list;
  if (action?.kind !== 'component') return expect.unreachable();
  const locate = (x: number, width: number) => {
    const moved = { ...list, action: { ...action, rect: { ...action.rect, x, width } } };
    const found = { ...calibration, lists: new Map([['list', moved]]), list: () => moved };
    return locateTarget(click('list.action'), {
      look: lookAt(),
      calibration: found,
      attempt: 1,
      reach: 'place',
    });
  };
  expect(locate(390, 70)).toMatchObject({ action: { point: { x: 425, y: 96 }, foundBy: 'point' } });
  // The button's part in the columns is large enough, and their middle is beside it.
  expect(locate(370, 50)).toEqual({ state: 'missing', reason: 'action-not-in-its-place' });
});

const pitched: ResolvedCalibration = (() => {
  const list = calibration.list('list');
  const moved = { ...list, rows: { ...list.rows, pitch: 32 } };
  return { ...calibration, list: () => moved, lists: new Map([['list', moved]]) };
})();

test('rows by place are those of first row and pitch, as far as anything is drawn', () => {
  const read = (rows: number[]) => readRows(lookAt({ rows }), pitched, 'list', 'place');
  expect(read([1, 2, 3])).toEqual({
    rows: [80, 112, 144].map((y) => ({ y, height: 32 })),
    endsInside: true,
    foundBy: 'calibrated',
  });
  expect(read([1, 2, 3, 4, 5, 6])).toMatchObject({ endsInside: false });
  expect(read([])).toMatchObject({ rows: [], endsInside: true });
  expect(readRows(lookAt({ rows: [1, 2] }), pitched, 'list').foundBy).toBe('pixels');
});

test.each<Mode>(['calibrated', 'hybrid', 'dynamic'])('%s: a row is collected', async (mode) => {
  const { screen, transition } = rig({ calibration: pitched, mode });
  expect(verdictOf(await transition()).record).toMatchObject({
    verdict: 'proved',
    degraded: false,
    units: 1,
  });
  expect(screen.app.rows).toEqual([2, 3, 4]);
});
