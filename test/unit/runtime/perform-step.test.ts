import { describe, expect, it } from 'vitest';
import { PixelproofError } from '../../../src/core/index.js';
import { keepLooking, performStep, prepareSession } from '../../../src/runtime/perform-step.js';
import { type ArtifactStore, StepFailure } from '../../../src/runtime/index.js';
import { openContext } from './open-context.js';
import {
  type Reaction,
  already,
  interruptedAfter,
  interruptedBefore,
  judged,
  lateProof,
  outcomeOf,
  refused,
  stale,
  verdict,
} from './scripted-engine.js';

type Opened = ReturnType<typeof openContext>;

const perform = ({ context, intents }: Opened, name = 'collectRow') =>
  performStep(name, context, { intents });

async function failureOf(work: Promise<unknown>): Promise<StepFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(StepFailure);
  return error as StepFailure;
}

const notice = { kind: 'blocked', by: 'notice' } as const;
const expired = { kind: 'blocked', by: 'expired' } as const;
const busy = { kind: 'blocked', by: 'busy' } as const;
const lost = { kind: 'lost', by: 'PXP_CDP_CRASHED' } as const;

describe('a step that is proved', () => {
  it('writes nothing any more once a picture that could not be stored has ended it', async () => {
    const written: string[] = [];
    const opened = openContext();
    const stored = opened.context.artifacts;
    const artifacts: ArtifactStore = {
      get: (ref) => stored.get(ref),
      put: async (bytes, about) => {
        if (about.kind === 'before') throw new PixelproofError('PXP_IO', 'the disk is full');
        await new Promise((resolve) => setTimeout(resolve, 20));
        written.push(about.kind);
        return stored.put(bytes, about);
      },
    };
    const context = { ...opened.context, artifacts };
    await expect(perform({ ...opened, context })).rejects.toMatchObject({ code: 'PXP_IO' });
    expect(written).toEqual(['evidence']);
  });

  it('resolves with its record, the picture after included', async () => {
    const opened = openContext();
    const record = await perform(opened);
    expect(record).toMatchObject({ verdict: 'proved', attempt: 1, units: 1, after: { kind: 'after' } });
    expect(opened.ofType('step.verdict')).toMatchObject([
      { intentId: 'run:1', record: { verdict: 'proved' } },
    ]);
  });

  it('writes pictures, then the intent, then clicks, then the picture after, then the verdict', async () => {
    const opened = openContext();
    await perform(opened);
    expect(opened.log).toEqual([
      'put before',
      'put evidence',
      'step.intent',
      'click',
      'put after',
      'step.verdict',
      'metric proved',
    ]);
  });

  it('counts a proof by a fallback point as degraded', async () => {
    const opened = openContext();
    const action = {
      kind: 'click',
      target: 't',
      point: { x: 1, y: 1 },
      foundBy: 'fallback',
      box: null,
    } as const;
    opened.engine.reactions.push(verdict('proved', { degraded: true, action }));
    await perform(opened);
    expect(opened.log).toContain('metric fallback click_point');
  });
});

describe('what is not durable is not clicked', () => {
  it('does not click when a picture cannot be stored', async () => {
    const opened = openContext();
    const broken = async () => {
      throw new PixelproofError('PXP_IO', 'the disk is full');
    };
    const artifacts = { ...opened.context.artifacts, put: broken };
    await expect(perform({ ...opened, context: { ...opened.context, artifacts } })).rejects.toMatchObject({
      code: 'PXP_IO',
    });
    expect(opened.engine.clicked).toEqual([]);
    expect(opened.events).toEqual([]);
  });

  it('does not click when the intent cannot be written', async () => {
    const opened = openContext();
    const append = async () => {
      throw new PixelproofError('PXP_LEASE', 'lost');
    };
    await expect(perform({ ...opened, context: { ...opened.context, append } })).rejects.toMatchObject({
      code: 'PXP_LEASE',
    });
    expect(opened.engine.clicked).toEqual([]);
  });
});

