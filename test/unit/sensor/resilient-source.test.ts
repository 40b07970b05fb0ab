import { describe, expect, test } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { PixelproofError } from '../../../src/core/errors.js';
import type { Fallback } from '../../../src/sensor/resilient-source.js';
import { createResilientSource } from '../../../src/sensor/resilient-source.js';
import { solid } from '../../support/draw.js';
import { SimulatedClock } from '../../support/simulated-clock.js';
import { type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';
import { type ScriptedSource, failing, scriptedSource } from './scripted-source.js';

const clock = new SimulatedClock({ autoAdvance: true });
const grey = solid(8, 6, [90, 90, 90]);

/** Two sensors; each fails in the captures named for it, counted from 1. */
async function setUp(failsAt: { first?: number[]; second?: number[] }, fail: () => never = failing) {
  const wire: FakeWire = fakeWire((command) => pageScript(() => wire)(command));
  const page = await openPage({ connection: new CdpConnection(wire) }, { size: { width: 8, height: 6 } });
  const before = wire.sent.length;
  const make = (name: 'first' | 'second'): ScriptedSource =>
    scriptedSource(name, { clock, ms: 5, shows: (n) => (failsAt[name]?.includes(n) ? fail() : grey) });
  const [first, second] = [make('first'), make('second')];
  const fallbacks: Fallback[] = [];
  const exhausted: string[] = [];
  const source = createResilientSource({
    ...{ sources: [first, second], page, clock },
    onFallback: (fallback) => fallbacks.push(fallback),
    onExhausted: () => exhausted.push(source.name),
  });
  return {
    ...{ source, first, second, exhausted },
    rungs: () => fallbacks.map(({ rung, from, to }) => `${rung} ${from} > ${to}`),
    helped: () => wire.sent.slice(before).map(({ method }) => method),
  };
}

describe('each rung, reached because the ones above failed', () => {
  test('no failure: nothing is done', async () => {
    const { source, rungs, helped } = await setUp({});
    expect((await source.capture()).provenance.sensor).toBe('first');
    expect([rungs(), helped()]).toEqual([[], []]);
  });

  test('kick: the same sensor once more', async () => {
    const { source, rungs, helped } = await setUp({ first: [1] });
    expect((await source.capture()).provenance.sensor).toBe('first');
    expect(rungs()).toEqual(['kick first > first']);
    expect(helped()).toEqual(['Runtime.evaluate']);
  });

  test('the other sensor, which then stays in use', async () => {
    const { source, first, rungs } = await setUp({ first: [1, 2] });
    expect((await source.capture()).provenance.sensor).toBe('second');
    expect(rungs()).toEqual(['kick first > first', 'other-sensor first > second']);
    await source.capture();
    expect(first.captures).toBe(2);
    expect(source.name).toBe('second');
  });

  test('bring to front, and the first sensor again', async () => {
    const { source, helped, rungs } = await setUp({ first: [1, 2], second: [1] });
    expect((await source.capture()).provenance.sensor).toBe('first');
    expect(rungs()).toEqual([
      'kick first > first',
      'other-sensor first > second',
      'bring-to-front second > first',
    ]);
    expect(helped()).toEqual(['Runtime.evaluate', 'Page.bringToFront']);
  });

  test('nothing helps: PXP_CAPTURE with the last failure as its cause, and the next call begins anew', async () => {
    const { source, exhausted } = await setUp({ first: [1, 2, 3], second: [1] });
    const error = await source.capture().catch((reason: unknown) => reason as PixelproofError);
    expect(error).toMatchObject({ code: 'PXP_CAPTURE', cause: { code: 'PXP_CAPTURE' } });
    expect(exhausted).toHaveLength(1);
    expect((await source.capture()).provenance.sensor).toBe('first');
  });
});

test('until and changedSince climb the same ladder', async () => {
  const { source, first, second, rungs } = await setUp({ first: [1, 2] });
  const { frame, satisfied } = await source.until({ satisfies: () => true, timeoutMs: 100 });
  expect([frame.provenance.sensor, satisfied]).toEqual(['second', true]);
  expect(await source.changedSince(frame)).toBe(false);
  expect(rungs()).toHaveLength(2);
  expect([first.captures, second.captures]).toEqual([2, 2]);
});

test.each(['PXP_CDP_CRASHED', 'PXP_CDP_CLOSED', 'PXP_ABORTED', 'PXP_RECT'] as const)(
  '%s is not the sensor’s failure and is thrown at once',
  async (code) => {
    const { source, rungs } = await setUp({ first: [1] }, () => {
      throw new PixelproofError(code, 'by the test');
    });
    await expect(source.capture()).rejects.toMatchObject({ code });
    expect(rungs()).toEqual([]);
  },
);

test('closing closes all of them', async () => {
  const { source, first, second } = await setUp({});
  await source.close();
  expect([first.closed, second.closed]).toEqual([true, true]);
});
