import { describe, expect, test } from 'vitest';
import { PixelproofError } from '../../../src/core/errors.js';
import type { Rect } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import {
  type Action,
  type CalibrationCheck,
  type Evidence,
  type Step,
  all,
  any,
  changed,
  click,
  createVisualEngine,
  drag,
  gone,
  hover,
  listEmpty,
  modalClosed,
  modalOpen,
  not,
  press,
  rowAdvanced,
  scroll,
  tabActive,
  type,
  unchanged,
  visible,
} from '../../../src/visual/index.js';
import {
  type AppState,
  type Answer,
  type ScriptedScreen,
  at,
  drawApp,
  never,
  scriptedCalibration,
  twice,
} from '../../support/scripted-screen.js';
import { collect, pendingOf, rig, store, verdictOf } from './rig.js';

const openDone: Step = {
  act: click('tab.done'),
  proves: tabActive('done'),
  blockedBy: [],
  keep: [],
  effect: 'idempotent',
};
const nowhere = { ...collect, act: click('nowhere') };

test('proved: a click, the proof on later frames, and still there after the settle time', async () => {
  const { screen, transition, intents, timings } = rig();
  screen.answers.push(at(100));
  const { record, late, after } = verdictOf(await transition());
  expect(record).toMatchObject({
    verdict: 'proved',
    reason: 'advanced-by-1',
    intentId: 'i1',
    step: 'collect',
    action: { target: 'list.action', point: { x: 424, y: 94 }, foundBy: 'component' },
    degraded: false,
    units: 1,
    interruptions: [],
  });
  expect(late).toBe(false);
  expect(screen.clicks).toEqual([{ x: 424, y: 94 }]);
  expect(screen.app.rows).toEqual([2, 3, 4]);
  const { inputSentMs, firstChangeMs, firstProvedMs, settledMs, decidedMs } = record.instants;
  // A capture takes 20 ms: the first one, the one that shows that it still holds, then those up to the effect.
  expect(inputSentMs).toBe(40);
  expect([firstChangeMs, firstProvedMs]).toEqual([140, 140]);
  expect(settledMs).toBeGreaterThanOrEqual(firstProvedMs! + 160);
  expect(decidedMs).toBe(settledMs);
  // Before, still so, with the proof, and settled: what looked the same in between was not judged again.
  expect(record.captures).toBe(4);
  expect(record.before).toEqual(store(intents[0].before, 'before'));
  expect(after!.bytes).toEqual(drawApp(screen.app, 0, record.region).png);
  expect(new Set(timings.map(({ stage }) => stage))).toEqual(new Set(['capture', 'decode', 'probe']));
});

test('where the answer took long, what comes double may take as long again', async () => {
  const { screen, transition } = rig({ app: { rows: [1, 2, 3, 4, 5] } });
  screen.answers.push((effect, { clock }) => {
    clock.after(250, effect);
    clock.after(650, effect);
  });
  expect(verdictOf(await transition()).record).toMatchObject({
    ...{ verdict: 'wrong-effect', reason: 'advanced-by-2' },
  });
});

test('a second effect 200 ms after the first is seen, where a second time does harm', async () => {
  const { screen, transition } = rig({ app: { rows: [1, 2, 3, 4, 5] } });
  screen.answers.push((effect, { clock }) => {
    clock.after(20, effect);
    clock.after(220, effect);
  });
  expect(verdictOf(await transition()).record).toMatchObject({
    ...{ verdict: 'wrong-effect', reason: 'advanced-by-2' },
  });
});

test('what changed beyond the proof is reported as unexplained', async () => {
  const plain = rig();
  const { record: explained } = verdictOf(await plain.transition());
  expect(explained.change.unexplained).toBe(0);
  expect(explained.change.bbox).not.toBeNull();
  const { screen, transition } = rig();
  screen.answers.push((effect) => {
    effect();
    screen.app.status += 1;
  });
  const { record } = verdictOf(await transition());
  expect(record.verdict).toBe('proved');
  expect(record.change.unexplained).toBeGreaterThan(0);
  expect(record.change.unexplained).toBeLessThan(0.5);
});

test('a proof that does not last the settle time is none, and no reason to do it again', async () => {
  const { screen, transition } = rig();
  screen.answers.push((effect, { clock, app }) => {
    const rows = [...app.rows];
    effect();
    clock.after(120, () => (app.rows = rows));
  });
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'changed-back', units: 0 });
  expect(record.instants.firstChangeMs).not.toBeNull();
});

test('what took effect where no proof looks is not called no effect', async () => {
  const { screen, transition } = rig({ blockers: {} });
  screen.answers.push((_, { app }) => app.rows.shift());
  const { record, after } = verdictOf(await transition({ ...openDone, effect: 'destructive' }));
  expect(record).toMatchObject({ verdict: 'wrong-effect', reason: 'changed-elsewhere' });
  expect(record.region.height).toBeLessThan(after!.rect.height);
  expect(record.change.bbox!.y).toBeGreaterThan(record.region.y + record.region.height - 1);
});

test('what took effect where no proof looks, and was undone again, is not called no effect', async () => {
  const { screen, transition } = rig({ blockers: {} });
  screen.answers.push((_, { app, clock }) => {
    clock.after(300, () => (app.status += 1));
    clock.after(1500, () => (app.status -= 1));
  });
  const { record } = verdictOf(await transition({ ...openDone, effect: 'destructive' }));
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'changed-back' });
  expect(record.instants.firstChangeMs).toBeNull();
});

test('a click that did nothing at all is, and what may be done twice is not looked for elsewhere', async () => {
  const { screen, transition } = rig({ blockers: {} });
  screen.answers.push(never);
  const { record } = verdictOf(await transition({ ...openDone, effect: 'destructive' }));
  expect(record.verdict).toBe('no-effect');
  screen.answers.push((_, { app }) => app.rows.shift());
  expect(verdictOf(await transition(openDone)).record.verdict).toBe('no-effect');
});

test('a proof that was seen behind a blocker, and is gone with it, is ambiguous', async () => {
  const confirm = modalOpen('confirm');
  const { screen, engine, transition } = rig({ blockers: { confirm } });
  screen.answers.push((_, { app }) => (app.modal = 'confirm'));
  const step: Step = { ...collect, proves: any(confirm, tabActive('done')) };
  const interrupted = await transition(step);
  expect(interrupted).toMatchObject({ interruption: { kind: 'blocked', by: 'confirm', proofHeld: true } });
  screen.app.modal = null;
  if (interrupted.kind !== 'interrupted') return expect.unreachable();
  const pending = { ...pendingOf(interrupted), interruptions: [interrupted.interruption] };
  const { record } = verdictOf(await engine.resume(pending));
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'proof-and-block' });
});

