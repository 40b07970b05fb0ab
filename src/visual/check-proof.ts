import { PixelproofError } from '../core/index.js';
import { type Evidence, spellEvidence } from './evidence.js';
import type { Step } from './step.js';

/**
 * That a step's proof can tell something. Errors: PXP_FLOW for one that holds though nothing has changed, whatever the screen
 * shows, for one that cannot hold, as of two tabs at once, and for one that implies what blocks the step, the step's own or one of
 * `blockers`, the flow's.
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
  if (alwaysHolds({ kind: 'not', of: proves }, () => undefined)) {
    const expected = 'evidence that may hold, all of it at once';
    throw new PixelproofError('PXP_FLOW', 'the proof cannot hold', { expected, received });
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
  rowAdded: false,
  counted: false,
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
    alwaysHolds(evidence, (leaf) => {
      if (spellEvidence(leaf) === spellEvidence(value)) return answer;
      return answer && excludes(value, leaf) ? false : answers(leaf);
    }),
  );
}

/** Whether one of two different predicates cannot hold while the other does: one tab is active, a swatch is in one state. */
function excludes(one: Evidence, other: Evidence): boolean {
  switch (one.kind) {
    case 'tabActive':
    case 'on':
      return other.kind === one.kind;
    case 'swatchIs':
      return other.kind === 'swatchIs' && other.swatch === one.swatch;
    default:
      return false;
  }
}

/** Its truth, or a predicate it depends on. */
function evaluate(evidence: Evidence, answers: Answers): boolean | Evidence {
  switch (evidence.kind) {
    case 'all':
    case 'any': {
      const decides = evidence.kind === 'any';
      const values = evidence.of.map((part) => evaluate(part, answers));
      if (values.includes(decides)) return decides;
      return values.find((value) => typeof value !== 'boolean') ?? !decides;
    }
    case 'not':
      return negate(evaluate(evidence.of, answers));
    case 'gone':
      return negate(evaluate({ kind: 'visible', anchor: evidence.anchor }, answers));
    case 'matches':
      return evaluate({ kind: 'visible', anchor: evidence.template }, answers);
    case 'modalClosed':
      return negate(evaluate({ kind: 'modalOpen', modal: evidence.modal }, answers));
    case 'modalOpen': {
      // Where one is open, some popup is.
      const some: Evidence = { kind: 'modalOpen', modal: null };
      const isSome = answers(some) ?? some;
      return isSome === true ? (answers(evidence) ?? evidence) : isSome;
    }
    default:
      return answers(evidence) ?? evidence;
  }
}

const negate = (value: boolean | Evidence): boolean | Evidence =>
  typeof value === 'boolean' ? !value : value;
