import { describe, expect, it } from 'vitest';
import { PixelproofError } from '../../../src/core/index.js';
import { openWorkplace, failingStores } from './open-run.js';
import { already, interruptedAfter, verdict } from './scripted-engine.js';
import { testFlow } from './test-flow.js';

/** More operations than the run below has; the sweep ends by itself at the first run in which none failed. */
const MOST = 200;

describe.each(['PXP_STORE', 'PXP_IO', 'PXP_SESSION', 'PXP_LEASE'] as const)(
  'a run of which the n-th operation fails with %s',
  (code) => {
    it('ends in an outcome or a typed error, clicks nothing without a durable intent, and keeps nothing', async () => {
      const swept = new Set<string>();
      for (let n = 1; ; n++) {
        expect(n, 'the sweep has to end').toBeLessThan(MOST);
        const place = await openWorkplace();
        const broken = failingStores(place, { n, error: new PixelproofError(code, 'the n-th operation') });
        const flow = testFlow(async (ui) => {
          await ui.step('openInbox');
          while (!(await ui.isEmpty('list'))) await ui.step('collectRow');
        });
        let opened = 0;
        let closed = 0;
        const run = place.start(flow, {
          store: broken.store,
          artifacts: broken.artifacts,
          open: async () => {
            broken.step('open');
            opened++;
            const close = async () => {
              closed++;
            };
            const session = { prepare: async () => broken.step('prepare') };
            return { session, engine: run.engine, close };
          },
        });
        // An idempotent step, a click without effect, one after which the session ends, and one as it should be.
        run.engine.reactions.push(
          already,
          verdict('no-effect'),
          interruptedAfter({ kind: 'blocked', by: 'expired' }),
          verdict('proved'),
        );
        let rows = 3;
        run.engine.sight = () => ({
          kind: 'seen',
          seen: {
            predicate: 'p',
            truth: rows-- > 0 ? 'fails' : 'holds',
            score: 1,
            margin: 1,
            regions: [],
            reason: '',
          },
        });
        const clicksWithoutIntent: string[] = [];
        const checks: Promise<void>[] = [];
        run.engine.onClick = (intentId) => {
          const check = place.store.events(run.runId).then((events) => {
            const intent = events.find(
              (event) => event.type === 'step.intent' && event.intentId === intentId,
            );
            if (intent === undefined) clicksWithoutIntent.push(intentId);
          });
          checks.push(check);
        };

        const ended: unknown = await run.result.then(
          (result) => result,
          (error: unknown) => error,
        );
        await Promise.all(checks);
        const failed = broken.failed();
        const label = `operation ${n}: ${failed ?? 'none'}`;
        expect(clicksWithoutIntent, label).toEqual([]);
        expect(place.clock.pending, label).toBe(0);
        if (ended instanceof Error) {
          expect(ended, label).toMatchObject({ code });
          expect(run.log, label).not.toContain('click');
        } else {
          const { outcome, error } = ended as { outcome: string; error: unknown };
          expect(outcome === 'done' ? error : (error as PixelproofError).code, label).toBe(
            outcome === 'done' ? null : code,
          );
          expect(closed, label).toBe(opened);
        }
        if (failed !== 'releaseLease') await place.takeLease();
        await place.dispose();
        if (failed === undefined) {
          expect(ended).toMatchObject({ outcome: 'done', units: 3 });
          break;
        }
        swept.add(failed);
      }
      expect([...swept].sort()).toEqual(
        [
          'acquireLease',
          'append',
          'createRun',
          'open',
          'openIntents',
          'prepare',
          'put',
          'releaseLease',
        ].sort(),
      );
    });
  },
);
