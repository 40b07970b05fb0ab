import { PixelproofError } from '../core/index.js';
import { type Evidence, spellEvidence } from './evidence.js';
import type { Step } from './step.js';

/**
 * That a step's proof can tell something. Errors: PXP_FLOW for one that holds though nothing has changed, whatever the screen
 * shows, and for one that implies what blocks the step, the step's own or one of `blockers`, the flow's.
 */
export function checkProof(
  { proves, blockedBy }: Pick<Step, 'proves' | 'blockedBy'>,
  { blockers }: Readonly<{ blockers: readonly Evidence[] }>,
): void {
  const received = spellEvidence(proves);
  if (alwaysHolds(proves, ({ kind }) => OF_NO_CHANGE[kind])) {
    const expected = 'evidence that fails as long as the step has no effect';
    throw new PixelproofError('PXP_FLOW', 'the proof holds though nothing is done', { expected, received });
  }
  const blocker = [...blockedBy, ...blockers].find((when) => implies(proves, when));
  if (blocker === undefined) return;
  throw new PixelproofError('PXP_FLOW', 'the proof is also what blocks the step, so it can never count', {
    expected: `a proof without ${spellEvidence(blocker)}, or no such blocker`,
    received,
  });
}

/** What a predicate answers of a look compared with itself. Those that are not here may hold or fail. */
const OF_NO_CHANGE: Partial<Record<Evidence['kind'], boolean>> = {
  unchanged: true,
  changed: false,
  rowAdvanced: false,
  rowRemoved: false,
  scrolled: false,
  textGrew: false,
};

/** Whether `other` holds wherever `evidence` does, as far as their parts tell: `all(a, b)` implies `a`. */
function implies(evidence: Evidence, other: Evidence): boolean {
  return alwaysHolds({ kind: 'any', of: [{ kind: 'not', of: evidence }, other] }, () => undefined);
}

type Answers = (leaf: Evidence) => boolean | undefined;

/** By trying both answers of each predicate that decides, so that `any(a, not(a))` is seen. */
function alwaysHolds(evidence: Evidence, answers: Answers): boolean {
  const value = evaluate(evidence, answers);
  if (typeof value === 'boolean') return value;
  return [false, true].every((answer) =>
    alwaysHolds(evidence, (leaf) => (spellEvidence(leaf) === value ? answer : answers(leaf))),
  );
}

/** Its truth, or the spelling of a predicate it depends on. */
function evaluate(evidence: Evidence, answers: Answers): boolean | string {
  switch (evidence.kind) {
    case 'all':
    case 'any': {
      const decides = evidence.kind === 'any';
      const values = evidence.of.map((part) => evaluate(part, answers));
      if (values.includes(decides)) return decides;
      return values.find((value) => typeof value === 'string') ?? !decides;
    }
    case 'not':
      return negate(evaluate(evidence.of, answers));
    case 'gone':
      return negate(evaluate({ kind: 'visible', anchor: evidence.anchor }, answers));
    case 'matches':
      return evaluate({ kind: 'visible', anchor: evidence.template }, answers);
    case 'modalClosed':
      return negate(evaluate({ kind: 'modalOpen', modal: evidence.modal }, answers));
    default:
      return answers(evidence) ?? spellEvidence(evidence);
  }
}

const negate = (value: boolean | string): boolean | string => (typeof value === 'boolean' ? !value : value);