describe('a recovery that takes a row of its own', () => {
  const takeAnother: Step = {
    ...{ act: click('modals.notice.close'), proves: all(rowAdvanced('list'), modalClosed('notice')) },
    ...{ blockedBy: [], keep: [], effect: 'advance', unit: true },
  };

  /** The notice comes while the proof is to hold still, or before anything has happened. */
  async function recovered(effects: Readonly<{ click: number; recovery: number }>) {
    const { screen, engine, transition } = rig({ app: { rows: [1, 2, 3, 4, 5] } });
    screen.answers.push((_, { app }) => {
      app.rows.splice(0, effects.click);
      app.modal = 'notice';
    });
    const interrupted = await transition(collect);
    if (interrupted.kind !== 'interrupted') return expect.unreachable();
    const { region } = pendingOf(interrupted);
    const before = drawApp({ ...screen.app, rows: [1, 2, 3, 4, 5], modal: null }, 0, region).png;
    screen.answers.push((_, { app }) => {
      app.rows.splice(0, effects.recovery);
      app.modal = null;
    });
    const recovery = verdictOf(await transition(takeAnother, { recovering: 'notice' })).record;
    const { took, units } = recovery;
    const interruptions = [{ ...interrupted.interruption, took, units }];
    const resumed = verdictOf(await engine.resume({ ...pendingOf(interrupted), interruptions }));
    const stored = {
      record: { ...resumed.record, after: resumed.record.before },
      ...{ before, behind: null, after: resumed.after!.bytes },
    };
    return { recovery, record: resumed.record, replayed: engine.redecide({ ...stored, step: collect }) };
  }

  test('and the step that had taken one before it are both proved', async () => {
    const { recovery, record, replayed } = await recovered({ click: 1, recovery: 1 });
    expect(recovery).toMatchObject({ verdict: 'proved', units: 1 });
    expect(record).toMatchObject({
      ...{ verdict: 'proved', reason: 'advanced-by-2-with-recovery', units: 2 },
      interruptions: [{ kind: 'blocked', by: 'notice', proofHeld: true, took: ['list'], units: 1 }],
    });
    expect(replayed).toMatchObject({ verdict: 'proved', reason: 'advanced-by-2-with-recovery' });
  });

  test('and finishes what the step began counts one unit', async () => {
    const { recovery, record } = await recovered({ click: 0, recovery: 1 });
    expect(recovery).toMatchObject({ verdict: 'proved', units: 1 });
    expect(record).toMatchObject({ verdict: 'proved', reason: 'advanced-by-1', units: 1 });
  });

  test('explains no more rows than it took', async () => {
    const { record } = await recovered({ click: 2, recovery: 1 });
    expect(record).toMatchObject({ verdict: 'wrong-effect', reason: 'advanced-by-3', units: 0 });
  });
});

test('a popup nobody calibrated blocks once the page was seen without it', async () => {
  const { screen, engine, transition } = rig({
    blockers: { popup: modalOpen() },
    calibration: { ...scriptedCalibration(), modals: new Map() },
  });
  const blocked = { kind: 'interrupted', interruption: { kind: 'blocked', by: 'popup' } };
  // It comes with the click.
  screen.answers.push((_, { app }) => (app.modal = 'notice'));
  expect(await transition()).toMatchObject(blocked);
  // It was there before.
  screen.app.modal = null;
  await engine.learnAmbient();
  screen.app.modal = 'notice';
  expect(await transition()).toMatchObject({ ...blocked, pending: null });
  expect(await engine.see(modalOpen(), { watchBlockers: false })).toMatchObject({ seen: { truth: 'holds' } });
  expect(screen.clicks).toHaveLength(1);
});

test('a place that shows one tone is looked at with the rest of the screen', async () => {
  const { screen, transition } = rig({ blockers: {} });
  screen.answers.push((_, { app }) => app.rows.shift());
  const step: Step = { ...openDone, act: click('nowhere'), proves: changed('blank', { atLeast: 0 }) };
  const { record } = verdictOf(await transition(step));
  expect(record).toMatchObject({ verdict: 'wrong-effect', region: { width: 480, height: 320 } });
});

test('a click that takes effect twice is a wrong effect', async () => {
  const { screen, transition } = rig();
  screen.answers.push(twice);
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({
    verdict: 'wrong-effect',
    reason: 'advanced-by-2',
    units: 0,
    degraded: false,
  });
});

test('a list that shows other rows than any shift explains is ambiguous', async () => {
  const { screen, transition } = rig();
  screen.answers.push((_, { app }) => (app.rows = [11, 12, 13, 14]));
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'no-shift-fits', units: 0 });
});

test('a second effect within the settle time keeps the first from being proved', async () => {
  const { screen, transition } = rig();
  screen.answers.push((effect, { clock }) => {
    effect();
    clock.after(100, effect);
  });
  expect(verdictOf(await transition()).record).toMatchObject({ verdict: 'wrong-effect', units: 0 });
});

test('a lost click is a no-effect, but only after the watch for late effects', async () => {
  const { screen, transition } = rig();
  screen.answers.push(never);
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({ verdict: 'no-effect', reason: 'list-unchanged', units: 0 });
  expect(record.instants).toMatchObject({ firstChangeMs: null, firstProvedMs: null, settledMs: null });
  expect(record.instants.decidedMs - record.instants.inputSentMs!).toBeGreaterThanOrEqual(2500 + 1500);
  expect(record.change).toMatchObject({ score: 0, bbox: null, tiles: [] });
});

test('an idempotent step waits for no late effects, and its own timeout counts', async () => {
  const { screen, transition } = rig();
  screen.answers.push(never);
  const { record } = verdictOf(await transition({ ...openDone, timeoutMs: 700 }));
  expect(record.verdict).toBe('no-effect');
  const waited = record.instants.decidedMs - record.instants.inputSentMs!;
  expect(waited).toBeGreaterThanOrEqual(700);
  expect(waited).toBeLessThan(900);
});

test('an effect after the timeout is proved, degraded, and raises the timeout of its step', async () => {
  const { screen, transition } = rig();
  screen.answers.push(at(3000), at(4300));
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({ verdict: 'proved', degraded: true, units: 1 });
  // 1.5 times 3 s: the next effect after 4.3 s is in time.
  const second = verdictOf(await transition()).record;
  expect(second).toMatchObject({ verdict: 'proved', degraded: false });
});

test('the timeout learned for one step is not another one’s', async () => {
  const { screen, transition } = rig();
  screen.answers.push(at(3000), at(4300));
  await transition();
  const { record } = verdictOf(await transition(collect, { stepName: 'other' }));
  expect(record.verdict).toBe('no-effect');
});

test('black frames decide nothing', async () => {
  const { screen, transition } = rig();
  screen.fault = ({ clicks, capture }) => (clicks > 0 && capture < 12 ? 'black' : undefined);
  screen.answers.push(at(60));
  const { record } = verdictOf(await transition());
  expect(record.verdict).toBe('proved');
  expect(record.instants.firstChangeMs).toBe(record.instants.firstProvedMs);
  expect(record.instants.firstProvedMs).toBeGreaterThanOrEqual(12 * 20);
});

test('nothing but black frames after the click is ambiguous', async () => {
  const { screen, transition } = rig();
  screen.fault = ({ clicks }) => (clicks > 0 ? 'black' : undefined);
  const outcome = verdictOf(await transition());
  expect(outcome.record).toMatchObject({ verdict: 'ambiguous', reason: 'flat-frame', proof: null, units: 0 });
  expect(outcome.after).toBeNull();
});

test.each([
  ['for a moment', 4300, { verdict: 'no-effect', reason: 'list-unchanged' }],
  ['for good', Infinity, { verdict: 'ambiguous', reason: 'flat-frame' }],
])('a screen that is black %s when the watch over a lost click ends', async (_, until, expected) => {
  const { screen, transition } = rig();
  screen.answers.push(never);
  let clickedAt: number | null = null;
  screen.fault = ({ clicks }) => {
    const now = screen.clock.nowMs();
    if (clicks > 0) clickedAt ??= now;
    const since = clickedAt === null ? 0 : now - clickedAt;
    return since > 3900 && since < until ? 'black' : undefined;
  };
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject(expected);
  expect(record.instants.decidedMs).toBeLessThan(6000);
});

