import { readCounter } from '../list/read-counter.js';
import type { Finding, Scene } from './scene.js';

/** The counter's number differs from the one before by just so much. */
export function judgeCounted(
  { before, now, calibration }: Scene,
  { counter, by }: Readonly<{ counter: string; by: number }>,
): Finding {
  const regions = [calibration.counter(counter).rect];
  const unsure = (reason: string): Finding => ({ truth: 'unsure', score: 0, margin: 0, regions, reason });
  if (before === null) return unsure('nothing-before');
  const [was, is] = [before, now].map((look) => readCounter(look, calibration, counter));
  if (was.value === null) return unsure(`number-${was.reason}`);
  if (is.value === null) return unsure(`number-${is.reason}`);
  const found = is.value - was.value;
  return {
    truth: found === by ? 'holds' : 'fails',
    score: Math.min(was.score, is.score),
    margin: Math.min(was.margin, is.margin),
    regions,
    reason: found === 0 ? 'count-unchanged' : `counted-by-${found}`,
  };
}
