import type { Clock } from '../core/index.js';
import type { Actuator } from '../input/index.js';
import type { AmbientMap } from './ambient-map.js';
import type { Evidence } from './evidence.js';
import { judge } from './judge.js';
import type { Look } from './look.js';
import type { Observer, PictureMaker } from './observe.js';
import type { Vocabulary } from './vocabulary.js';

/** What the parts of the engine share. One per engine; only `ambient` and `learnedTimeouts` change. */
export interface EngineContext extends Vocabulary {
  readonly clock: Clock;
  readonly ambient: AmbientMap;
  readonly blockers: ReadonlyMap<string, Evidence>;
  readonly observe: Observer;
  readonly pictures: PictureMaker;
  readonly actuator: () => Actuator;
  /** Per step, a timeout raised by an effect that came late. */
  readonly learnedTimeouts: Map<string, number>;
  readonly onProbed: (ms: number) => void;
}

/** The name of the blocker that holds on this look, or the spelled evidence of the step's own; null when the way is free. */
export function blockedBy(
  { blockers, calibration, screens, ambient }: EngineContext,
  look: Look,
  { recovering, stepBlockers = [] }: Readonly<{ recovering?: string; stepBlockers?: readonly Evidence[] }>,
): string | null {
  const scene = { before: null, now: look, calibration, screens, ambient };
  for (const [name, when] of blockers) {
    if (name !== recovering && judge(when, scene).truth === 'holds') return name;
  }
  const found = stepBlockers.map((each) => judge(each, scene)).find(({ truth }) => truth === 'holds');
  return found?.predicate ?? null;
}