test('a screen that goes black for good after the proof was first seen is ambiguous, not waited for for ever', async () => {
  const { screen, transition } = rig();
  screen.fault = ({ capture }) => (capture > 2 ? 'black' : undefined);
  const { record } = verdictOf(await transition());
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'flat-frame', units: 0 });
});

test('nothing is clicked on a black screen', async () => {
  const { screen, transition } = rig();
  screen.fault = () => 'black';
  expect(await transition()).toMatchObject({ kind: 'refused', reason: 'flat-frame' });
  expect(screen.clicks).toEqual([]);
});

test('a blocker before the act interrupts, with nothing pending', async () => {
  const { screen, intents, transition } = rig({ app: { modal: 'notice' } });
  expect(await transition()).toEqual({
    kind: 'interrupted',
    interruption: { kind: 'blocked', by: 'notice' },
    pending: null,
  });
  expect([screen.clicks, intents]).toEqual([[], []]);
});

test('a step’s own blocker interrupts by its spelled evidence', async () => {
  const { transition } = rig({ app: { modal: 'confirm' } });
  const outcome = await transition({ ...collect, blockedBy: [modalOpen('notice'), modalOpen('confirm')] });
  expect(outcome).toMatchObject({ interruption: { kind: 'blocked', by: 'modalOpen(confirm)' } });
});

test('the recovery of a blocker is not blocked by it', async () => {
  const { screen, transition } = rig({ app: { modal: 'notice' } });
  const close: Step = { ...openDone, act: click('popup.close'), proves: modalClosed('notice') };
  const { record } = verdictOf(await transition(close, { recovering: 'notice' }));
  expect(record.verdict).toBe('proved');
  expect(screen.app.modal).toBeNull();
});

test('a blocker after the act interrupts with the input pending; resumed, it is proved', async () => {
  const { screen, engine, transition } = rig();
  screen.answers.push((effect, { clock, app }) => {
    app.modal = 'notice';
    clock.after(300, effect);
  });
  const outcome = await transition();
  expect(outcome).toMatchObject({ kind: 'interrupted', interruption: { kind: 'blocked', by: 'notice' } });
  const pending = pendingOf(outcome);
  screen.app.modal = null;
  const interruptions = [{ kind: 'blocked', by: 'notice' } as const];
  const { record } = verdictOf(await engine.resume({ ...pending, interruptions }));
  expect(record).toMatchObject({ verdict: 'proved', units: 1, interruptions });
  expect(record.captures).toBe(6);
  expect(screen.clicks).toHaveLength(1);
});

test('an effect that came while interrupted raises no timeout', async () => {
  const { screen, engine, clock, transition } = rig();
  screen.answers.push((_, { app }) => (app.modal = 'notice'));
  const pending = pendingOf(await transition());
  screen.app.modal = null;
  await clock.advance(5000);
  screen.app.rows.shift();
  const interruptions = [{ kind: 'blocked', by: 'notice' } as const];
  expect(verdictOf(await engine.resume({ ...pending, interruptions })).record).toMatchObject({
    verdict: 'proved',
    degraded: false,
  });
  screen.answers.push(never);
  const { record } = verdictOf(await transition());
  expect(record.instants.decidedMs).toBeLessThan(4300);
});

test('a page lost after the click leaves it pending; the new page’s frames decide', async () => {
  const { screen, engine, transition } = rig();
  screen.answers.push((effect) => {
    effect();
    screen.crash();
  });
  const outcome = await transition();
  expect(outcome).toMatchObject({
    kind: 'interrupted',
    interruption: { kind: 'lost', by: 'PXP_CDP_CRASHED' },
  });
  const pending = pendingOf(outcome);
  screen.restart();
  // Of the page that is gone nothing can be proved by another page's frames …
  const { record } = verdictOf(await engine.resume(pending));
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'frame-of-another-target' });
  // … until the caller says that every frame counts.
  expect(verdictOf(await engine.resume({ ...pending, scope: null })).record.verdict).toBe('proved');
});

test('a page lost before the click leaves nothing pending', async () => {
  const { screen, transition } = rig();
  screen.fault = () => 'crashed';
  expect(await transition()).toMatchObject({
    kind: 'interrupted',
    interruption: { kind: 'lost', by: 'PXP_CDP_CRASHED' },
    pending: null,
  });
});

test('a frame of before the click never proves it, whatever it shows', async () => {
  const stale = rig();
  stale.screen.fault = ({ clicks }) => (clicks > 0 ? 'stale' : undefined);
  const { record } = verdictOf(await stale.transition());
  expect(record).toMatchObject({ verdict: 'ambiguous', reason: 'frame-before-input', proof: null, units: 0 });
  const fresh = rig();
  fresh.screen.fault = ({ clicks, capture }) => (clicks > 0 && capture < 10 ? 'stale' : undefined);
  const proved = verdictOf(await fresh.transition()).record;
  expect(proved.verdict).toBe('proved');
  expect(proved.instants.firstProvedMs).toBeGreaterThanOrEqual(10 * 20);
});

test.each<[string, Step]>([
  ['a state that is there', { ...nowhere, proves: tabActive('open') }],
  ['a state, or a change', { ...nowhere, proves: any(rowAdvanced('list'), tabActive('open')) }],
  ['nothing but stillness', { ...nowhere, proves: unchanged('header') }],
  ['a state and stillness', { ...nowhere, proves: all(tabActive('open'), unchanged('header')) }],
  ['no change', { ...nowhere, proves: not(changed('status')) }],
])('a proof that holds beforehand is refused: %s', async (_, step) => {
  const { screen, intents, transition } = rig();
  expect(await transition(step)).toMatchObject({ kind: 'refused', reason: 'vacuous-proof' });
  expect([screen.clicks, intents]).toEqual([[], []]);
});

test('an idempotent step whose proof holds is done already', async () => {
  const { screen, transition } = rig({ app: { tab: 'done' } });
  expect(await transition(openDone)).toMatchObject({ kind: 'already', judgement: { truth: 'holds' } });
  expect(screen.clicks).toEqual([]);
});

test('a disabled target is waited for', async () => {
  const { screen, clock, transition } = rig({ app: { enabled: false } });
  clock.after(1000, () => (screen.app.enabled = true));
  const { record } = verdictOf(await transition());
  expect(record.verdict).toBe('proved');
  expect(screen.clicks).toHaveLength(1);
});

test('a target that stays disabled is refused with a picture, after a while', async () => {
  const { screen, clock, transition } = rig({ app: { enabled: false } });
  const outcome = await transition();
  expect(outcome).toMatchObject({ kind: 'refused', reason: 'action-disabled' });
  expect(outcome.kind === 'refused' && outcome.picture).toBeTruthy();
  expect(screen.clicks).toEqual([]);
  expect(clock.nowMs()).toBeGreaterThan(6000);
});

