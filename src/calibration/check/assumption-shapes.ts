import type { Rect } from '../../core/geometry.js';
import type { Assumption, AssumptionState } from './assumption.js';

type Shape =
  | { readonly kind: 'rect'; readonly rect: Rect; readonly color: string; readonly label?: string }
  | {
      readonly kind: 'legend';
      readonly entries: readonly { readonly color: string; readonly label: string }[];
    };

/** Of the palette of Okabe and Ito (2008): apart from each other with any of the common colour blindnesses. */
const COLORS: Readonly<Record<Exclude<AssumptionState, 'not-visible'>, string>> = {
  held: '#009e73',
  drifted: '#e69f00',
  broken: '#d55e00',
};
const FOUND = '#56b4e9';

/**
 * The assumptions of a picture as shapes to draw on it: where each is expected, by the colour of its state, and in another
 * colour where what has drifted was found; last a legend. What is not visible is left out.
 */
export function assumptionShapes(assumptions: readonly Assumption[]): Shape[] {
  const places = assumptions.flatMap(({ name, state, rect, foundRect, offset }): Shape[] => {
    if (state === 'not-visible') return [];
    const label = state === 'held' ? name : `${name}: ${state}`;
    const expected: Shape = { kind: 'rect', rect, color: COLORS[state], label };
    if (foundRect === undefined) return [expected];
    const moved = offset === undefined ? 'found' : `found ${offset.x}, ${offset.y}`;
    return [expected, { kind: 'rect', rect: foundRect, color: FOUND, label: moved }];
  });
  const entries = [
    ...Object.entries(COLORS).map(([label, color]) => ({ label, color })),
    { label: 'found instead', color: FOUND },
  ];
  return [...places, { kind: 'legend', entries }];
}
