import { PixelproofError } from '../core/index.js';
import type { ResolvedCalibration } from '../calibration/index.js';
import type { Evidence } from './evidence.js';

/** What evidence may name: places of the calibration, screens of the flow. */
export interface Vocabulary {
  readonly calibration: ResolvedCalibration;
  /** Each screen by the evidence that says, on one frame, "this is it". */
  readonly screens: ReadonlyMap<string, Evidence>;
}

/** Errors: PXP_FLOW when the flow has no such screen. */
export function screenOf({ screens }: Vocabulary, name: string): Evidence {
  const screen = screens.get(name);
  if (screen !== undefined) return screen;
  throw new PixelproofError('PXP_FLOW', 'the flow has no such screen', {
    what: `on(${name})`,
    expected: [...screens.keys()].join(', ') || 'a flow with screens',
    received: name,
  });
}
