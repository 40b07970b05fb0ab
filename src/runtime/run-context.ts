import type { Clock } from '../core/index.js';
import type { VisualEngine } from '../visual/index.js';
import type { ArtifactStore } from './artifact-store.js';
import type { DriftPort } from './drift.js';
import type { FlowDefinition } from './flow.js';
import type { RunMetrics } from './run-metrics.js';
import type { StoredEvent, TimelineEvent } from './timeline.js';

/** Layer 1 as the runtime sees it. */
export interface SessionPort {
  /** From wherever it stands to ready. */
  prepare(options?: Readonly<{ signal?: AbortSignal }>): Promise<void>;
}

/** What one run's parts share. */
export interface RunContext {
  readonly runId: string;
  readonly flow: FlowDefinition;
  readonly engine: VisualEngine;
  readonly session: SessionPort;
  readonly artifacts: ArtifactStore;
  readonly metrics: RunMetrics;
  /** Without it nothing is remembered. */
  readonly drift?: DriftPort;
  readonly clock: Clock;
  /** 0..1, for jitter. */
  readonly random: () => number;
  /** Aborts at once: the lease was lost, or a second signal came. */
  readonly signal: AbortSignal;
  /** Commits an event to this run's timeline. Rejects with PXP_LEASE when the run may write no more. */
  readonly append: (event: TimelineEvent) => Promise<StoredEvent>;
}