test('what changes between the look and the click is looked at again before anything is sent', async () => {
  const { screen, engine, request } = rig({ app: { rows: [1, 2, 3] } });
  const journal = request(collect).journal;
  const outcome = await engine.transition({
    ...request(collect),
    journal: {
      async intend(intent) {
        // An earlier click takes effect after all, while this one's intent is written.
        screen.app.rows.shift();
        return journal.intend(intent);
      },
    },
  });
  expect(outcome).toMatchObject({
    ...{ kind: 'stale', intentId: 'i1', reason: 'screen-changed' },
    change: {
      where: expect.stringMatching(/^\d+x\d+ at \d+,\d+ in list$/) as string,
      before: { kind: 'before' },
    },
  });
  expect(outcome.kind === 'stale' && outcome.change?.after.bytes.length).toBeGreaterThan(0);
  expect(screen.clicks).toEqual([]);
});

test('a caret that blinks between the look and the click is waited for, and the intent stands', async () => {
  const { clock, screen, intents, engine, request } = rig({ app: { rows: [1, 2, 3], caret: true } });
  const { journal } = request(collect);
  const intend: typeof journal.intend = async (intent) => {
    const written = await journal.intend(intent);
    await clock.sleep(500);
    return written;
  };
  const outcome = verdictOf(await engine.transition({ ...request(collect), journal: { intend } }));
  expect(outcome.record).toMatchObject({ verdict: 'proved', units: 1 });
  expect([screen.clicks, intents]).toMatchObject([{ length: 1 }, { length: 1 }]);
});

test('a page that is lost between the look and the click leaves the intent withdrawn', async () => {
  const { screen, engine, request } = rig();
  const journal = request(collect).journal;
  const intend: typeof journal.intend = (intent) => {
    screen.crash();
    return journal.intend(intent);
  };
  expect(await engine.transition({ ...request(collect), journal: { intend } })).toEqual({
    ...{ kind: 'stale', intentId: 'i1', reason: 'lost', change: null },
  });
  expect(screen.clicks).toEqual([]);
});

test('the pointer is parked after a click, when the calibration says where', async () => {
  const parked: unknown[] = [];
  const { screen, transition } = rig({
    calibration: { ...scriptedCalibration(), park: { x: 3, y: 4 } },
  });
  const actuator = screen.actuator.bind(screen);
  screen.actuator = () => ({
    ...actuator(),
    move: async (point) => {
      parked.push([point, screen.clicks.length]);
      throw new Error('a pointer that cannot be parked is no reason to fail');
    },
  });
  expect(verdictOf(await transition()).record.verdict).toBe('proved');
  expect(parked).toEqual([[{ x: 3, y: 4 }, 1]]);
});

test('a retry whose earlier click took effect late clicks nothing', async () => {
  const { screen, transition } = rig();
  screen.answers.push(never);
  const first = verdictOf(await transition());
  screen.app.rows.shift();
  const second = verdictOf(
    await transition(collect, { intentId: 'i2', attempt: 2, previous: first.pending }),
  );
  expect(second.late).toBe(true);
  expect(second.record).toMatchObject({ intentId: 'i1', attempt: 1, verdict: 'proved', degraded: true });
  expect(screen.clicks).toHaveLength(1);
});

test('a retry that finds something else than its picture before, and not the proof, clicks nothing either', async () => {
  const { screen, transition } = rig();
  screen.answers.push(never);
  const { pending: previous } = verdictOf(await transition());
  screen.app.rows.splice(0, 2);
  const { record, late } = verdictOf(await transition(collect, { attempt: 2, previous }));
  expect([late, record.verdict]).toEqual([true, 'wrong-effect']);
  expect(screen.clicks).toHaveLength(1);
});

test('a retry acts on a look of now, not on the one that made it doubt', async () => {
  const { screen, clock, intents, transition } = rig();
  const again: Step = { ...collect, effect: 'idempotent' };
  screen.answers.push(never);
  const { pending: previous } = verdictOf(await transition(again));
  // Something flickers when the retry first looks; by the time the earlier click is judged, it is gone.
  screen.app.status = 7;
  clock.after(200, () => (screen.app.status = 0));
  const { record } = verdictOf(await transition(again, { attempt: 2, previous }));
  expect(record).toMatchObject({ verdict: 'proved', attempt: 2 });
  expect(intents[1].before.bytes).toEqual(intents[0].before.bytes);
  expect(record.change.unexplained).toBe(0);
});

test('attempts go through the fallback points, which is degraded', async () => {
  const { screen, transition } = rig();
  const first = verdictOf(await transition(openDone)).record;
  expect(first).toMatchObject({ degraded: false, action: { foundBy: 'point', point: { x: 216, y: 48 } } });
  screen.app.tab = 'open';
  const second = verdictOf(await transition(openDone, { attempt: 2 })).record;
  expect(second).toMatchObject({
    verdict: 'proved',
    degraded: true,
    action: { foundBy: 'fallback', point: { x: 170, y: 48 } },
  });
});

test('an abort ends the watch at once, with no further captures', async () => {
  const { screen, clock, transition } = rig();
  const stop = new AbortController();
  screen.answers.push((_, { clock }) => clock.after(1000, () => stop.abort()));
  await expect(transition(collect, { signal: stop.signal })).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  const { captures } = screen;
  expect(captures).toBeGreaterThan(10);
  await clock.advance(10_000);
  expect(screen.captures).toBe(captures);
});

test('an abort while waiting for a target clicks nothing', async () => {
  const { screen, clock, transition } = rig({ app: { enabled: false } });
  const stop = new AbortController();
  clock.after(500, () => stop.abort());
  await expect(transition(collect, { signal: stop.signal })).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  expect(screen.clicks).toEqual([]);
});

test('no click is sent when the journal cannot keep the intent', async () => {
  const { screen, transition } = rig();
  const journal = { intend: () => Promise.reject(new PixelproofError('PXP_STORE', 'the disk is full')) };
  await expect(transition(collect, { journal })).rejects.toMatchObject({ code: 'PXP_STORE' });
  expect(screen.clicks).toEqual([]);
});

test('pictures and intent are durable before the click leaves', async () => {
  const { screen, clock, transition } = rig();
  const calls: string[] = [];
  const answer: Answer = (effect) => {
    calls.push('click');
    effect();
  };
  screen.answers.push(answer);
  await transition(
    { ...collect, evidence: ['list.row', 'status'] },
    {
      journal: {
        async intend({ before, evidence, action, region }) {
          calls.push(`intend ${screen.clicks.length}`);
          expect(evidence.map(({ rect }) => rect)).toEqual([
            { x: 16, y: 80, width: 448, height: 32 },
            { x: 16, y: 288, width: 200, height: 24 },
          ]);
          expect(before.rect).toEqual(region);
          expect(before.bytes).toEqual(drawApp(screen.app, 0, region).png);
          expect(action).toMatchObject({ kind: 'click', point: { x: 424, y: 94 } });
          await clock.sleep(250);
          calls.push('durable');
          return { before: store(before, 'before'), behind: null, evidence: [] };
        },
      },
    },
  );
  expect(calls).toEqual(['intend 0', 'durable', 'click']);
});

