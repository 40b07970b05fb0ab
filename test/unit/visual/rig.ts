import { createHash } from 'node:crypto';
import type { ResolvedCalibration } from '../../../src/calibration/index.js';
import {
  type ArtifactRef,
  type CaptureTiming,
  type Evidence,
  type Intent,
  type Mode,
  type Outcome,
  type Pending,
  type Picture,
  type Step,
  type TransitionRequest,
  click,
  createVisualEngine,
  modalOpen,
  rowAdvanced,
} from '../../../src/visual/index.js';
import { type AppState, ScriptedScreen, scriptedCalibration } from '../../support/scripted-screen.js';
import { SimulatedClock } from '../../support/simulated-clock.js';

export const collect: Step = {
  act: click('list.action'),
  proves: rowAdvanced('list'),
  blockedBy: [],
  keep: ['status'],
  effect: 'advance',
  unit: true,
};

/** The engine in front of the scripted screen, with a journal that writes down what came when. */
export function rig({
  app,
  blockers = { notice: modalOpen('notice') },
  screens = {},
  mode,
  masks,
  calibration = scriptedCalibration({ masks }),
}: Readonly<{
  app?: Partial<AppState>;
  blockers?: Record<string, Evidence>;
  screens?: Record<string, Evidence>;
  mode?: Mode;
  masks?: string;
  calibration?: ResolvedCalibration;
}> = {}) {
  const clock = new SimulatedClock({ autoAdvance: true });
  const screen = new ScriptedScreen(clock, app);
  const timings: CaptureTiming[] = [];
  const engine = createVisualEngine({
    screen,
    clock,
    calibration,
    screens: new Map(Object.entries(screens)),
    mode,
    blockers: new Map(Object.entries(blockers)),
    onTiming: (timing) => timings.push(timing),
  });
  const intents: Intent[] = [];
  const request = (step: Step, changes: Partial<TransitionRequest> = {}): TransitionRequest => ({
    ...{ intentId: 'i1', stepName: 'collect', step, attempt: 1 },
    journal: {
      async intend(intent) {
        intents.push(intent);
        return {
          before: store(intent.before, 'before'),
          behind:
            intent.behind === null || 'sha256' in intent.behind
              ? intent.behind
              : store(intent.behind, 'before'),
          evidence: intent.evidence.map((each) => store(each, 'evidence')),
        };
      },
    },
    ...changes,
  });
  const transition = (step: Step = collect, changes: Partial<TransitionRequest> = {}): Promise<Outcome> =>
    engine.transition(request(step, changes));
  return { clock, screen, engine, timings, intents, request, transition };
}

export function store({ bytes, mediaType, rect }: Picture, kind: ArtifactRef['kind']): ArtifactRef {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { sha256, kind, mediaType, sizeBytes: bytes.length, rect };
}

export function verdictOf(outcome: Outcome): Extract<Outcome, { kind: 'verdict' }> {
  if (outcome.kind !== 'verdict')
    throw new Error(`expected a verdict, received ${JSON.stringify(outcome.kind)}`);
  return outcome;
}

/** The input that an interrupted transition left unjudged. */
export function pendingOf(outcome: Outcome): Pending {
  if (outcome.kind !== 'interrupted' || outcome.pending === null) {
    throw new Error(`expected an interruption with an input pending, received ${outcome.kind}`);
  }
  return outcome.pending;
}
