import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, PixelproofError } from '../../../src/core/index.js';
import type { Lease, LeaseHolder, RunStore } from '../../../src/runtime/run-store.js';
import type { TimelineEvent } from '../../../src/runtime/timeline.js';
import { intentEvent, verdictEvent } from '../../support/transitions.js';

/** What a RunStore has to do, whatever it is made of. `open` is called several times on the same data. */
export function describeRunStore(
  name: string,
  makeAdapter: () => Promise<{ open(clock: Clock): Promise<RunStore>; dispose(): Promise<void> }>,
): void {
  describe(`RunStore: ${name}`, () => {
    let adapter: Awaited<ReturnType<typeof makeAdapter>>;
    let store: RunStore;
    let nowMs: number;
    const clock: Clock = {
      nowMs: () => nowMs,
      date: () => new Date(nowMs),
      sleep: () => Promise.reject(new Error('a store does not sleep')),
    };
    const dead = new Set<string>();
    const isAlive = (holder: LeaseHolder) => !dead.has(holder.runId);
    const lock = (runId: string, target = 'app', from = store): Promise<Lease> =>
      from.acquireLease({
        target,
        holder: { runId, pid: 7, processStart: 'boot.1.99' },
        ttlMs: 1000,
        isAlive,
      });
    const begin = async (runId: string, target = 'app') => {
      const lease = await lock(runId, target);
      await store.createRun({ runId, flow: 'collector', lease });
      return lease;
    };

    beforeEach(async () => {
      nowMs = Date.UTC(2026, 0, 1);
      dead.clear();
      adapter = await makeAdapter();
      store = await adapter.open(clock);
    });
    afterEach(async () => {
      await store.close();
      await adapter.dispose();
    });

    it('numbers events from 1 without gaps, per run, in the order of the calls', async () => {
      const a = await begin('a', 'one');
      const b = await begin('b', 'two');
      const appended = await Promise.all([
        store.append('a', a, warning('first')),
        store.append('b', b, warning('other')),
        store.append('a', a, warning('second')),
        store.append('a', a, warning('third')),
      ]);
      expect(appended.map(({ seq }) => seq)).toEqual([1, 1, 2, 3]);
      expect(await store.events('a')).toEqual([
        { ...warning('first'), runId: 'a', seq: 1, at: '2026-01-01T00:00:00.000Z' },
        { ...warning('second'), runId: 'a', seq: 2, at: '2026-01-01T00:00:00.000Z' },
        { ...warning('third'), runId: 'a', seq: 3, at: '2026-01-01T00:00:00.000Z' },
      ]);
    });

    it('gives back what was appended, after closing and opening again', async () => {
      const lease = await begin('a');
      const events = [intentEvent('a/1'), verdictEvent('a/1', 'proved')];
      for (const event of events) await store.append('a', lease, event);
      await store.close();
      store = await adapter.open(clock);
      expect(await store.events('a')).toMatchObject(events);
      await store.append('a', lease, warning('more'));
      expect((await store.events('a')).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    });

    it('refuses what is no event, and numbers go on without a gap', async () => {
      const lease = await begin('a');
      const wrong = { type: 'warning', code: 7 } as unknown as TimelineEvent;
      await expect(store.append('a', lease, wrong)).rejects.toMatchObject({ code: 'PXP_STORE' });
      expect(await store.append('a', lease, warning('right'))).toMatchObject({ seq: 1 });
    });

    it('refuses events for unknown runs and for runs on other targets', async () => {
      const lease = await begin('a', 'one');
      await begin('b', 'two');
      for (const runId of ['nobody', 'b']) {
        await expect(store.append(runId, lease, warning('x'))).rejects.toMatchObject({ code: 'PXP_STORE' });
      }
      expect(await store.events('b')).toEqual([]);
    });

    it('derives state and end of a run from its events', async () => {
      const lease = await begin('a');
      expect(await store.run('a')).toEqual({
        runId: 'a',
        flow: 'collector',
        target: 'app',
        state: 'queued',
        startedAt: '2026-01-01T00:00:00.000Z',
        endedAt: null,
      });
      nowMs += 1000;
      await store.append('a', lease, state('running'));
      expect(await store.run('a')).toMatchObject({ state: 'running', endedAt: null });
      await store.append('a', lease, state('parked'));
      expect(await store.run('a')).toMatchObject({ state: 'parked', endedAt: '2026-01-01T00:00:01.000Z' });
      await store.append('a', lease, state('running'));
      expect(await store.run('a')).toMatchObject({ state: 'running', endedAt: null });
      nowMs += 1000;
      await store.append('a', lease, state('done'));
      expect(await store.run('a')).toMatchObject({ state: 'done', endedAt: '2026-01-01T00:00:02.000Z' });
      expect(await store.run('b')).toBeUndefined();
    });

    it('lists runs newest first', async () => {
      for (const runId of ['b', 'a', 'c']) await store.releaseLease(await begin(runId));
      expect((await store.runs()).map(({ runId }) => runId)).toEqual(['c', 'a', 'b']);
    });

    it('refuses a second run of the same id', async () => {
      const lease = await begin('a');
      await expect(store.createRun({ runId: 'a', flow: 'collector', lease })).rejects.toMatchObject({
        code: 'PXP_STORE',
      });
    });

    it('knows the intents on a target that no run has decided', async () => {
      const first = await begin('a');
      await store.append('a', first, intentEvent('a/1'));
      await store.append('a', first, verdictEvent('a/1', 'proved'));
      await store.append('a', first, intentEvent('a/2'));
      await store.append('a', first, {
        type: 'step.interrupted',
        intentId: 'a/2',
        step: 'collectRow',
        kind: 'lost',
        by: 'PXP_CDP_CLOSED',
      });
      await store.append('a', first, intentEvent('a/3'));
      await store.append('a', first, intentEvent('a/4'));
      await store.append('a', first, {
        ...{ type: 'step.withdrawn', intentId: 'a/4', step: 'collectRow', reason: 'screen-changed' },
      });
      await store.append('z', await begin('z', 'elsewhere'), intentEvent('z/1'));
      expect((await store.openIntents('app')).map(({ intentId }) => intentId)).toEqual(['a/2', 'a/3']);

      dead.add('a');
      const second = await begin('b');
      await store.append('b', second, verdictEvent('a/2', 'unknown'));
      const open = await store.openIntents('app');
      expect(open).toMatchObject([{ type: 'step.intent', runId: 'a', intentId: 'a/3', seq: 5 }]);
    });

    describe('leases', () => {
      it('is granted to one at a time, with rising fences', async () => {
        const first = await lock('a');
        await expect(lock('b')).rejects.toMatchObject({ code: 'PXP_LEASE' });
        expect(await lock('c', 'elsewhere')).toMatchObject({ target: 'elsewhere' });
        await store.releaseLease(first);
        const second = await lock('b');
        expect(second.fence).toBeGreaterThan(first.fence);
      });

      it('names the holder when refused', async () => {
        await lock('a');
        const error: unknown = await lock('b').catch((e: unknown) => e);
        expect(error).toBeInstanceOf(PixelproofError);
        const { facts } = error as PixelproofError;
        expect(facts).toMatchObject({ what: 'app' });
        expect(facts.received).toContain('run a of process 7');
      });

      it('goes to the next one when its holder died, whose runs have failed', async () => {
        const first = await begin('a');
        await store.append('a', first, state('running'));
        dead.add('a');
        await lock('b');
        expect(await store.run('a')).toMatchObject({ state: 'failed', endedAt: '2026-01-01T00:00:00.000Z' });
        expect((await store.events('a')).at(-1)).toMatchObject({
          type: 'run.state',
          state: 'failed',
          reason: 'holder-died',
          seq: 2,
        });
      });

      it.each(['done', 'failed', 'cancelled', 'parked'] as const)(
        'leaves a run that is %s as it was',
        async (ended) => {
          const first = await begin('a');
          await store.append('a', first, state(ended));
          dead.add('a');
          await lock('b');
          expect(await store.run('a')).toMatchObject({ state: ended });
          expect(await store.events('a')).toHaveLength(1);
        },
      );

      it('expires unless renewed', async () => {
        const first = await lock('a');
        nowMs += 999;
        await store.renewLease(first, { ttlMs: 1000 });
        nowMs += 999;
        await expect(lock('b')).rejects.toMatchObject({ code: 'PXP_LEASE' });
        nowMs += 1;
        expect((await lock('b')).fence).toBeGreaterThan(first.fence);
      });

      it('refuses every write under a lost lease, and keeps the later one', async () => {
        const first = await begin('a');
        nowMs += 1000;
        const second = await begin('b');
        await expect(store.append('a', first, intentEvent('a/1'))).rejects.toMatchObject({
          code: 'PXP_LEASE',
        });
        await expect(store.append('b', first, warning('x'))).rejects.toMatchObject({ code: 'PXP_LEASE' });
        await expect(store.renewLease(first, { ttlMs: 9999 })).rejects.toMatchObject({ code: 'PXP_LEASE' });
        await expect(store.createRun({ runId: 'c', flow: 'f', lease: first })).rejects.toMatchObject({
          code: 'PXP_LEASE',
        });
        await store.releaseLease(first);
        await expect(lock('d')).rejects.toMatchObject({ code: 'PXP_LEASE' });
        expect(await store.append('b', second, warning('x'))).toMatchObject({ seq: 1 });
        expect((await store.events('a')).map(({ type }) => type)).toEqual(['run.state']);
      });

      it('refuses writes after release', async () => {
        const lease = await begin('a');
        await store.releaseLease(lease);
        await expect(store.append('a', lease, warning('x'))).rejects.toMatchObject({ code: 'PXP_LEASE' });
        await expect(store.renewLease(lease, { ttlMs: 1 })).rejects.toMatchObject({ code: 'PXP_LEASE' });
      });

      it('holds between two stores on the same data', async () => {
        const other = await adapter.open(clock);
        try {
          const first = await begin('a');
          await expect(lock('b', 'app', other)).rejects.toMatchObject({ code: 'PXP_LEASE' });
          dead.add('a');
          await lock('b', 'app', other);
          await expect(store.append('a', first, warning('late'))).rejects.toMatchObject({
            code: 'PXP_LEASE',
          });
        } finally {
          await other.close();
        }
      });
    });

    it('refuses work after it was closed, and closes twice', async () => {
      await store.close();
      await store.close();
      await expect(store.runs()).rejects.toMatchObject({ code: 'PXP_STORE' });
    });
  });
}

const warning = (detail: string): TimelineEvent => ({ type: 'warning', code: 'test', detail });
const state = (to: 'running' | 'done' | 'failed' | 'cancelled' | 'parked'): TimelineEvent => ({
  type: 'run.state',
  state: to,
  reason: 'test',
});