test('what is secret is black in every picture that leaves the engine', async () => {
  const masks = '{ rect: [16, 288, 200, 24], why: secret }';
  const { intents, transition } = rig({ masks });
  const outcome = verdictOf(await transition({ ...collect, evidence: ['status', 'list.row'] }));
  const [{ before, evidence }] = intents;
  for (const { bytes, rect } of [before, outcome.after!, evidence[0]]) {
    const { image } = decode(bytes, { what: 'picture' });
    const inside = [20, 100, 215].map((x) => image.data.slice(at4(x, 300), at4(x, 300) + 4).join());
    expect(inside).toEqual(['0,0,0,255', '0,0,0,255', '0,0,0,255']);

    function at4(x: number, y: number): number {
      return 4 * ((y - rect.y) * image.width + x - rect.x);
    }
  }
  expect(decode(evidence[1].bytes, { what: 'row' }).image.data).toEqual(
    drawApp({ ...rig().screen.app }, 0, evidence[1].rect).image.data,
  );
});

test('equal bytes are decoded once', async () => {
  const { screen, transition, timings } = rig();
  screen.answers.push(at(400));
  await transition();
  expect(screen.captures).toBeGreaterThan(10);
  expect(screen.decodes).toBe(2);
  expect(timings.filter(({ stage }) => stage === 'decode')).toHaveLength(2);
});

test('a caret that was learned as ambient neither proves nor disturbs', async () => {
  const proves = changed('header', { atLeast: 0 });
  const untaught = rig({ app: { caret: true } });
  expect(verdictOf(await untaught.transition({ ...nowhere, proves })).record.verdict).not.toBe('no-effect');
  const { screen, engine, transition } = rig({ app: { caret: true } });
  const { share } = await engine.learnAmbient();
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.01);
  const idle = verdictOf(await transition({ ...nowhere, proves })).record;
  expect(idle).toMatchObject({ verdict: 'no-effect', change: { bbox: null } });
  screen.answers.push(twice);
  expect(verdictOf(await transition()).record).toMatchObject({ verdict: 'wrong-effect' });
});

test('what moves over much of the screen is learned when it goes on, as a game does, not when a page loads in stages', async () => {
  const learned = async (times: number, everyMs: number): Promise<number> => {
    const { screen, engine, clock } = rig();
    for (let i = 1; i <= times; i++) {
      clock.after(everyMs * i, () => {
        screen.app.rows = [10, 11, 12, 13, 14, 15].map((row) => row + 10 * (i % 2));
      });
    }
    return (await engine.learnAmbient()).share;
  };
  expect(await learned(5, 330)).toBe(0);
  expect(await learned(12, 60)).toBe(0);
  expect(await learned(30, 150)).toBeGreaterThan(0.25);
});

test('what moves seldom is learned as long as more is found', async () => {
  const { screen, engine, clock } = rig();
  const startedAt = clock.nowMs();
  // A part every second, four of them, the last ones after the usual watch has ended.
  for (const ms of [1000, 2000, 3000, 4000]) clock.after(ms, () => (screen.app.field += 'abcdefg'));
  const { share } = await engine.learnAmbient();
  expect(clock.nowMs() - startedAt).toBeGreaterThan(4000);
  expect(clock.nowMs() - startedAt).toBeLessThan(6200);
  const still = rig();
  const stillFrom = still.clock.nowMs();
  expect((await still.engine.learnAmbient()).share).toBe(0);
  expect(still.clock.nowMs() - stillFrom).toBeLessThan(2000);
  expect(share).toBeGreaterThan(0);
});

test('the calibration is held against the screen', async () => {
  const plain = await rig().engine.check(visible('title'));
  expect(plain.broken).toEqual([]);
  expect(plain.assumptions.find(({ name }) => name === 'swatches.tab.open')).toMatchObject({ state: 'held' });
  const calibration = scriptedCalibration();
  const title = calibration.anchor('title');
  const anchors = new Map([['title', { ...title, rect: { ...title.rect, x: title.rect.x + 12 } }]]);
  const { broken, picture } = await rig({ calibration: { ...calibration, anchors } }).engine.check(
    visible('title'),
  );
  expect(broken).toMatchObject([{ name: 'anchors.title', state: 'drifted', foundRect: title.rect }]);
  expect(picture.rect).toEqual({ x: 0, y: 0, width: 480, height: 320 });
});

test('of a failed step only what it goes by is explained, and an anchor it does not go by may be elsewhere', async () => {
  const calibration = scriptedCalibration();
  const far = { ...calibration.anchor('title'), dhash: 'ff00ff00ff00ff00', maxDistance: 4 };
  const anchors = new Map([['title', far]]);
  const { engine } = rig({ calibration: { ...calibration, anchors, anchor: () => far } });
  const stateOf = ({ assumptions }: CalibrationCheck) =>
    assumptions.find(({ name }) => name === 'anchors.title')?.state;
  const collected = await engine.check(collect);
  expect([stateOf(collected), collected.broken]).toEqual(['not-visible', []]);
  const titled = await engine.check({ ...collect, blockedBy: [gone('title')] });
  expect([stateOf(titled), titled.broken.map(({ name }) => name)]).toEqual(['broken', ['anchors.title']]);
  const pressed = await engine.check({
    ...collect,
    act: press('Enter'),
    proves: changed('status'),
    keep: [],
  });
  expect(pressed.broken).toEqual([]);
});

test('a caret that the calibration calls ambient needs no learning', async () => {
  const { transition } = rig({ app: { caret: true }, masks: '{ rect: [400, 8, 2, 16], why: ambient }' });
  const step: Step = { ...nowhere, proves: changed('header', { atLeast: 0 }) };
  expect(verdictOf(await transition(step)).record).toMatchObject({
    verdict: 'no-effect',
    change: { bbox: null },
  });
});

test.each([2000, 2100, 2200, 2300, 2400, 2500])(
  'ambient motion %i ms long does not make a settled wrong effect look unsettled',
  async (timeoutMs) => {
    const { screen, engine, transition } = rig({ app: { caret: true } });
    await engine.learnAmbient();
    screen.answers.push(twice);
    expect(verdictOf(await transition({ ...collect, timeoutMs })).record.verdict).toBe('wrong-effect');
  },
);

test('a screen that goes on changing is not settled', async () => {
  const { screen, clock, transition } = rig();
  const tick = (): void => {
    screen.app.status += 1;
    clock.after(50, tick);
  };
  screen.answers.push(tick);
  const short: Step = { ...collect, effect: 'idempotent', timeoutMs: 500 };
  expect(verdictOf(await transition(short)).record).toMatchObject({
    verdict: 'ambiguous',
    reason: 'not-settled',
  });
});

test('a stored intent is judged by another engine', async () => {
  const died = rig();
  died.screen.answers.push((effect) => {
    effect();
    died.screen.crash();
  });
  const pending = pendingOf(await died.transition());
  const stored = { ...pending, sentAtMs: -60_000, before: died.intents[0].before.bytes, behind: null };
  for (const [rows, expected] of [
    [[2, 3, 4], 'proved'],
    [[1, 2, 3, 4], 'no-effect'],
    [[3, 4], 'wrong-effect'],
  ] as const) {
    const { engine } = rig({ app: { rows: [...rows] } });
    const { record } = verdictOf(await engine.resume(engine.recall(stored)));
    expect(record).toMatchObject({
      verdict: expected,
      intentId: 'i1',
      interruptions: [{ kind: 'lost', by: 'process' }],
      degraded: false,
    });
  }
});

