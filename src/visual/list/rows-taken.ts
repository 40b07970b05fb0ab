import type { Judgement } from '../judgement.js';
import type { Interruption, TransitionRecord } from '../transition-record.js';

/** The lists of which a judgement tells that a row has gone; with `orCame`, those of which one has come, too. */
export function listsTold(
  { predicate, truth, parts = [] }: Judgement,
  { orCame }: Readonly<{ orCame: boolean }>,
): readonly string[] {
  const told = /^row(Advanced|Removed|Added)\((.*)\)$/.exec(predicate);
  if (told !== null) return truth === 'holds' && (orCame || told[1] !== 'Added') ? [told[2]] : [];
  return parts.flatMap((part) => listsTold(part, { orCame }));
}

/** What a proof that has held tells of rows that have gone, for the record. */
export function rowsTaken(
  interruptions: readonly Interruption[],
  proof: Judgement | null,
): Pick<TransitionRecord, 'took'> {
  if (proof === null || interruptions.some(({ took }) => took !== undefined)) return {};
  const took = listsTold(proof, { orCame: false });
  return took.length === 0 ? {} : { took };
}

/**
 * The recoveries since the proof held for the first time. Rows that they took are gone from the pictures beside the one that the proof is
 * about, whether that was the step's own or taken by a recovery before.
 */
export function recoveriesSince(interruptions: readonly Interruption[]): readonly Interruption[] {
  const heldAt = interruptions.findIndex(({ proofHeld }) => proofHeld === true);
  return heldAt === -1 ? [] : interruptions.slice(heldAt);
}

/** One entry a row: the list it was taken from. */
export function takenBeside(interruptions: readonly Interruption[]): readonly string[] {
  return recoveriesSince(interruptions).flatMap(({ took = [] }) => took);
}
