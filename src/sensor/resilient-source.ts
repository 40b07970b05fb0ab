import type { Page } from '../cdp/open-page.js';
import type { Clock } from '../core/clock.js';
import type { ErrorCode } from '../core/error-catalogue.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import type { FrameSource } from './frame-source.js';

/** What was done after a sensor failed, before the next attempt. */
export interface Fallback {
  readonly rung: 'kick' | 'other-sensor' | 'bring-to-front';
  /** The sensor that failed, and the one that is asked next. */
  readonly from: string;
  readonly to: string;
  readonly error: PixelproofError;
}

export interface ResilientSourceOptions {
  /** In order of preference; at least one, all of the same page. */
  readonly sources: readonly FrameSource[];
  readonly page: Pick<Page, 'session'>;
  readonly clock: Clock;
  /** What one attempt gets of the time. Default 1500 ms: no sensor takes a tenth of it on a page that draws. */
  readonly attemptMs?: number;
  readonly onFallback?: (fallback: Fallback) => void;
  /** Called when no rung helped, before the error is thrown. */
  readonly onExhausted?: () => void;
}

/** The sensor's failures; what the caller did wrong or wanted, and the loss of the page, are not. */
const SENSOR_FAILURES: readonly ErrorCode[] = [
  'PXP_CAPTURE',
  'PXP_CDP_TIMEOUT',
  'PXP_CDP_COMMAND',
  'PXP_TIMEOUT',
];
/** For a command that only is to help. */
const HELP_MS = 500;

/**
 * A source that does not give up with its first sensor: when one fails, the page is asked for a new frame and the sensor
 * once more; then the other sensors in their order; then the page is brought to the front, and the first sensor once more.
 * Whichever brought a frame stays in use. When nothing helps the error is PXP_CAPTURE with the last failure as its cause:
 * then the page has to be attached again. Frames say in their provenance which sensor they are of.
 *
 * A whole ladder of n sensors takes up to n + 2 attempts. Errors of the caller's (PXP_RECT, PXP_ABORTED) and the loss of
 * page or browser are thrown at once.
 */
export function createResilientSource({
  sources,
  page,
  clock,
  attemptMs = 1500,
  onFallback = () => undefined,
  onExhausted = () => undefined,
}: ResilientSourceOptions): FrameSource {
  const first = sources.at(0);
  if (first === undefined)
    throw new PixelproofError('PXP_USAGE', 'no sensor to fall back on', { what: 'sources' });
  let current = first;

  const help = async (method: 'Runtime.evaluate' | 'Page.bringToFront'): Promise<void> => {
    const params =
      method === 'Runtime.evaluate' ? { expression: 'void requestAnimationFrame(() => {})' } : undefined;
    // Best effort: whether it helped, the next attempt shows.
    await page.session.send(method, params, { timeoutMs: HELP_MS }).catch(() => undefined);
  };

  /** The rungs below the source that failed, from the top. */
  const rungsBelow = (failed: FrameSource): { rung: Fallback['rung']; to: FrameSource }[] => [
    { rung: 'kick', to: failed },
    ...sources.filter((source) => source !== failed).map((to) => ({ rung: 'other-sensor', to }) as const),
    { rung: 'bring-to-front', to: first },
  ];

  const climb = async <T>(ask: (source: FrameSource) => Promise<T>): Promise<T> => {
    let source = current;
    const rungs = rungsBelow(source);
    for (;;) {
      try {
        const answer = await ask(source);
        current = source;
        return answer;
      } catch (error) {
        if (!isPixelproofError(error) || !SENSOR_FAILURES.includes(error.code)) throw error;
        const next = rungs.shift();
        if (next === undefined) {
          onExhausted();
          throw exhausted(sources, error);
        }
        onFallback({ rung: next.rung, from: source.name, to: next.to.name, error });
        if (next.rung === 'kick') await help('Runtime.evaluate');
        if (next.rung === 'bring-to-front') await help('Page.bringToFront');
        source = next.to;
      }
    }
  };

  const within = <Wait extends Readonly<{ timeoutMs?: number }>>(
    wait: Wait,
  ): Wait & { timeoutMs: number } => ({
    ...wait,
    timeoutMs: Math.min(attemptMs, wait.timeoutMs ?? attemptMs),
  });

  return {
    get name() {
      return current.name;
    },
    viewport: first.viewport,
    capture: (options = {}) => climb((source) => source.capture(within(options))),
    changedSince: (frame, options = {}) => climb((source) => source.changedSince(frame, within(options))),
    until(options) {
      const deadlineMs = clock.nowMs() + options.timeoutMs;
      // Not less than nothing: the last look is one capture.
      return climb((source) =>
        source.until({ ...options, timeoutMs: Math.max(0, deadlineMs - clock.nowMs()) }),
      );
    },
    async close() {
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

function exhausted(sources: readonly FrameSource[], cause: PixelproofError): PixelproofError {
  return new PixelproofError('PXP_CAPTURE', 'no sensor brings a frame of this page', {
    expected: `one by ${sources.map(({ name }) => name).join(' or ')}`,
    received: cause.code,
    hint: 'attach to the page again',
    cause,
  });
}
