import type { Verdict, VisualEngine } from '../visual/index.js';
import type { ArtifactStore } from './artifact-store.js';
import type { FlowDefinition } from './flow.js';
import type { StoredEvent } from './timeline.js';

/** A verdict that would be another one today. */
export interface ReplayDifference {
  readonly intentId: string;
  readonly step: string;
  readonly stored: Readonly<{ verdict: Verdict; reason: string }>;
  readonly now: Readonly<{ verdict: Verdict; reason: string }>;
}

export interface Replay {
  /** Verdicts that were decided again. */
  readonly decided: number;
  /** Verdicts without a picture after: unknown, or a screen that could not be read. They stand as they are. */
  readonly withoutPicture: number;
  readonly differences: readonly ReplayDifference[];
}

/**
 * Decides each verdict of a run again from its stored pictures, by the flow and the engine's calibration of today. Looks at
 * no screen. Errors: PXP_ARTIFACT (a picture is missing or was altered), PXP_IMAGE_…; a step that the flow no longer has
 * is a difference to `unknown`.
 */
export async function replayRun(
  events: readonly StoredEvent[],
  {
    flow,
    engine,
    artifacts,
  }: Readonly<{
    flow: FlowDefinition;
    engine: Pick<VisualEngine, 'redecide'>;
    artifacts: Pick<ArtifactStore, 'get'>;
  }>,
): Promise<Replay> {
  const differences: ReplayDifference[] = [];
  let decided = 0;
  let withoutPicture = 0;
  for (const event of events) {
    if (event.type !== 'step.verdict') continue;
    const { record } = event;
    const { intentId, step, verdict, reason, before, behind, after } = record;
    const differs = (now: ReplayDifference['now']): void => {
      differences.push({ intentId, step, stored: { verdict, reason }, now });
    };
    if (!Object.hasOwn(flow.steps, step)) {
      differs({ verdict: 'unknown', reason: 'the flow has no such step' });
    } else if (after === null) {
      withoutPicture++;
    } else {
      const pictures = {
        before: await artifacts.get(before),
        behind: behind === null ? null : await artifacts.get(behind),
        after: await artifacts.get(after),
      };
      const now = engine.redecide({ record, step: flow.steps[step], ...pictures });
      decided++;
      if (now.verdict !== verdict) differs({ verdict: now.verdict, reason: now.reason });
    }
  }
  return { decided, withoutPicture, differences };
}