describe('a step without effect', () => {
  it('is done again under a new intent, knowing the attempt before, after a pause', async () => {
    const opened = openContext();
    opened.engine.reactions.push(verdict('no-effect'), verdict('no-effect'));
    expect(await perform(opened)).toMatchObject({ verdict: 'proved', attempt: 3, intentId: 'run:3' });
    const { requests } = opened.engine;
    expect(requests.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(requests.map(({ previous }) => previous?.intentId)).toEqual([undefined, 'run:1', 'run:2']);
    expect(opened.clock.slept).toEqual([75, 150]);
    expect(opened.log.filter((line) => line === 'metric retry')).toHaveLength(2);
  });

  it('goes to a person after the fourth attempt', async () => {
    const opened = openContext();
    opened.engine.reactions.push(...Array<Reaction>(9).fill(verdict('no-effect')));
    const failure = await failureOf(perform(opened));
    expect(failure.record).toMatchObject({ verdict: 'no-effect', attempt: 4 });
    expect(opened.engine.clicked).toHaveLength(4);
    expect(opened.ofType('review.opened')).toHaveLength(1);
  });

  it('resolves with null where no attempt could scroll a list: that is its end, and nobody’s to look at', async () => {
    const opened = openContext();
    const end = { reason: 'end-of-list' };
    opened.engine.reactions.push(...Array<Reaction>(9).fill(verdict('no-effect', end)));
    expect(await perform(opened)).toBeNull();
    expect(opened.engine.clicked).toHaveLength(4);
    expect(opened.ofType('step.skipped')).toMatchObject([end]);
    expect(opened.ofType('review.opened')).toEqual([]);
  });

  it('is not clicked again when the effect came late', async () => {
    const opened = openContext();
    opened.engine.reactions.push(verdict('no-effect'), lateProof);
    expect(await perform(opened)).toMatchObject({ intentId: 'run:1', verdict: 'proved' });
    expect(opened.engine.clicked).toEqual(['run:1']);
    expect(opened.ofType('step.late-effect')).toMatchObject([{ intentId: 'run:1', afterMs: 30 }]);
    expect(opened.ofType('step.verdict').map(({ record }) => record.verdict)).toEqual([
      'no-effect',
      'proved',
    ]);
  });

  it('judges the attempt before on any page once its own page is gone', async () => {
    const opened = openContext();
    opened.engine.reactions.push(verdict('no-effect'), interruptedBefore(lost));
    await perform(opened);
    const scopes = opened.engine.requests.map(({ previous }) => previous?.scope);
    expect(scopes[1]).toMatchObject({ targetId: 'T' });
    expect(scopes[2]).toBeNull();
  });
});

describe('an intent that was overtaken by the screen', () => {
  it('is withdrawn, and the step begins anew under another', async () => {
    const opened = openContext();
    opened.engine.reactions.push(stale, stale);
    expect(await perform(opened)).toMatchObject({ intentId: 'run:3', attempt: 1, verdict: 'proved' });
    expect(opened.engine.clicked).toEqual(['run:3']);
    expect(opened.ofType('step.withdrawn')).toMatchObject([
      { intentId: 'run:1', reason: 'screen-changed', where: '2x2 at 4,4 in list' },
      { intentId: 'run:2', reason: 'screen-changed' },
    ]);
  });

  it('is refused when that never ends, naming what changed, with both pictures', async () => {
    const opened = openContext();
    opened.engine.reactions.push(...Array<Reaction>(20).fill(stale));
    const failure = await failureOf(perform(opened));
    expect(failure.record).toBeNull();
    expect(failure.message).toContain(
      'the screen goes on changing, last 2x2 at 4,4 in list (screen-changed)',
    );
    const { before } = opened.ofType('step.intent').at(-1)!;
    expect(opened.ofType('review.opened')).toMatchObject([{ pictures: [before, { kind: 'after' }] }]);
    expect(opened.engine.clicked).toEqual([]);
    expect(opened.ofType('step.withdrawn')).toHaveLength(9);
    expect(opened.ofType('step.refused')).toMatchObject([{ reason: 'screen-changed' }]);
  });
});

describe.each(['wrong-effect', 'ambiguous', 'blocked', 'unknown'] as const)('the verdict %s', (value) => {
  it('opens a review with all pictures and is never retried', async () => {
    const opened = openContext();
    opened.engine.reactions.push(verdict(value, { reason: 'because' }));
    const failure = await failureOf(perform(opened));
    expect(failure).toMatchObject({ code: 'PXP_STEP', step: 'collectRow', record: { verdict: value } });
    expect(opened.engine.clicked).toHaveLength(1);
    const [review] = opened.ofType('review.opened');
    expect(review).toMatchObject({ intentId: 'run:1', verdict: value, reason: 'because' });
    expect(review.pictures.map(({ kind }) => kind)).toEqual(['before', 'after', 'evidence']);
    expect(opened.log.indexOf('step.verdict')).toBeLessThan(opened.log.indexOf('review.opened'));
  });
});

describe('a step that does nothing', () => {
  it('is skipped when its proof holds already', async () => {
    const opened = openContext();
    opened.engine.reactions.push(already);
    expect(await perform(opened, 'openInbox')).toBeNull();
    expect(opened.events).toMatchObject([{ type: 'step.skipped', step: 'openInbox', reason: 'active' }]);
  });

  it('is refused with the picture of what was seen', async () => {
    const opened = openContext();
    opened.engine.reactions.push(refused('target-disabled'));
    const failure = await failureOf(perform(opened));
    expect(failure).toMatchObject({ record: null, facts: { received: 'ambiguous' } });
    expect(opened.ofType('step.refused')).toMatchObject([{ reason: 'target-disabled' }]);
    expect(opened.ofType('review.opened')).toMatchObject([{ intentId: null, pictures: [{ kind: 'after' }] }]);
  });

  it('is PXP_FLOW when the flow has no such step, also for names every object has', async () => {
    for (const name of ['nothing', 'toString', '__proto__']) {
      await expect(perform(openContext(), name)).rejects.toMatchObject({
        code: 'PXP_FLOW',
        facts: { what: name },
      });
    }
  });
});

describe('something in the way before the click', () => {
  it('is removed by its step, which does not watch for it, and the step looks anew', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedBefore(notice));
    expect(await perform(opened)).toMatchObject({ verdict: 'proved', attempt: 1 });
    const steps = opened.engine.requests.map(({ stepName, recovering }) => [stepName, recovering]);
    expect(steps).toEqual([
      ['collectRow', undefined],
      ['closeNotice', 'notice'],
      ['collectRow', undefined],
    ]);
    expect(opened.ofType('recovery')).toMatchObject([{ by: 'notice', how: 'step closeNotice', ok: true }]);
  });

  it('is removed by a new sign-in', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedBefore(expired));
    await perform(opened);
    expect(opened.log.filter((line) => line === 'prepare')).toHaveLength(1);
    expect(opened.ofType('recovery')).toMatchObject([{ by: 'expired', how: 'relogin', ok: true }]);
  });

  it('is waited for until it is gone', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedBefore(busy));
    let looks = 0;
    opened.engine.sight = () => judged(++looks < 4 ? 'holds' : 'fails');
    await perform(opened);
    expect(looks).toBe(4);
    expect(opened.ofType('recovery')).toMatchObject([{ by: 'busy', how: 'wait', ok: true }]);
  });

  it('is not waited for for ever', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedBefore(busy));
    opened.engine.sight = () => judged('holds');
    const failure = await failureOf(perform(opened));
    expect(failure.record).toBeNull();
    expect(opened.ofType('recovery')).toMatchObject([{ by: 'busy', how: 'wait', ok: false }]);
    expect(opened.ofType('step.refused')).toMatchObject([{ reason: 'blocked by busy' }]);
    expect(opened.engine.clicked).toEqual([]);
  });

  it('ends the step when nothing is known that removes it', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedBefore({ kind: 'blocked', by: 'stranger' }));
    await failureOf(perform(opened));
    expect(opened.ofType('recovery')).toMatchObject([{ by: 'stranger', how: 'none', ok: false }]);
  });

  it('is removed six times and no more', async () => {
    const opened = openContext();
    opened.engine.reactions.push(...Array<Reaction>(30).fill(interruptedBefore(expired)));
    await failureOf(perform(opened));
    expect(opened.ofType('recovery')).toHaveLength(6);
    expect(opened.ofType('step.refused')).toMatchObject([{ reason: 'blocked by expired' }]);
  });

  it('is removed at most three deep', async () => {
    const opened = openContext();
    // The step that removes the notice is itself stopped by a notice, each time.
    opened.engine.reactions.push(...Array<Reaction>(30).fill(interruptedBefore(notice)));
    await failureOf(perform(opened));
    expect(opened.engine.requests.map(({ stepName }) => stepName)).toEqual([
      'collectRow',
      'closeNotice',
      'closeNotice',
      'closeNotice',
    ]);
    expect(opened.ofType('recovery')).toMatchObject([{ how: 'none', ok: false }]);
  });
});

