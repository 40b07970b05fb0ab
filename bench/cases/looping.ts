import type { Contestant } from '../contestant.js';
import type { PageServer } from '../page.js';
import type { Recorder } from '../recorder.js';
import type { Side } from '../interleave.js';
import { type RowLoop, startRowLoop } from '../row-loop.js';
import { withContestants } from '../with-contestants.js';

/** How long a page moves before the first sample of a turn. */
const MOTION_LEAD_MS = 100;

/**
 * `click-to-proof:<side>`: from the call that clicks the first row's button to the picture of that row that shows its
 * effect, on a page that is still otherwise; `click-to-proof-animated:<side>`: while a strip above moves with every
 * frame. JPEG of 1240x56 on all sides. One browser each, in turns, the others' pages held still.
 */
export async function loopingCases(recorder: Recorder, server: PageServer): Promise<void> {
  const { quick } = recorder.options;
  const schedule = {
    unit: 'ms',
    perTurn: quick ? 6 : 10,
    turns: quick ? 4 : 20,
    budgetMs: quick ? 3000 : 30_000,
  } as const;
  await withContestants(
    recorder,
    { server, wanted: (side) => wanted(recorder, side) },
    async (contestants) => {
      const loops = await Promise.all(
        contestants.map(async (contestant) => ({ contestant, loop: await startRowLoop(contestant, 'jpeg') })),
      );
      for (const page of ['still', 'moving'] as const) {
        const sides = loops.map((each) => sideOf(each, page));
        await recorder.compare(sides, schedule);
      }
    },
  );
}

interface Runner {
  readonly contestant: Contestant;
  readonly loop: RowLoop;
}

function wanted(recorder: Recorder, side: string): boolean {
  return recorder.wants(`click-to-proof:${side}`) || recorder.wants(`click-to-proof-animated:${side}`);
}

function sideOf({ contestant, loop }: Runner, page: 'still' | 'moving'): Side {
  const moving = page === 'moving';
  return {
    name: `${moving ? 'click-to-proof-animated' : 'click-to-proof'}:${contestant.name}`,
    async resume() {
      contestant.rest?.(false);
      if (!moving) return;
      await contestant.motion(true);
      await new Promise((resolve) => setTimeout(resolve, MOTION_LEAD_MS));
    },
    sample: () => loop.next(),
    async pause() {
      if (moving) await contestant.motion(false);
      contestant.rest?.(true);
    },
  };
}
