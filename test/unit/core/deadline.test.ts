import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withDeadline } from '../../../src/core/deadline.js';
import { PixelproofError } from '../../../src/core/errors.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function pending<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('withDeadline', () => {
  test('passes on the value and leaves no timer', async () => {
    await expect(withDeadline(Promise.resolve(7), { what: 'work', timeoutMs: 100 })).resolves.toBe(7);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('passes on the error and leaves no timer', async () => {
    const cause = new PixelproofError('PXP_CDP_CRASHED', 'gone');
    await expect(withDeadline(Promise.reject(cause), { what: 'work', timeoutMs: 100 })).rejects.toBe(cause);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends at the deadline, not before, and hands what comes late to onLate', async () => {
    const work = pending<string>();
    const onLate = vi.fn();
    const settled = vi.fn();
    const waiting = withDeadline(work.promise, { what: 'work', timeoutMs: 100, onLate });
    waiting.catch(settled);
    await vi.advanceTimersByTimeAsync(99);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await expect(waiting).rejects.toMatchObject({ code: 'PXP_TIMEOUT', retryable: true });
    expect(onLate).not.toHaveBeenCalled();
    work.resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(onLate).toHaveBeenCalledExactlyOnceWith('late');
  });

  test('onTimeout makes the error', async () => {
    const error = new PixelproofError('PXP_CDP_TIMEOUT', 'too slow');
    const options = { what: 'work', timeoutMs: 5, onTimeout: () => error };
    const waiting = expect(withDeadline(pending<never>().promise, options)).rejects.toBe(error);
    await vi.advanceTimersByTimeAsync(5);
    await waiting;
  });

  test('ends when the signal aborts, and lets go of signal and timer', async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    const work = pending<string>();
    const onLate = vi.fn();
    const { signal } = controller;
    const waiting = withDeadline(work.promise, { what: 'work', timeoutMs: 100, signal, onLate });
    const reason = new Error('stop');
    controller.abort(reason);
    await expect(waiting).rejects.toMatchObject({ code: 'PXP_ABORTED', cause: reason });
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledOnce();
    work.resolve('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(onLate).toHaveBeenCalledExactlyOnceWith('late');
  });

  test('a signal that has aborted ends it at once, with the reason itself when that is ours', async () => {
    const reason = new PixelproofError('PXP_STOPPED', 'drain');
    const signal = AbortSignal.abort(reason);
    await expect(
      withDeadline(pending<never>().promise, { what: 'work', timeoutMs: 100, signal }),
    ).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('work that fails after the deadline is not an unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const work = pending<never>();
    const waiting = expect(withDeadline(work.promise, { what: 'work', timeoutMs: 1 })).rejects.toMatchObject({
      code: 'PXP_TIMEOUT',
    });
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    work.reject(new Error('late failure'));
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
