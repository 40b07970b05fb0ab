import type { Assumption, AssumptionState } from './assumption.js';

/**
 * The assumptions of several pictures of one application as one list, each with its worst state over the pictures that show
 * it. Anchors and templates may belong to one screen: one that is held on a picture is not broken on another.
 */
export function combineAssumptions(pictures: readonly (readonly Assumption[])[]): Assumption[] {
  const byName = new Map<string, Assumption>();
  for (const assumption of pictures.flat()) {
    const known = byName.get(assumption.name);
    if (known === undefined || isWorse(assumption, known)) byName.set(assumption.name, assumption);
  }
  return [...byName.values()];
}

const SEVERITY: Readonly<Record<AssumptionState, number>> = {
  'not-visible': 0,
  held: 1,
  drifted: 2,
  broken: 3,
};
const ON_ONE_SCREEN: Readonly<Record<AssumptionState, number>> = { ...SEVERITY, broken: 0.5 };

function isWorse(a: Assumption, b: Assumption): boolean {
  const order = a.kind === 'anchor' || a.kind === 'template' ? ON_ONE_SCREEN : SEVERITY;
  if (a.state === b.state) return a.margin < b.margin;
  return order[a.state] > order[b.state];
}