it('what changed elsewhere is told with its place', async () => {
  const opened = openContext();
  const bbox = { x: 1180, y: 20, width: 80, height: 24 };
  const change = { score: 0.1, bbox, tiles: [bbox], unexplained: 1 };
  opened.engine.reactions.push(verdict('wrong-effect', { reason: 'changed-elsewhere', change }));
  const failure = await failureOf(perform(opened));
  expect(failure.message).toContain('(changed-elsewhere, 80x24 at 1180,20)');
});

describe('something in the way after the click', () => {
  it('is removed, and the same input is judged from the same picture before, without another click', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedAfter(notice));
    const record = await perform(opened);
    expect(record).toMatchObject({ intentId: 'run:1', verdict: 'proved', interruptions: [notice] });
    expect(opened.engine.resumed).toMatchObject([{ intentId: 'run:1', scope: { targetId: 'T' } }]);
    expect(opened.ofType('step.interrupted')).toMatchObject([{ intentId: 'run:1', ...notice }]);
    // The notice's own click, and the row's.
    expect(opened.engine.clicked).toHaveLength(2);
  });

  it('is told of the rows that its recovery was proved to take', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedAfter(notice), verdict('proved', { units: 1, took: ['list'] }));
    await perform(opened);
    const [{ interruptions }] = opened.engine.resumed;
    expect(interruptions).toEqual([{ ...notice, took: ['list'], units: 1 }]);
  });

  it('leaves no intent open when its recovery is not proved', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedAfter(notice), verdict('wrong-effect'));
    const failure = await failureOf(perform(opened));
    expect(failure.record).toMatchObject({ intentId: 'run:1', verdict: 'blocked', reason: 'notice' });
    expect(opened.ofType('step.verdict').map(({ intentId, record }) => [intentId, record.verdict])).toEqual([
      ['run:2', 'wrong-effect'],
      ['run:1', 'blocked'],
    ]);
    expect(opened.ofType('review.opened').map(({ intentId }) => intentId)).toEqual(['run:2', 'run:1']);
  });

  it('when the browser was lost, the session is prepared and any later frame may prove', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedAfter(lost));
    await perform(opened);
    expect(opened.engine.resumed).toMatchObject([{ intentId: 'run:1', scope: null, interruptions: [lost] }]);
    expect(opened.log.filter((line) => line === 'prepare')).toHaveLength(1);
    expect(opened.engine.clicked).toHaveLength(1);
  });

  it('retries when the resumed look proves that nothing had happened', async () => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedAfter(lost));
    opened.engine.resumes.push((pending) => outcomeOf(pending, 'no-effect'));
    expect(await perform(opened)).toMatchObject({ intentId: 'run:2', attempt: 2, verdict: 'proved' });
  });

  it.each([
    ['blocked', { kind: 'blocked', by: 'stranger' }, 0],
    ['blocked', expired, 6],
    ['unknown', lost, 6],
  ] as const)('ends in %s when %o stays', async (value, interruption, resumes) => {
    const opened = openContext();
    opened.engine.reactions.push(interruptedAfter(interruption));
    const again = (pending: Parameters<(typeof opened.engine.resumes)[number]>[0]) =>
      ({ kind: 'interrupted', interruption, pending }) as const;
    opened.engine.resumes.push(...Array<typeof again>(30).fill(again));
    const failure = await failureOf(perform(opened));
    expect(failure.record).toMatchObject({
      intentId: 'run:1',
      verdict: value,
      reason: interruption.by,
      units: 0,
      // What blocks it is shown; a browser that is lost shows nothing.
      after: value === 'blocked' ? { kind: 'after' } : null,
    });
    expect(opened.engine.resumed).toHaveLength(resumes);
    expect(opened.engine.clicked).toEqual(['run:1']);
    expect(opened.ofType('step.verdict')).toHaveLength(1);
    expect(opened.ofType('review.opened')).toHaveLength(1);
  });
});