test('what was blacked out in a stored picture is no change', async () => {
  const masks = '{ rect: [16, 288, 200, 24], why: secret }';
  const step: Step = { ...nowhere, proves: changed('status', { atLeast: 0 }) };
  const died = rig({ masks });
  died.screen.answers.push(() => died.screen.crash());
  const pending = pendingOf(await died.transition(step));
  const { engine } = rig({ masks });
  const recalled = engine.recall({
    ...pending,
    sentAtMs: -60_000,
    before: died.intents[0].before.bytes,
    behind: null,
  });
  expect(verdictOf(await engine.resume(recalled)).record.verdict).not.toBe('proved');
});

test('see answers what the screen shows, and a blocker first', async () => {
  const { engine, screen } = rig();
  expect(await engine.see(tabActive('open'))).toMatchObject({ seen: { truth: 'holds' } });
  expect(screen.captures).toBe(1);
  screen.app.modal = 'notice';
  expect(await engine.see(tabActive('open'))).toEqual({ kind: 'blocked', by: 'notice' });
  expect(await engine.see(tabActive('open'), { watchBlockers: false })).toMatchObject({ kind: 'seen' });
});

test('see looks again while it is unsure, and in the end says so', async () => {
  const { engine, clock, screen } = rig({ app: { rows: [], modal: 'confirm' } });
  clock.after(1000, () => (screen.app.modal = null));
  expect(await engine.see(listEmpty('list'))).toMatchObject({ seen: { truth: 'holds' } });
  screen.app.modal = 'confirm';
  const startedAt = clock.nowMs();
  expect(await engine.see(listEmpty('list'), { timeoutMs: 1000 })).toMatchObject({
    seen: { truth: 'unsure', reason: 'covered-by-modal' },
  });
  expect(clock.nowMs() - startedAt).toBeGreaterThanOrEqual(1000);
});

test('see is sure of a mark whose place is blank, on a screen that is not', async () => {
  const { engine, screen } = rig({ app: { rows: [] } });
  const look = async (): Promise<unknown> => engine.see(modalOpen('confirm'), { watchBlockers: false });
  expect(await look()).toMatchObject({ seen: { truth: 'fails' } });
  screen.fault = () => 'black';
  expect(await look()).toMatchObject({ seen: { truth: 'unsure', reason: 'flat-frame' } });
});

test('a unit is counted by the part of the proof that says so', async () => {
  const proves = any(rowAdvanced('list'), modalOpen('confirm'));
  const step: Step = { ...collect, proves, unit: rowAdvanced('list') };
  const { screen, transition } = rig();
  expect(verdictOf(await transition(step)).record).toMatchObject({ verdict: 'proved', units: 1 });
  screen.answers.push((_, { app }) => (app.modal = 'confirm'));
  expect(verdictOf(await transition(step)).record).toMatchObject({ verdict: 'proved', units: 0 });
});

describe('a list that a popup covers', () => {
  const ask: Step = { ...collect, proves: modalOpen('confirm'), unit: undefined };
  const confirm: Step = {
    ...collect,
    act: click('popup.close'),
    proves: all(modalClosed('confirm'), rowAdvanced('list')),
  };
  const calibrationOf = (cover: (list: Rect) => Rect): ReturnType<typeof scriptedCalibration> => {
    const calibration = scriptedCalibration();
    const box = cover(calibration.list('list').rect);
    const modals = new Map([...calibration.modals].map(([name, modal]) => [name, { ...modal, box }]));
    return { ...calibration, modals, modal: (name) => modals.get(name)! };
  };
  const opened = (cover: (list: Rect) => Rect = (list) => list) => {
    const made = rig({ calibration: calibrationOf(cover), blockers: {} });
    const answer = (changes: Partial<AppState>): void => {
      made.screen.answers.push((_, { app }) => Object.assign(app, changes));
    };
    const recordOf = async (step: Step) => verdictOf(await made.transition({ ...step, evidence: [] })).record;
    return { ...made, answer, recordOf };
  };
  /** Too little beside the popup to read rows in, enough to compare them. */
  const narrow = ({ y, height }: Rect): Rect => ({ x: 123, y, width: 234, height });

  test.each([
    ['proved', 'holds', 'advanced-by-1-behind', [3, 4]],
    ['wrong-effect', 'fails', 'list-unchanged-behind', [2, 3, 4]],
    ['wrong-effect', 'fails', 'advanced-by-2-behind', [4]],
  ])('is held against the screen it was opened on: %s (%s %s)', async (verdict, truth, reason, rows) => {
    const { recordOf, answer, intents } = opened();
    // A row that went before is not one that goes now.
    await recordOf(collect);
    answer({ modal: 'confirm' });
    await recordOf(ask);
    answer({ modal: null, rows });
    const record = await recordOf(confirm);
    expect(record).toMatchObject({ verdict, behind: store(intents[1].before, 'before') });
    expect(record.proof?.parts?.[1]).toMatchObject({ truth, reason });
    expect(intents[2].behind).toEqual(record.behind);
  });

  test('a click that did nothing proves nothing of what the one before it did', async () => {
    const { recordOf, answer, screen } = opened(narrow);
    answer({ modal: 'confirm', rows: [2, 3, 4] });
    await recordOf(ask);
    screen.answers.push(never);
    const { verdict, behind } = await recordOf({ ...confirm, proves: rowAdvanced('list') });
    expect(behind).not.toBeNull();
    expect(verdict).toBe('ambiguous');
  });

  test('what a step has proved is not proved again by the next one', async () => {
    const { recordOf, answer } = opened(narrow);
    answer({ modal: 'confirm', rows: [2, 3, 4] });
    expect(await recordOf(collect)).toMatchObject({ verdict: 'proved', units: 1 });
    answer({ modal: null });
    expect(await recordOf(confirm)).toMatchObject({ verdict: 'ambiguous', behind: null });
  });

  test.each<['confirm' | 'notice', string]>([
    ['confirm', 'by itself'],
    ['notice', 'in place of the one that was opened'],
  ])('is not known where %s came %s', async (modal) => {
    const { recordOf, answer, screen, engine } = opened();
    answer({ modal: 'confirm' });
    await recordOf(ask);
    screen.app.rows = [2, 3, 4];
    if (modal === 'confirm') {
      screen.app.modal = null;
      await engine.see(modalClosed('confirm'));
    }
    screen.app.modal = modal;
    answer({ modal: null });
    const proves = all(modalClosed(modal), rowAdvanced('list'));
    expect(await recordOf({ ...confirm, proves })).toMatchObject({ verdict: 'ambiguous', behind: null });
  });

  test('is not known after an input of which nobody knows what it did', async () => {
    const { transition, recordOf, answer, screen } = opened();
    answer({ modal: 'confirm' });
    await recordOf(ask);
    screen.answers.push((_, { app }) => {
      Object.assign(app, { rows: [2, 3, 4] });
      screen.crash();
    });
    pendingOf(await transition({ ...confirm, evidence: [] }));
    screen.restart();
    answer({ modal: null });
    expect(await recordOf(confirm)).toMatchObject({ verdict: 'ambiguous', behind: null });
  });

  test('is read in the picture before where that can be', async () => {
    const { recordOf, answer, screen } = opened(({ y, height }) => ({ x: 200, y, width: 100, height }));
    answer({ modal: 'confirm' });
    await recordOf(ask);
    screen.app.rows = [4, 3, 2];
    answer({ modal: null, rows: [2, 3, 4] });
    const { verdict, behind } = await recordOf(confirm);
    expect(behind).not.toBeNull();
    expect(verdict).not.toBe('proved');
  });

  test('is decided again from the stored pictures', async () => {
    const { engine, transition, answer, intents, recordOf } = opened();
    answer({ modal: 'confirm' });
    await recordOf(ask);
    answer({ modal: null, rows: [2, 3, 4] });
    const outcome = verdictOf(await transition({ ...confirm, evidence: [] }));
    const { bytes } = intents[1].before;
    const behind = intents[0].before.bytes;
    const record = { ...outcome.record, after: store(outcome.after!, 'after') };
    const stored = { record, step: confirm, before: bytes, after: outcome.after!.bytes };
    expect(engine.redecide({ ...stored, behind })).toMatchObject({ verdict: 'proved' });
    expect(engine.redecide({ ...stored, behind: null })).toMatchObject({ verdict: 'ambiguous' });
    const recalled = engine.recall({ ...outcome.pending, before: bytes, behind });
    expect(recalled.behind?.image.data).toEqual(outcome.pending.behind?.image.data);
  });
});

