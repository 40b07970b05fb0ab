import type { ResolvedModal } from '../calibration/index.js';
import type { Clock } from '../core/index.js';
import type { Actuator } from '../input/index.js';
import type { AmbientMap } from './motion/ambient-map.js';
import type { Deadlines } from './deadlines.js';
import type { Evidence } from './evidence.js';
import { judge } from './judge.js';
import type { Judgement } from './judgement.js';
import type { Look } from './look.js';
import type { Observer, PictureMaker } from './transition/observe.js';
import type { Reach } from './reach.js';
import type { ArtifactRef } from './transition-record.js';
import type { Vocabulary } from './vocabulary.js';

/** A look at all of the screen, its stored picture, and the calibrated modal that a step has opened on it. */
export interface Behind {
  readonly look: Look;
  readonly ref: ArtifactRef;
  readonly modal: ResolvedModal;
}

/** What the parts of the engine share. One per engine; only `ambient`, `deadlines`, the clear look and the one behind a popup change. */
export interface EngineContext extends Vocabulary {
  readonly clock: Clock;
  readonly ambient: AmbientMap;
  readonly blockers: ReadonlyMap<string, Evidence>;
  readonly observe: Observer;
  readonly pictures: PictureMaker;
  readonly actuator: () => Actuator;
  readonly deadlines: Deadlines;
  /** From the cheapest on; the first is that of every look, the others are for what it leaves unsure. */
  readonly reaches: readonly [Reach, ...Reach[]];
  readonly onProbed: (ms: number) => void;
  /** The last look that showed what was to be expected, with no popup that nobody calibrated; null while there is none. What has come over the page since is new. */
  readonly clearLook: () => Look | null;
  /** The popup nobody calibrated that a step has proved open, as it was seen then; null where none is known. */
  readonly popupLook: () => Look | null;
  readonly onProved: (look: Look, judgement: Judgement) => void;
  /** The screen that a step has opened a popup on, as long as that is seen open. */
  readonly behindPopup: () => Behind | null;
  readonly onBehindPopup: (behind: Behind | null) => void;
}

/** The name of the blocker that holds on this look, or the spelled evidence of the step's own; null when the way is free. */
export function blockedBy(
  { blockers, reaches: [reach], ...context }: EngineContext,
  look: Look,
  {
    recovering,
    stepBlockers = [],
    clear,
    popup,
  }: Readonly<{
    recovering?: string;
    stepBlockers?: readonly Evidence[];
    clear: Look | null;
    popup?: Look | null;
  }>,
): string | null {
  const scene = { ...context, reach, before: null, behind: null, clear, popup, now: look };
  for (const [name, when] of blockers) {
    if (name !== recovering && judge(when, scene).truth === 'holds') return name;
  }
  const found = stepBlockers.map((each) => judge(each, scene)).find(({ truth }) => truth === 'holds');
  return found?.predicate ?? null;
}
