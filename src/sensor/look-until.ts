import type { Clock } from '../core/clock.js';
import type { Frame } from './frame.js';
import type { FrameSource, UntilOptions, UntilResult } from './frame-source.js';

/**
 * The loop of `until`: capture, ask, and again, until satisfied or the time is over. `mayDiffer` waits until another
 * capture may show something else than the frame (never, by answering false at the deadline); without it the captures
 * follow each other.
 */
export async function lookUntil(
  { satisfies, timeoutMs, ...options }: UntilOptions,
  {
    capture,
    clock,
    mayDiffer = () => Promise.resolve(true),
  }: Readonly<{
    capture: FrameSource['capture'];
    clock: Clock;
    mayDiffer?: (frame: Frame, deadlineMs: number) => Promise<boolean>;
  }>,
): Promise<UntilResult> {
  const deadlineMs = clock.nowMs() + timeoutMs;
  for (;;) {
    const frame = await capture(options);
    if (satisfies(frame)) return { frame, satisfied: true };
    if (clock.nowMs() >= deadlineMs) return { frame, satisfied: false };
    if (!(await mayDiffer(frame, deadlineMs))) return { frame, satisfied: false };
  }
}
