import type { Intent, StoredPictures, TransitionJournal } from '../visual/index.js';
import type { RunContext } from './run-context.js';
import { storePicture } from './store-picture.js';

/** Pictures first, then the intent: what the input waits for. */
export function journalOf(context: RunContext): TransitionJournal {
  return {
    async intend({ before, behind, evidence, ...intent }) {
      const refs = await storeEvidence({ before, behind, evidence }, context);
      await context.append({ type: 'step.intent', ...intent, ...refs, evidence: [...refs.evidence] });
      return refs;
    },
  };
}

/** The pictures of an intent, each durable when the promise resolves. */
export async function storeEvidence(
  { before, behind, evidence }: Pick<Intent, 'before' | 'behind' | 'evidence'>,
  context: RunContext,
): Promise<StoredPictures> {
  const behindRef =
    behind === null || 'sha256' in behind ? Promise.resolve(behind) : storePicture(behind, 'before', context);
  const writes = [
    storePicture(before, 'before', context),
    ...evidence.map((picture) => storePicture(picture, 'evidence', context)),
  ];
  // None is still being written when one that failed ends the run.
  await Promise.allSettled([behindRef, ...writes]);
  const [beforeRef, ...evidenceRefs] = await Promise.all(writes);
  return { before: beforeRef, behind: await behindRef, evidence: evidenceRefs };
}
