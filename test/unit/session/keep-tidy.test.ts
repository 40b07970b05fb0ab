import { expect, test } from 'vitest';
import type { Page } from '../../../src/cdp/index.js';
import { PixelproofError } from '../../../src/core/index.js';
import { keepTidy } from '../../../src/session/index.js';
import { SimulatedClock } from '../../support/simulated-clock.js';

const MB = 2 ** 20;

/** A page of `alive` MB that has left so much more behind at each question; a collection takes that away. */
function page(alive: number, grows: readonly number[]) {
  const calls: string[] = [];
  let [look, left] = [0, 0];
  const send = (method: string): Promise<unknown> => {
    calls.push(method);
    if (method === 'HeapProfiler.collectGarbage') {
      left = 0;
      return Promise.resolve({});
    }
    const grown = look < grows.length ? grows[look] : undefined;
    look++;
    if (grown === undefined) return Promise.reject(new PixelproofError('PXP_CDP_CLOSED', 'the page is gone'));
    left += grown;
    return Promise.resolve({ usedSize: MB, embedderHeapUsedSize: (alive - 1 + left) * MB });
  };
  const collections = (): number => calls.filter((call) => call === 'HeapProfiler.collectGarbage').length;
  return { page: { session: { send } } as unknown as Page, calls, collections };
}

test.each([
  ['what grows by 3 MB is collected at 9', 2, [0, 3, 3, 3, 0, 3], 1],
  ['a page at rest never is', 2, [0, 0, 0, 0, 0, 0], 0],
  ['a large page when half of it is garbage', 100, [0, 20, 20, 20, 0, 20], 1],
  ['and a large page that grows little never', 100, [0, 9, 9, 9, 9, 9], 0],
])('%s', async (_, alive, grows, times) => {
  const clock = new SimulatedClock();
  const { page: given, collections, calls } = page(alive, grows);
  keepTidy(given, clock);
  await clock.advance(60_000);
  expect(collections()).toBe(times);
  // It ended with the page: the question after the last answer was the last call.
  expect(calls.at(-1)).toBe('Runtime.getHeapUsage');
  expect(calls).toHaveLength(grows.length + times + 1);
});

test('nothing is asked after its end', async () => {
  const clock = new SimulatedClock();
  const { page: given, calls } = page(2, [0, 0, 0, 0, 0, 0, 0, 0]);
  const stop = keepTidy(given, clock);
  await clock.advance(7_000);
  const asked = calls.length;
  expect(asked).toBe(3);
  stop();
  await clock.advance(60_000);
  expect(calls).toHaveLength(asked);
});
