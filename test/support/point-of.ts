import type { Point } from '../../src/core/geometry.js';
import type { SentAction } from '../../src/visual/transition-record.js';

/** Where an input went that has a place; text and keys have none. */
export function pointOf(action: SentAction): Point {
  if (action.kind === 'click' || action.kind === 'scroll') return action.point;
  throw new Error(`a ${action.kind} has no place`);
}
