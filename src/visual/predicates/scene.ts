import type { ResolvedCalibration } from '../../calibration/index.js';
import type { AmbientMap } from '../ambient-map.js';
import type { Judgement } from '../judgement.js';
import type { Look } from '../look.js';

/** What a predicate may look at. `before` is null where no action is judged: then only states can be told. */
export interface Scene {
  readonly before: Look | null;
  readonly now: Look;
  readonly calibration: ResolvedCalibration;
  readonly ambient: AmbientMap;
}

/** A predicate's answer without its name, which the dispatcher adds. */
export type Finding = Omit<Judgement, 'predicate' | 'parts'>;
