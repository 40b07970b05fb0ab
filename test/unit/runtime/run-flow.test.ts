import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PixelproofError } from '../../../src/core/index.js';
import { figures } from '../../../src/report/figures.js';
import type { Ui } from '../../../src/runtime/index.js';
import { type Where, listEmpty } from '../../../src/visual/index.js';
import { type Workplace, openWorkplace } from './open-run.js';
import {
  type Reaction,
  action,
  already,
  interruptedAfter,
  interruptedBefore,
  judged,
  lateProof,
  outcomeOf,
  picture,
  refused,
  verdict,
} from './scripted-engine.js';
import { testFlow } from './test-flow.js';

let place: Workplace;
beforeEach(async () => {
  place = await openWorkplace();
});
afterEach(() => place.dispose());

const look = async (ui: Ui) => {
  await ui.isEmpty('list');
};
const collect = (rows: number) => async (ui: Ui) => {
  await ui.step('openInbox');
  for (let row = 0; row < rows; row++) await ui.step('collectRow');
};

describe('a run that is done', () => {
  it('counts units, verdicts and times, and leaves nothing behind', async () => {
    const run = place.start(testFlow(collect(3)));
    run.engine.reactions.push(already);
    expect(await run.result).toEqual({
      runId: 'run-1',
      outcome: 'done',
      error: null,
      units: 3,
      reviews: 0,
      verdicts: { proved: 3 },
      cycleMs: [0, 0, 0],
      confirmMs: [30, 30, 30],
      placebo: null,
    });
    expect(run.log.filter((line) => /^(open|close|prepare|metric done)$/.test(line))).toEqual([
      'open',
      'prepare',
      'close',
      'metric done',
    ]);
    expect(place.clock.pending).toBe(0);
    await place.takeLease();
  });

  it('tells it in this order', async () => {
    const run = place.start(testFlow(collect(1)));
    await run.result;
    const events = await place.store.events('run-1');
    expect(events).toEqual(run.events);
    expect(events.map((event) => (event.type === 'run.state' ? event.state : event.type))).toEqual([
      'preparing',
      'ambient.learned',
      'running',
      'calibration.checked',
      ...['step.intent', 'step.verdict', 'step.intent', 'step.verdict'],
      'done',
    ]);
    expect(await place.store.run('run-1')).toMatchObject({ state: 'done', flow: 'test-flow', target: 'app' });
  });

  it('counts one verdict per intent: a late effect replaces the one that came too early', async () => {
    const run = place.start(testFlow((ui) => ui.step('collectRow').then(() => undefined)));
    run.engine.reactions.push(verdict('no-effect'), lateProof);
    expect(await run.result).toMatchObject({ outcome: 'done', units: 1, verdicts: { proved: 1 } });
  });

  describe('counts a unit once, as its report does,', () => {
    const collectOne = async (ui: Ui) => {
      await ui.step('collectRow');
    };
    const notice = { kind: 'blocked', by: 'notice' } as const;
    const removed = verdict('proved', { units: 1 });
    it.each<[string, Reaction[], number, number?]>([
      ['when the recovery within a step sees what the step did', [interruptedAfter(notice), removed], 1],
      ['when a recovery before the click did one more', [interruptedBefore(notice), removed], 2],
      [
        'when the record tells of both that the step and its recovery did',
        [interruptedAfter({ ...notice, proofHeld: true }), removed],
        2,
        2,
      ],
      [
        'when an attempt that was recovered from turns out late',
        [verdict('no-effect'), interruptedBefore(notice), removed, lateProof],
        1,
      ],
    ])('%s', async (_, reactions, units, resumed = 1) => {
      const run = place.start(testFlow(collectOne));
      run.engine.resumes.push((pending) => outcomeOf(pending, 'proved', { units: resumed }));
      run.engine.reactions.push(...reactions);
      expect(await run.result).toMatchObject({ outcome: 'done', units });
      const summary = await place.store.run('run-1');
      const numbers = figures({ run: summary!, events: run.events });
      expect(numbers.units).toBe(units);
      expect(numbers.transitions.reduce((sum, each) => sum + each.units, 0)).toBe(units);
    });

    it('when both were cut off, and are judged by the next run', async () => {
      const abort = new AbortController();
      const counting = (run: (ui: Ui) => Promise<void>) => {
        const flow = testFlow(run);
        const closeNotice = { ...flow.steps.closeNotice, effect: 'advance', unit: true } as const;
        return { ...flow, steps: { ...flow.steps, closeNotice } };
      };
      const first = place.start(counting(collectOne), { abort: abort.signal });
      first.engine.reactions.push(interruptedAfter(notice), async (request, click) => {
        await click(request);
        abort.abort();
        throw new PixelproofError('PXP_ABORTED', 'cut off');
      });
      expect(await first.result).toMatchObject({ outcome: 'cancelled', units: 0 });
      const next = place.start(counting(async () => {}));
      next.engine.resumes.push(
        (pending) => outcomeOf(pending, 'proved', { units: 1 }),
        (pending) => outcomeOf(pending, 'proved', { units: 1 }),
      );
      expect(await next.result).toMatchObject({ outcome: 'done', units: 1, verdicts: { proved: 2 } });
    });
  });

  it('keeps its outcome when something does not close, or the lease cannot be given back', async () => {
    const broken = () => Promise.reject(new PixelproofError('PXP_STORE', 'broken'));
    const store = new Proxy(place.store, {
      get(target, key) {
        if (key === 'releaseLease') return broken;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const run = place.start(testFlow(collect(1)), { store });
    run.session.prepare = async () => {};
    expect(await run.result).toMatchObject({ outcome: 'done', units: 1 });

    const next = place.start(testFlow(collect(1)), {
      isAlive: () => false,
      open: async () => ({ session: run.session, engine: run.engine, close: broken }),
    });
    expect(await next.result).toMatchObject({ outcome: 'done', units: 1 });
  });
});

describe('a run that is not done', () => {
  it('is parked when a step is not proved', async () => {
    const run = place.start(testFlow(collect(3)));
    run.engine.reactions.push(already, verdict('proved'), verdict('wrong-effect'));
    expect(await run.result).toMatchObject({
      outcome: 'parked',
      error: { code: 'PXP_STEP' },
      units: 1,
      verdicts: { proved: 1, 'wrong-effect': 1 },
    });
    expect(run.events.slice(-2)).toMatchObject([{ type: 'review.opened' }, { state: 'parked' }]);
  });

  it('is done when its flow goes on after a step that is not proved, and says what is left to review', async () => {
    const flow = testFlow(async (ui) => {
      await ui.step('collectRow').catch(() => undefined);
    });
    const run = place.start(flow);
    run.engine.reactions.push(verdict('wrong-effect'));
    expect(await run.result).toMatchObject({ outcome: 'done', error: null, reviews: 1 });
  });

  it('is parked when a look says nothing clear, with a review', async () => {
    const run = place.start(testFlow(look));
    run.engine.sight = () => judged('unsure');
    expect(await run.result).toMatchObject({ outcome: 'parked', error: { step: 'look', record: null } });
    expect(run.events.at(-2)).toMatchObject({
      type: 'review.opened',
      intentId: null,
      step: 'look',
      pictures: [{ kind: 'after' }],
    });
  });

  it('is parked when a blocker comes back after every recovery', async () => {
    const run = place.start(testFlow(look));
    run.engine.sight = () => ({ kind: 'blocked', by: 'expired' });
    expect(await run.result).toMatchObject({
      outcome: 'parked',
      error: { facts: { received: 'blocked by expired' } },
    });
    expect(run.log.filter((line) => line === 'prepare')).toHaveLength(1 + 6);
  });

  it('is parked when only a person can sign in', async () => {
    const run = place.start(testFlow(collect(1)));
    run.session.failures.push(new PixelproofError('PXP_SESSION_CHALLENGE', 'captcha'));
    expect(await run.result).toMatchObject({ outcome: 'parked', error: { code: 'PXP_SESSION_CHALLENGE' } });
  });

  it.each([
    ['a typed error', new PixelproofError('PXP_CDP_TIMEOUT', 'slow'), 'PXP_CDP_TIMEOUT: slow'],
    ['an error of the flow', new TypeError('x is not a function'), 'TypeError: x is not a function'],
  ])('fails by %s and says why', async (_, error, reason) => {
    const run = place.start(testFlow(() => Promise.reject(error)));
    expect(await run.result).toMatchObject({ outcome: 'failed', error });
    expect(run.events.at(-1)).toMatchObject({ type: 'run.state', state: 'failed', reason });
    expect(run.log).toContain('close');
    await place.takeLease();
  });

  it('fails when the layers do not open', async () => {
    const error = new PixelproofError('PXP_BROWSER_MISSING', 'none');
    const run = place.start(testFlow(), { open: () => Promise.reject(error) });
    expect(await run.result).toMatchObject({ outcome: 'failed', error });
    await place.takeLease();
  });
});

describe('looking', () => {
  it('removes what is in the way and looks again', async () => {
    const seen: boolean[] = [];
    const run = place.start(testFlow(async (ui) => void seen.push(await ui.sees(listEmpty('list')))));
    let looks = 0;
    run.engine.sight = () => (++looks === 1 ? { kind: 'blocked', by: 'notice' } : judged('holds'));
    expect(await run.result).toMatchObject({ outcome: 'done' });
    expect(seen).toEqual([true]);
    expect(run.engine.requests).toMatchObject([{ stepName: 'closeNotice', recovering: 'notice' }]);
  });

  it('goes on when the page crashes during it', async () => {
    const run = place.start(testFlow(look));
    let looks = 0;
    run.engine.sight = () => {
      if (++looks === 1) throw new PixelproofError('PXP_CDP_CRASHED', 'gone');
      return judged('fails');
    };
    expect(await run.result).toMatchObject({ outcome: 'done' });
    expect(run.log.filter((line) => line === 'prepare')).toHaveLength(2);
  });
});

describe('a calibration that does not fit', () => {
  const rect = { x: 1, y: 2, width: 3, height: 4 };
  const assumption = (name: string, state: 'held' | 'drifted' | 'broken', margin: number) => ({
    ...{ name, kind: 'swatch' as const, state, margin, expected: 'here', found: 'there', rect },
  });
  const broken = {
    ...{ name: 'swatches.a', state: 'drifted' as const, expected: 'here', found: 'there' },
    ...{ proposed: 'rect: [5, 6, 3, 4]', rect, foundRect: { ...rect, x: 5, y: 6 } },
  };

  it('is written down when the run begins, and what will not fit for long is told', async () => {
    const observed: unknown[] = [];
    const drift = {
      observe: async (all: unknown) => {
        observed.push(all);
        return [{ name: 'swatches.b', at: '2026-12-01T00:00:00.000Z' }];
      },
    };
    const run = place.start(testFlow(), { drift });
    const assumptions = [assumption('swatches.a', 'drifted', 0), assumption('swatches.b', 'held', 0.2)];
    run.engine.checked = () => ({ assumptions, broken: [broken], picture: picture('checked') });
    expect(await run.result).toMatchObject({ outcome: 'done' });
    expect(observed).toEqual([assumptions]);
    expect(run.events.filter(({ type }) => type.startsWith('calibration.'))).toMatchObject([
      {
        ...{ type: 'calibration.checked', held: 1, drifted: ['swatches.a'], broken: [] },
        failing: [{ name: 'swatches.b', at: '2026-12-01T00:00:00.000Z' }],
      },
    ]);
  });

  it('has a memory that a run can do without', async () => {
    const observe = () => Promise.reject(new PixelproofError('PXP_IO', 'the disk is full'));
    const run = place.start(testFlow(collect(1)), { drift: { observe } });
    run.engine.reactions.push(already, verdict('proved', { degraded: true, reach: 'wide' }));
    expect(await run.result).toMatchObject({ outcome: 'done', units: 1 });
    expect(run.events.filter(({ type }) => type === 'warning')).toMatchObject([
      { code: 'PXP_IO' },
      { code: 'PXP_IO' },
    ]);
  });

  it('is named after a step has failed, with its picture and what to write', async () => {
    const run = place.start(testFlow(collect(1)));
    run.engine.reactions.push(already, verdict('wrong-effect'));
    run.engine.checked = () => ({ assumptions: [], broken: [broken], picture: picture('checked') });
    expect(await run.result).toMatchObject({ outcome: 'parked' });
    const [event] = run.events.filter((each) => each.type === 'calibration.broken');
    expect(event).toMatchObject({ step: 'collectRow', assumptions: [broken] });
    const { session, steps } = testFlow();
    expect(run.engine.checks).toEqual([session.ready, steps.collectRow]);
    expect(Buffer.from(picture('checked').bytes).equals(await place.artifacts.get(event.picture))).toBe(true);
  });

  it('is named when the session does not become ready', async () => {
    const run = place.start(testFlow());
    const notReady = new PixelproofError('PXP_SESSION', 'not ready');
    run.session.failures.push(notReady, notReady, notReady);
    run.engine.checked = () => ({ assumptions: [], broken: [broken], picture: picture('checked') });
    expect(await run.result).toMatchObject({ outcome: 'failed' });
    const [event] = run.events.filter((each) => each.type === 'calibration.broken');
    expect(event).toMatchObject({ step: 'session', assumptions: [broken] });
    expect(run.engine.checks).toEqual([testFlow().session.ready]);
  });

  it('is not looked for when the run fails otherwise, and a look that fails takes nothing away', async () => {
    const failing = place.start(
      testFlow(async () => {
        throw new Error('mine');
      }),
    );
    let checks = 0;
    failing.engine.checked = () => {
      checks++;
      return { assumptions: [], broken: [broken], picture: picture('checked') };
    };
    expect(await failing.result).toMatchObject({ outcome: 'failed' });
    expect(checks).toBe(1);
    const lost = place.start(testFlow(collect(1)));
    lost.engine.reactions.push(already, verdict('wrong-effect'));
    let looks = 0;
    lost.engine.checked = () => {
      if (++looks > 1) throw new PixelproofError('PXP_CAPTURE', 'black');
      return { assumptions: [], broken: [], picture: picture('checked') };
    };
    expect(await lost.result).toMatchObject({ outcome: 'parked', error: { code: 'PXP_STEP' } });
    expect(lost.events.filter(({ type }) => type === 'warning')).toMatchObject([{ code: 'PXP_CAPTURE' }]);
  });

  it.each([
    [{ degraded: true, action: { ...action, foundBy: 'fallback' } }, 'points.list.action'],
    [{ degraded: true, action: { ...action, foundBy: 'region' } }, 'lists.list.action'],
    [{ degraded: true, action, reach: 'region' }, 'p'],
    [{ degraded: true, action }, null],
    [{ degraded: false, action: { ...action, foundBy: 'fallback' } }, null],
  ] as const)('is remembered by a degraded success: %j', async (changes, name) => {
    const observed: unknown[] = [];
    const drift = {
      observe: async (all: unknown) => {
        observed.push(all);
        return [];
      },
    };
    const run = place.start(testFlow(collect(1)), { drift });
    const proof = { predicate: 'p', truth: 'holds', score: 1, margin: 1, regions: [], reason: 'r' } as const;
    run.engine.reactions.push(already, verdict('proved', { proof, ...changes }));
    await run.result;
    expect(observed.slice(1)).toEqual(name === null ? [] : [[{ name, state: 'drifted', margin: 0 }]]);
  });
});

describe('asking where it is', () => {
  const recognised = { screen: 'inbox', score: 1, margin: 0.5, reason: 'recognised', ranked: [] };
  const readings = { tabs: ['inbox'] } as unknown as Where['readings'];

  it('answers what the engine recognised, writes it down, and removes what is in the way before', async () => {
    const seen: Where[] = [];
    const run = place.start(testFlow(async (ui) => void seen.push(await ui.where())));
    let looks = 0;
    run.engine.whereabouts = () =>
      ++looks === 1 ? { kind: 'blocked', by: 'notice' } : { kind: 'seen', seen: { ...recognised, readings } };
    expect(await run.result).toMatchObject({ outcome: 'done' });
    expect(seen).toEqual([{ ...recognised, readings }]);
    expect(run.engine.requests).toMatchObject([{ stepName: 'closeNotice', recovering: 'notice' }]);
    const { ranked: _, ...told } = recognised;
    expect(run.events.filter(({ type }) => type === 'screen.seen')).toMatchObject([told]);
  });

  it('takes unsure for an answer', async () => {
    const run = place.start(testFlow((ui) => ui.where().then(() => undefined)));
    run.engine.whereabouts = () => ({
      kind: 'seen',
      seen: { ...recognised, screen: 'unsure', reason: 'several-screens', readings },
    });
    expect(await run.result).toMatchObject({ outcome: 'done' });
  });
});

describe('a run that is asked to drain', () => {
  it('stops before the next step', async () => {
    const drain = new AbortController();
    const run = place.start(testFlow(collect(9)), { drain: drain.signal });
    run.engine.onClick = (id) =>
      id === 'run-1:3' && drain.abort(new PixelproofError('PXP_STOPPED', 'SIGTERM'));
    expect(await run.result).toMatchObject({
      outcome: 'cancelled',
      units: 2,
      error: { code: 'PXP_STOPPED' },
    });
    expect(run.events.filter(({ type }) => type === 'stop.requested')).toMatchObject([
      { mode: 'drain', by: 'PXP_STOPPED: SIGTERM' },
    ]);
    expect(run.events.at(-1)).toMatchObject({ state: 'cancelled' });
    await place.takeLease();
  });

  it('finishes a unit that was begun after a recovery had counted one', async () => {
    const drain = new AbortController();
    const flow = testFlow(async (ui) => {
      await ui.step('collectRow');
      await ui.step('collectRow');
    });
    const run = place.start(flow, { drain: drain.signal });
    run.engine.reactions.push(
      interruptedBefore({ kind: 'blocked', by: 'notice' }),
      verdict('proved', { units: 1 }),
      verdict('proved', { units: 0 }),
    );
    run.engine.onClick = (id) => id === 'run-1:3' && drain.abort();
    expect(await run.result).toMatchObject({ outcome: 'done', units: 2 });
  });

  it('stops where a recovery has finished the unit that was begun', async () => {
    const drain = new AbortController();
    const flow = testFlow(async (ui) => {
      await ui.step('collectRow');
      await ui.isEmpty('list');
      await ui.step('collectRow');
    });
    const run = place.start(flow, { drain: drain.signal });
    run.engine.reactions.push(verdict('proved', { units: 0 }), verdict('proved', { units: 1 }));
    let looks = 0;
    run.engine.sight = () => (++looks === 1 ? { kind: 'blocked', by: 'notice' } : judged('fails'));
    run.engine.onClick = (id) => id === 'run-1:1' && drain.abort();
    expect(await run.result).toMatchObject({ outcome: 'cancelled', units: 1 });
  });

  it('finishes the unit that was begun, looks and other steps in between included', async () => {
    const drain = new AbortController();
    const flow = testFlow(async (ui) => {
      await ui.step('collectRow');
      await ui.isEmpty('list');
      await ui.step('openInbox');
      await ui.step('collectRow');
      await ui.step('collectRow');
    });
    const run = place.start(flow, { drain: drain.signal });
    // The first click only opens a popup that asks: no unit yet.
    run.engine.reactions.push(verdict('proved', { units: 0 }));
    run.engine.onClick = (id) => id === 'run-1:1' && drain.abort();
    expect(await run.result).toMatchObject({ outcome: 'cancelled', units: 1 });
    expect(run.engine.requests.map(({ stepName }) => stepName)).toEqual([
      'collectRow',
      'openInbox',
      'collectRow',
    ]);
  });

  it('stops a flow that only looks', async () => {
    const drain = new AbortController();
    let looks = 0;
    const flow = testFlow(async (ui) => {
      while (!(await ui.isEmpty('list'))) if (++looks === 3) drain.abort();
    });
    expect(await place.start(flow, { drain: drain.signal }).result).toMatchObject({ outcome: 'cancelled' });
    expect(looks).toBe(3);
  });
});

describe('a run that is aborted', () => {
  it('does not click any more, and closes', async () => {
    const abort = new AbortController();
    const run = place.start(testFlow(collect(9)), { abort: abort.signal });
    run.engine.reactions.push(already, async () => {
      abort.abort(new PixelproofError('PXP_ABORTED', 'twice'));
      throw abort.signal.reason;
    });
    expect(await run.result).toMatchObject({ outcome: 'cancelled', error: { code: 'PXP_ABORTED' } });
    expect(run.engine.clicked).toEqual([]);
    expect(run.log.slice(-2)).toEqual(['close', 'metric cancelled']);
    expect(place.clock.pending).toBe(0);
    await place.takeLease();
  });

  it('between intent and click leaves an open intent, which the next run judges by looking', async () => {
    const abort = new AbortController();
    const run = place.start(testFlow(collect(1)), {
      abort: abort.signal,
      onEvent: (event) => event.type === 'step.intent' && abort.abort(),
    });
    run.engine.reactions.push(already);
    expect(await run.result).toMatchObject({ outcome: 'cancelled' });
    expect(run.engine.clicked).toEqual([]);
    expect(await place.store.openIntents('app')).toMatchObject([{ intentId: 'run-1:2' }]);

    const next = place.start(testFlow());
    expect(await next.result).toMatchObject({ outcome: 'done', units: 1 });
    expect(next.engine.clicked).toEqual([]);
    expect(await place.store.openIntents('app')).toEqual([]);
  });

  it('before it began does not even prepare', async () => {
    const abort = new AbortController();
    abort.abort();
    const run = place.start(testFlow(collect(1)), { abort: abort.signal });
    run.engine.onClick = () => expect.unreachable();
    expect(await run.result).toMatchObject({ outcome: 'cancelled' });
    expect(run.engine.requests).toEqual([]);
  });
});

describe('the lease', () => {
  it('held by a living run refuses a second one, which touches nothing', async () => {
    const second = new Promise<unknown>((resolve) => {
      const flow = testFlow(async () => {
        const run = place.start(testFlow());
        await run.result.catch(resolve);
        expect(run.log).toEqual([]);
      });
      void place.start(flow).result;
    });
    expect(await second).toMatchObject({ code: 'PXP_LEASE' });
    expect(await place.store.run('run-2')).toBeUndefined();
  });

  it('is renewed as long as the run lasts', async () => {
    const flow = testFlow(async (ui) => {
      // Twice the time for which it was granted.
      for (let beats = 0; beats < 12; beats++) await place.clock.beat();
      await expect(place.takeLease()).rejects.toMatchObject({ code: 'PXP_LEASE' });
      await ui.step('collectRow');
    });
    expect(await place.start(flow).result).toMatchObject({ outcome: 'done', units: 1 });
    expect(place.clock.pending).toBe(0);
  });

  it('lost in the middle of the run ends it before its next click', async () => {
    const takeOver = { target: 'app', ttlMs: 60_000, isAlive: () => false };
    const flow = testFlow(async (ui) => {
      await ui.step('collectRow');
      await place.store.acquireLease({ ...takeOver, holder: { runId: 'other', pid: 2, processStart: '' } });
      await ui.step('collectRow');
    });
    const run = place.start(flow);
    expect(await run.result).toMatchObject({ outcome: 'failed', error: { code: 'PXP_LEASE' }, units: 1 });
    expect(run.engine.clicked).toHaveLength(1);
    expect(run.log).toContain('close');
    // The run that took over has marked this one, and keeps the lease.
    expect(await place.store.run('run-1')).toMatchObject({ state: 'failed' });
    await expect(place.takeLease()).rejects.toMatchObject({ code: 'PXP_LEASE' });
  });

  it('is found lost by the heartbeat, which stops even a run that does nothing', async () => {
    const takeOver = { target: 'app', ttlMs: 60_000, isAlive: () => false };
    let waited: unknown;
    const flow = testFlow(async (ui) => {
      await place.store.acquireLease({ ...takeOver, holder: { runId: 'other', pid: 2, processStart: '' } });
      await place.clock.beat();
      waited = await ui.isEmpty('list').catch((error: unknown) => error);
      throw waited as Error;
    });
    const run = place.start(flow);
    expect(await run.result).toMatchObject({ outcome: 'failed', error: { code: 'PXP_LEASE' } });
    expect(place.clock.pending).toBe(0);
  });
});

it('a step recovered from its blocker again and again counts each time from the start of its step', async () => {
  const run = place.start(testFlow(collect(1)));
  run.engine.reactions.push(
    already,
    ...Array<Reaction>(2).fill(interruptedBefore({ kind: 'blocked', by: 'expired' })),
  );
  run.session.failures.push();
  expect(await run.result).toMatchObject({ outcome: 'done', units: 1, verdicts: { proved: 1 } });
});

describe('placebo', () => {
  const flow = testFlow(() => Promise.reject(new Error('the flow is not to run')));

  it('counts the windows in which a step was called proved, and passes over those it cannot judge', async () => {
    const run = place.start(flow, { placebo: 4 });
    run.engine.reactions.push(
      ...[already, verdict('no-effect'), verdict('proved'), verdict('ambiguous'), verdict('no-effect')],
    );
    const [first] = Object.keys(flow.steps);
    expect(await run.result).toMatchObject({
      outcome: 'done',
      placebo: { windows: 4, confirmed: 1, skipped: { [first]: 'holds already: active' } },
      verdicts: { proved: 1, 'no-effect': 2, ambiguous: 1 },
    });
    // Each is waited for as it would be after its own input.
    for (const { stepName, step } of run.engine.requests) expect(step).toBe(flow.steps[stepName]);
  });

  it('tells what it found, and why not more, when no step is left to act', async () => {
    const run = place.start(flow, { placebo: 400 });
    const names = Object.keys(flow.steps);
    run.engine.reactions.push(verdict('no-effect'), ...names.map(() => refused('no-enabled-button')));
    const skipped = Object.fromEntries(names.map((name) => [name, 'no-enabled-button']));
    expect(await run.result).toMatchObject({
      outcome: 'done',
      placebo: { windows: 1, confirmed: 0, skipped },
    });
  });

  it('leaves nothing for another run to decide, also of a turn that was interrupted', async () => {
    const run = place.start(flow, { placebo: 1 });
    run.engine.reactions.push(interruptedAfter({ kind: 'blocked', by: 'notice' }), verdict('no-effect'));
    expect((await run.result).placebo).toMatchObject({ windows: 1, confirmed: 0 });
    expect(await place.store.openIntents('app')).toEqual([]);
  });

  it('does not go on for ever where every turn is interrupted', async () => {
    const run = place.start(flow, { placebo: 4 });
    const notice = { kind: 'blocked', by: 'notice' } as const;
    run.engine.reactions.push(...Array.from({ length: 20 }, () => interruptedBefore(notice)));
    expect((await run.result).placebo).toMatchObject({
      windows: 0,
      skipped: { collectRow: 'blocked by notice' },
    });
  });
});
