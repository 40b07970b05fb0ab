import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock, throwIfAborted } from '../../../src/core/clock.js';
import { PixelproofError } from '../../../src/core/errors.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('sleep lasts as long as asked and lets go of its signal', async () => {
  const controller = new AbortController();
  const removed = vi.spyOn(controller.signal, 'removeEventListener');
  const done = vi.fn();
  const sleeping = systemClock.sleep(50, controller.signal).then(done);
  await vi.advanceTimersByTimeAsync(49);
  expect(done).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await sleeping;
  expect(done).toHaveBeenCalledOnce();
  expect(removed).toHaveBeenCalledOnce();
});

test('an abort ends the sleep at once and leaves no timer', async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(50, controller.signal);
  controller.abort('enough');
  await expect(sleeping).rejects.toMatchObject({ code: 'PXP_ABORTED', cause: 'enough' });
  expect(vi.getTimerCount()).toBe(0);
});

test('a sleep under an aborted signal never starts', async () => {
  await expect(systemClock.sleep(50, AbortSignal.abort())).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  expect(vi.getTimerCount()).toBe(0);
});

test('throwIfAborted passes on an error of ours, wraps others, and is silent otherwise', () => {
  const stopped = new PixelproofError('PXP_STOPPED', 'drain');
  expect(() => throwIfAborted(AbortSignal.abort(stopped))).toThrow(stopped);
  expect(() => throwIfAborted(AbortSignal.abort('why'))).toThrow(
    expect.objectContaining({ code: 'PXP_ABORTED' }),
  );
  expect(() => throwIfAborted(new AbortController().signal)).not.toThrow();
  expect(() => throwIfAborted()).not.toThrow();
});