describe('what moves by itself', () => {
  const header: Step = {
    ...collect,
    act: click('nowhere'),
    proves: changed('header', { atLeast: 0.0001 }),
    unit: undefined,
  };

  test.each([header.proves, not(unchanged('header'))])(
    'a caret that begins to blink after the click is no effect of it',
    async (proves) => {
      const { clock, screen, engine, transition } = rig();
      await engine.learnAmbient();
      // On from the click on, for 500 ms.
      await clock.sleep(1050 - (clock.nowMs() % 1060));
      screen.answers.push((_, { app }) => (app.caret = true));
      expect(verdictOf(await transition({ ...header, proves })).record.verdict).toBe('ambiguous');
    },
  );

  test('what comes while it is watched whether that goes on is no reason to say that nothing happened', async () => {
    const { clock, screen, engine, transition } = rig({ app: { caret: true }, blockers: {} });
    await engine.learnAmbient();
    await clock.sleep(1070 - (clock.nowMs() % 1060));
    screen.answers.push((_, { app }) => {
      app.caret = false;
      clock.after(4600, () => (app.modal = 'notice'));
    });
    expect(verdictOf(await transition(header)).record.verdict).toBe('ambiguous');
  });

  test('a page that is lost meanwhile says nothing', async () => {
    const { clock, screen, engine, transition } = rig({ app: { caret: true }, blockers: {} });
    await engine.learnAmbient();
    await clock.sleep(1070 - (clock.nowMs() % 1060));
    screen.answers.push((_, { app }) => {
      app.caret = false;
      clock.after(4600, () => screen.crash());
    });
    expect(verdictOf(await transition(header)).record.verdict).toBe('ambiguous');
  });

  test('one that stops where the proof looks may be the effect: nothing happened is not said', async () => {
    const { clock, screen, engine, transition } = rig({ app: { caret: true } });
    await engine.learnAmbient();
    // The picture before shows the caret.
    await clock.sleep(1070 - (clock.nowMs() % 1060));
    screen.answers.push((_, { app }) => (app.caret = false), never);
    const stopped = verdictOf(await transition(header)).record;
    expect(stopped).toMatchObject({ verdict: 'ambiguous', reason: 'ambient-covers' });
    screen.app.caret = true;
    expect(verdictOf(await transition(header)).record).toMatchObject({ verdict: 'no-effect' });
  });
});

describe('decided again from its pictures', () => {
  const cases: [string, Answer | undefined, Step][] = [
    ['proved', undefined, collect],
    ['no-effect', never, collect],
    ['wrong-effect', twice, collect],
    ['ambiguous', undefined, { ...collect, proves: changed('header') }],
  ];

  test.each(cases)('%s stays what it was, with no screen', async (verdict, answer, step) => {
    const { screen, engine, transition } = rig({ app: { caret: true } });
    const { tiles } = await engine.learnAmbient();
    if (answer !== undefined) screen.answers.push(answer);
    const { record, after } = verdictOf(await transition({ ...step, evidence: [] }));
    if (verdict !== 'ambiguous') expect(record.verdict).toBe(verdict);
    const later = createVisualEngine({
      ...{ screen: { source: nothing, actuator: nothing }, clock: screen.clock, blockers: new Map() },
      ...{ calibration: scriptedCalibration(), ambientTiles: tiles },
    });
    const before = drawApp({ ...rig().screen.app, caret: true }, 0, record.region).png;
    const stored = { record: { ...record, after: record.before }, before, behind: null, after: after!.bytes };
    expect(later.redecide({ ...stored, step }).verdict).toBe(record.verdict);
    const otherwise = later.redecide({ ...stored, step: { ...step, proves: tabActive('done') } });
    expect(otherwise).toMatchObject({ proof: { predicate: 'tabActive(done)', truth: 'fails' } });
    expect(otherwise.verdict).not.toBe('proved');
  });

  test('blocked stays blocked while the picture shows what blocks, by whichever blocker there is today', async () => {
    const { screen, engine, transition } = rig();
    const { record, after } = verdictOf(await transition({ ...collect, evidence: [] }));
    const before = drawApp({ ...screen.app, rows: [1, 2, 3, 4] }, 0, record.region).png;
    const redecided = (picture: Uint8Array, step: Partial<Step> = {}) =>
      engine.redecide({
        record: { ...record, verdict: 'blocked', after: record.before },
        step: { ...collect, ...step },
        ...{ before, behind: null, after: picture },
      });
    const popup = (modal: AppState['modal']) => drawApp({ ...screen.app, modal }, 0, record.region).png;
    expect(redecided(popup('notice'))).toMatchObject({ verdict: 'blocked', reason: 'notice' });
    const own = { blockedBy: [modalOpen('confirm')] };
    expect(redecided(popup('confirm'), own)).toMatchObject({
      verdict: 'blocked',
      reason: 'modalOpen(confirm)',
    });
    expect(redecided(after!.bytes).verdict).not.toBe('blocked');
  });

  test('ambient tiles of another viewport are refused', () => {
    const { screen } = rig();
    expect(() =>
      createVisualEngine({
        ...{ screen, clock: screen.clock, blockers: new Map() },
        ...{ calibration: scriptedCalibration(), ambientTiles: 'AAAA' },
      }),
    ).toThrow(expect.objectContaining({ code: 'PXP_USAGE' }));
  });
});

const nothing = (): never => {
  throw new Error('no screen is looked at');
};

test('the last row goes and leaves its list in one tone: what surrounds the list tells that from a blank screen', async () => {
  const whole = scriptedCalibration();
  const { rect, ...rest } = whole.list('list');
  const list = { ...rest, rect: { ...rect, height: 192 } };
  const calibration = { ...whole, list: () => list, lists: new Map([['list', list]]), modals: new Map() };
  const { screen, transition } = rig({ app: { rows: [1] }, blockers: {}, calibration });
  const { record } = verdictOf(await transition({ ...collect, keep: [] }));
  expect(screen.app.rows).toEqual([]);
  expect(record).toMatchObject({ verdict: 'proved', reason: 'advanced-by-1', units: 1 });
});

test('a hover and a drag are proved like clicks, by what they did', async () => {
  const { screen, transition, intents } = rig();
  const hovered = verdictOf(await transition({ ...openDone, act: hover('tab.done') })).record;
  await transition({ ...openDone, act: click('tab.open'), proves: tabActive('open') });
  const dragged = verdictOf(
    await transition({ ...collect, act: drag('list.action', { to: 'nowhere' }) }),
  ).record;
  expect([hovered, dragged].map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['proved', 'active'],
    ['proved', 'advanced-by-1'],
  ]);
  expect(screen.inputs).toEqual(['hover 216,48', 'drag 424,94 to 470,60']);
  expect(intents.map(({ action }) => action.kind)).toEqual(['hover', 'click', 'drag']);
});

