import type { Judgement } from '../judgement.js';
import type { Finding } from './scene.js';

/** Which of the flow's screens a frame shows. */
export interface Recognition {
  /** A screen's name; `unknown` when the frame shows none of them, `unsure` when it does not say. */
  readonly screen: string;
  /** How well it fits, 0..1. */
  readonly score: number;
  /** Of its own evidence, and no more than what the next one lacks, 0..1. */
  readonly margin: number;
  /** A stable code: `recognised`, `no-screen-holds`, `several-screens`, `flat-frame` … */
  readonly reason: string;
  /** Each screen's evidence as judged on the frame, the best first. */
  readonly ranked: readonly (Readonly<{ screen: string }> & Judgement)[];
}

/** A rival that may be there too has to lack this much. */
const MIN_LACK = 0.1;
const ORDER = { holds: 0, unsure: 1, fails: 2 } as const;

/**
 * Screens compete: just one holds, well ahead of those that may. Several that hold are an unsure answer: the frame fell into
 * a change, or one screen's evidence is part of another's.
 */
export function recognise(judged: readonly (readonly [string, Judgement])[]): Recognition {
  const ranked = judged
    .map(([screen, judgement]) => ({ screen, ...judgement }))
    .sort((a, b) => ORDER[a.truth] - ORDER[b.truth] || b.score - a.score);
  const best = ranked.at(0);
  const next = ranked.at(1);
  const answer = (screen: string, reason: string, margin = 0): Recognition => ({
    ...{ screen, reason, margin, ranked },
    score: best?.score ?? 0,
  });
  if (best === undefined) return answer('unknown', 'no-screens');
  if (best.truth === 'fails') return answer('unknown', 'no-screen-holds');
  if (best.truth === 'unsure') return answer('unsure', best.reason);
  if (next?.truth === 'holds') return answer('unsure', 'several-screens');
  if (next?.truth !== 'unsure') return answer(best.screen, 'recognised', best.margin);
  const lack = 1 - next.score;
  const margin = Math.min(best.margin, lack);
  return lack < MIN_LACK
    ? answer('unsure', `near-${next.screen}`, margin)
    : answer(best.screen, 'recognised', margin);
}

/** The frame shows the screen: competitively recognised, as `where()` would answer. */
export function judgeOn({ screen, score, margin, reason, ranked }: Recognition, wanted: string): Finding {
  const regions = ranked.flatMap((each) => each.regions);
  const answer = { score, margin, regions };
  if (screen === 'unsure') return { ...answer, truth: 'unsure', reason };
  return screen === wanted
    ? { ...answer, truth: 'holds', reason }
    : { ...answer, truth: 'fails', reason: `on-${screen}` };
}
