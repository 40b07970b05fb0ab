import type { AmbientMap } from '../motion/ambient-map.js';
import type { Judgement } from '../judgement.js';
import type { Look } from '../look.js';
import type { Reach } from '../reach.js';
import type { Vocabulary } from '../vocabulary.js';

/** What a predicate may look at. `before` is null where no action is judged: then only states can be told. */
export interface Scene extends Vocabulary {
  readonly before: Look | null;
  /** With a popup open before: the screen it was opened on, or was last seen without it. */
  readonly behind: Look | null;
  /** Where there is no `before`: a look at the page with nothing unexpected over it. */
  readonly clear?: Look | null;
  /** A popup nobody calibrated that a step has proved open, as it was seen then: no more than it. */
  readonly popup?: Look | null;
  readonly now: Look;
  /** Lists of which something else took a row meanwhile, beside the one asked for: one entry a row. */
  readonly takenBeside?: readonly string[];
  readonly ambient: AmbientMap;
  readonly reach: Reach;
}

/** A predicate's answer without its name, which the dispatcher adds. */
export type Finding = Omit<Judgement, 'predicate' | 'parts'>;
