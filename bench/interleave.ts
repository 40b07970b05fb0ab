import { type Clock, systemClock } from '../src/core/index.js';

/** One contestant of a comparison. Between its turns it has to leave the machine to the others. */
export interface Side {
  readonly name: string;
  /** At the start of each turn, not timed: wake the page, let it come to speed. */
  readonly resume?: () => void | Promise<void>;
  /** One operation. It answers its own measure, so that checks and preparations stay out of it. */
  readonly sample: () => number | Promise<number>;
  /** At the end of each turn, not timed: hold everything that would take processor time from the others. */
  readonly pause?: () => void | Promise<void>;
}

export interface Schedule {
  /** Turns of each side that count. */
  readonly turns: number;
  /** Before them each side runs this long without counting, once at least: compilers need time. Default 0. */
  readonly warmUpMs?: number;
  /** Samples per turn that count. */
  readonly perTurn: number;
  /** Samples at the start of each turn that do not count: caches are cold after the others' turns. Default 1. */
  readonly discard?: number;
  /** No further round begins this long after the first that counts; that one does whatever it takes. */
  readonly budgetMs: number;
}

/**
 * Measures the sides in turns, A B C A B C, so that whatever else the machine does falls on all of them alike: their
 * ratio may be trusted where their absolute times may not. Answers each side's counted samples, in order; every side
 * has the same number of them. A side that throws ends the comparison, after its pause.
 */
export async function interleave(
  sides: readonly Side[],
  { turns, warmUpMs = 0, perTurn, discard = 1, budgetMs }: Schedule,
  clock: Pick<Clock, 'nowMs'> = systemClock,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  for (const side of sides) {
    const untilMs = clock.nowMs() + warmUpMs;
    await turn(side, (taken) => taken === 0 || clock.nowMs() < untilMs);
  }
  const startedAtMs = clock.nowMs();
  for (let round = 0; round < turns; round++) {
    if (round > 0 && clock.nowMs() - startedAtMs > budgetMs) break;
    for (const side of sides) {
      const taken = await turn(side, (count) => count < discard + perTurn);
      samples.get(side.name)!.push(...taken.slice(discard));
    }
  }
  return samples;
}

async function turn({ resume, sample, pause }: Side, goesOn: (taken: number) => boolean): Promise<number[]> {
  const taken: number[] = [];
  await resume?.();
  try {
    while (goesOn(taken.length)) taken.push(await sample());
  } finally {
    await pause?.();
  }
  return taken;
}