it('keeps its verdict where what blocks it cannot be looked at any more', async () => {
  const opened = openContext();
  opened.engine.reactions.push(interruptedAfter({ kind: 'blocked', by: 'stranger' }));
  opened.engine.shown = () => {
    throw new PixelproofError('PXP_CAPTURE', 'gone');
  };
  const failure = await failureOf(perform(opened));
  expect(failure.record).toMatchObject({ verdict: 'blocked', after: null });
});

describe('preparing the session', () => {
  const failing = (code: 'PXP_SESSION' | 'PXP_SESSION_CHALLENGE') => new PixelproofError(code, 'no');

  it('is tried again when what failed may pass', async () => {
    const opened = openContext();
    opened.session.failures.push(failing('PXP_SESSION'), failing('PXP_SESSION'));
    await prepareSession(opened.context);
    expect(opened.clock.slept).toEqual([750, 1500]);
    expect(opened.ofType('warning').map(({ code }) => code)).toEqual(['PXP_SESSION', 'PXP_SESSION']);
  });

  it('is given up after the third time', async () => {
    const opened = openContext();
    opened.session.failures.push(...Array<Error>(9).fill(failing('PXP_SESSION')));
    await expect(prepareSession(opened.context)).rejects.toMatchObject({ code: 'PXP_SESSION' });
    expect(opened.log.filter((line) => line === 'prepare')).toHaveLength(3);
  });

  it('is not tried again when only a person can help', async () => {
    const opened = openContext();
    opened.session.failures.push(failing('PXP_SESSION_CHALLENGE'));
    await expect(prepareSession(opened.context)).rejects.toMatchObject({ code: 'PXP_SESSION_CHALLENGE' });
    expect(opened.log).toEqual(['prepare']);
  });
});

describe('looking while the browser is lost', () => {
  const crash = new PixelproofError('PXP_CDP_CRASHED', 'gone');

  it('begins anew once the session is prepared', async () => {
    const { context, intents, log, ofType } = openContext();
    let looks = 0;
    const look = async () => {
      if (++looks === 1) throw crash;
      return looks;
    };
    expect(await keepLooking(look, context, { intents })).toBe(2);
    expect(log).toContain('prepare');
    expect(ofType('recovery')).toMatchObject([{ by: 'PXP_CDP_CRASHED', how: 'relogin', ok: true }]);
  });

  it('ends when it is lost again and again, and at once for another error', async () => {
    const { context, intents, log } = openContext();
    await expect(keepLooking(() => Promise.reject(crash), context, { intents })).rejects.toBe(crash);
    expect(log.filter((line) => line === 'prepare')).toHaveLength(6);
    const other = new PixelproofError('PXP_CDP_TIMEOUT', 'slow');
    await expect(keepLooking(() => Promise.reject(other), context, { intents })).rejects.toBe(other);
    expect(log.filter((line) => line === 'prepare')).toHaveLength(6);
  });
});