test('a popup nobody calibrated is still one after the step that proved it open, until it is closed', async () => {
  const { screen, engine, transition } = rig({ blockers: {} });
  await engine.learnAmbient();
  const isOpen = async () => {
    const sight = await engine.see(modalOpen());
    return sight.kind === 'seen' ? sight.seen.reason : sight.kind;
  };
  screen.answers.push((_, { app }) => (app.modal = 'stranger'));
  const opened = await transition({ ...openDone, act: click('nowhere'), proves: modalOpen() });
  expect(verdictOf(opened).record).toMatchObject({ verdict: 'proved', reason: 'open-unknown' });
  expect(await isOpen()).toBe('open-unknown');
  // A step that proves something else does not make it part of the page.
  screen.answers.push((_, { app }) => (app.status += 1));
  const proves = changed('status', { atLeast: 0.001 });
  expect(verdictOf(await transition({ ...openDone, act: click('nowhere'), proves })).record.verdict).toBe(
    'proved',
  );
  expect(await isOpen()).toBe('open-unknown');
  expect((await transition({ ...collect, blockedBy: [modalOpen()] })).kind).toBe('interrupted');
  screen.answers.push((_, { app }) => (app.modal = null));
  expect(
    verdictOf(await transition({ ...openDone, act: press('Escape'), proves: modalClosed() })).record,
  ).toMatchObject({ verdict: 'proved', reason: 'none-open' });
  expect(await isOpen()).toBe('none-open');
});

test.each([
  ['a row', { rows: [2, 3, 4] }],
  ['another tab', { tab: 'done' }],
  ['all rows', { rows: [] }],
] as const)('a popup nobody calibrated is still one when the page below it changes: %s', async (_, below) => {
  for (const blockers of [{}, { popup: modalOpen() }] as Record<string, Evidence>[]) {
    const { screen, engine, transition } = rig({ blockers });
    await engine.learnAmbient();
    screen.answers.push((_effect, { app }) => (app.modal = 'stranger'));
    const opens = { ...openDone, act: click('nowhere'), proves: modalOpen() };
    await transition(opens, { recovering: 'popup' });
    screen.answers.push((_effect, { app }) => Object.assign(app, below));
    const changes = { ...openDone, act: click('nowhere'), proves: changed('list', { atLeast: 0.001 }) };
    const { record } = verdictOf(await transition(changes, { recovering: 'popup' }));
    expect(record.verdict).toBe('proved');
    const sent = screen.clicks.length;
    const next = await transition({ ...openDone, act: click('nowhere'), blockedBy: [modalOpen()] });
    expect(next.kind).toBe('interrupted');
    expect(screen.clicks).toHaveLength(sent);
    // And it is not called closed without anything being pressed.
    const dismiss = { ...openDone, act: press('Escape'), proves: modalClosed() };
    screen.answers.push(never);
    const { record: kept } = verdictOf(await transition(dismiss, { recovering: 'popup' }));
    expect(screen.inputs).toEqual(['press Escape']);
    expect(['no-effect', 'ambiguous']).toContain(kept.verdict);
  }
});

test('where a popup nobody calibrated may lie over a page that changed, it is not called closed already', async () => {
  const { screen, engine, transition } = rig({ blockers: {} });
  await engine.learnAmbient();
  Object.assign(screen.app, { modal: 'stranger', rows: [2, 3, 4] });
  const sight = await engine.see(modalOpen(), { timeoutMs: 0 });
  expect(sight).toMatchObject({ seen: { truth: 'unsure', reason: 'unknown-maybe-open' } });
  screen.answers.push(never);
  const dismiss = { ...openDone, act: press('Escape'), proves: modalClosed() };
  const { record } = verdictOf(await transition(dismiss));
  expect([screen.inputs, record.verdict]).toEqual([['press Escape'], 'ambiguous']);
});

test.each([
  ['is proved gone', ({ app }) => (app.modal = null), 'proved', 'none-open'],
  ['that stays is not', () => undefined, 'no-effect', 'open-unknown'],
  [
    'that another one took the place of is not',
    ({ app }) => (app.modal = 'notice'),
    'wrong-effect',
    'open-notice',
  ],
] as [string, (screen: ScriptedScreen) => void, string, string][])(
  'a popup nobody calibrated %s, by the page that was seen below it',
  async (_, close, verdict, reason) => {
    const { screen, engine, transition, intents } = rig({ blockers: {} });
    await engine.learnAmbient();
    screen.app.modal = 'stranger';
    screen.answers.push((_effect, shown) => close(shown));
    const dismiss = { ...openDone, act: press('Escape'), proves: modalClosed() };
    const { record, after } = verdictOf(await transition(dismiss));
    expect([record.verdict, record.proof?.reason]).toEqual([verdict, reason]);
    const [{ before, behind }] = intents;
    if (behind === null || 'sha256' in behind) throw new Error('expected a picture of the page below');
    const stored = {
      record: { ...record, after: store(after!, 'after') },
      ...{ step: dismiss, before: before.bytes },
      behind: behind.bytes,
      after: after!.bytes,
    };
    expect(engine.redecide(stored).verdict).toBe(verdict);
  },
);

test('wheel, text and keys are sent like clicks, and their records say what was sent', async () => {
  const { screen, transition, intents } = rig({ app: { rows: [1, 2, 3, 4, 5, 6, 7, 8] } });
  const step = (act: Action, region: string): Step => ({
    ...{ act, proves: changed(region, { atLeast: 0.001 }), blockedBy: [], keep: [], effect: 'advance' },
  });
  const done = [
    await transition(step(scroll('list', { by: 64 }), 'list')),
    await transition(step(type('ab'), 'field')),
    await transition(step(type('hunter2', { secret: true }), 'field')),
    await transition(step(press('Escape'), 'field')),
  ].map((outcome) => verdictOf(outcome).record);
  expect(done.map(({ verdict }) => verdict)).toEqual(['proved', 'proved', 'proved', 'proved']);
  expect(screen.inputs).toEqual(['wheel 64 at 240,180', 'type ab', 'type hunter2', 'press Escape']);
  const actions = [
    { kind: 'scroll', target: 'list', by: 64, point: { x: 240, y: 180 }, box: { x: 16, y: 80 } },
    { kind: 'type', text: 'ab', length: 2 },
    { kind: 'type', text: null, length: 7 },
    { kind: 'press', key: 'Escape' },
  ];
  expect(done.map(({ action }) => action)).toMatchObject(actions);
  expect(intents.map(({ action }) => action)).toMatchObject(actions);
  expect(JSON.stringify([done, intents.map(({ action }) => action)])).not.toContain('hunter2');
});

test('a wheel at the end of a list is a no-effect', async () => {
  const { transition } = rig({ app: { rows: [1, 2, 3, 4, 5, 6, 7, 8], scrolled: 2 } });
  const act = scroll('list', { by: 64 });
  const outcome = await transition({ ...collect, act, proves: changed('list') });
  expect(verdictOf(outcome).record).toMatchObject({ verdict: 'no-effect', degraded: false });
});
