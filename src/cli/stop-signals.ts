import { PixelproofError } from '../core/index.js';

/** SIGTERM and SIGINT as requests: the first drains, a second aborts. `end` gives the signals back. */
export function listenForStop(
  onNote: (line: string) => void,
): Readonly<{ drain: AbortSignal; abort: AbortSignal; end: () => void }> {
  const drain = new AbortController();
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (!drain.signal.aborted) {
      onNote(`${signal}: finishing the unit under way; once more to stop at once`);
      drain.abort(new PixelproofError('PXP_STOPPED', `${signal} was received`));
      return;
    }
    onNote(`${signal}: stopping`);
    abort.abort(new PixelproofError('PXP_ABORTED', `${signal} was received twice`));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  return {
    drain: drain.signal,
    abort: abort.signal,
    end: () => void process.off('SIGTERM', stop).off('SIGINT', stop),
  };
}
