import type { ImageBuffer } from '../../image/image-buffer.js';
import { checkCalibration } from './check-calibration.js';
import { type MutantKind, mutateFrame } from './mutate-frame.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';

export interface MutantScore {
  readonly mutants: number;
  /** Noticed, or in the kind that means nothing, not noticed. */
  readonly right: number;
  /** By kind. */
  readonly kinds: Readonly<Partial<Record<MutantKind, { readonly mutants: number; readonly right: number }>>>;
  /** What was wrong, such as `shifted 2 px left: nothing noticed`. */
  readonly wrong: readonly string[];
}

/**
 * How many of a frame's mutants the calibration notices: at least one assumption is drifted or broken. The one that is only
 * encoded again must not be noticed. An alarm on the frame itself makes every mutant of it wrong: nothing is noticed by what
 * alarms always. Cost: about 40 checks and pictures, 1280x720 a few seconds.
 */
export function scoreMutants(calibration: ResolvedCalibration, frame: ImageBuffer): MutantScore {
  const alarms = (image: ImageBuffer): readonly string[] =>
    checkCalibration(calibration, image)
      .filter(({ state }) => state === 'drifted' || state === 'broken')
      .map(({ name }) => name);
  const always = alarms(frame);
  const kinds: Partial<Record<MutantKind, { mutants: number; right: number }>> = {};
  const wrong: string[] = [];
  for (const { kind, name, image } of mutateFrame(frame, calibration)) {
    const count = (kinds[kind] ??= { mutants: 0, right: 0 });
    count.mutants++;
    const noticed = alarms(image).length > 0;
    if (always.length === 0 && noticed === (kind !== 're-encoded')) count.right++;
    else
      wrong.push(
        `${kind} ${name}: ${always.length > 0 ? `the frame itself alarms, ${always.join(', ')}` : noticed ? 'alarm' : 'nothing noticed'}`,
      );
  }
  const sum = (of: 'mutants' | 'right'): number =>
    Object.values(kinds).reduce((n, count) => n + count[of], 0);
  return { mutants: sum('mutants'), right: sum('right'), kinds, wrong };
}
