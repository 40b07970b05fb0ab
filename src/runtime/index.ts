export { type Replay, type ReplayDifference, replayRun } from './replay-run.js';
export type { ArtifactStore } from './artifact-store.js';
export { checkFlow } from './check-flow.js';
export { type Blocker, type FlowDefinition, type Ui, defineFlow } from './flow.js';
export type { SessionPort } from './run-context.js';
export { type RunOptions, type RunResult, runFlow } from './run-flow.js';
export type { RunMetrics } from './run-metrics.js';
export type { Lease, LeaseHolder, RunStore, RunSummary } from './run-store.js';
export { StepFailure } from './step-failure.js';
export {
  type IntentEvent,
  type RunState,
  type SessionState,
  type StoredEvent,
  type TimelineEvent,
  timelineEventSchema,
} from './timeline.js';
