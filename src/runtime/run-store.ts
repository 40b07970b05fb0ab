import type { IntentEvent, RunState, StoredEvent, TimelineEvent } from './timeline.js';

/** The right to run on a target. Each grant has a higher fence; writes under an older one are refused. */
export interface Lease {
  readonly target: string;
  readonly fence: number;
}

/** Who holds a lease, told apart from a later process with the same pid by its start time. */
export interface LeaseHolder {
  readonly runId: string;
  readonly pid: number;
  /** Start time of the process in clock ticks since boot, with the boot id: a string compared for equality. */
  readonly processStart: string;
}

export interface RunSummary {
  readonly runId: string;
  readonly flow: string;
  readonly target: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/**
 * Where runs and their timelines live. Appends are durable when the promise resolves, in order, numbered without gaps,
 * and refused with PXP_LEASE when a later lease was granted on the target. Everything else that fails is PXP_STORE.
 */
export interface RunStore {
  /**
   * Grants the lease when it is free, expired, or its holder is dead (asked through `isAlive`). Runs of a dead holder that
   * had not ended are marked failed. Errors: PXP_LEASE naming the holder.
   */
  acquireLease(
    request: Readonly<{
      target: string;
      holder: LeaseHolder;
      ttlMs: number;
      isAlive: (holder: LeaseHolder) => boolean;
    }>,
  ): Promise<Lease>;
  /** Errors: PXP_LEASE when it was lost. */
  renewLease(lease: Lease, options: Readonly<{ ttlMs: number }>): Promise<void>;
  releaseLease(lease: Lease): Promise<void>;
  createRun(run: Readonly<{ runId: string; flow: string; lease: Lease }>): Promise<void>;
  /** Checks the event against its schema, commits it and answers it with its number. */
  append(runId: string, lease: Lease, event: TimelineEvent): Promise<StoredEvent>;
  /** Intents on this target that have no verdict in any run, oldest first. */
  openIntents(target: string): Promise<readonly IntentEvent[]>;
  run(runId: string): Promise<RunSummary | undefined>;
  /** Newest first. */
  runs(): Promise<readonly RunSummary[]>;
  /** In order. */
  events(runId: string): Promise<readonly StoredEvent[]>;
  close(): Promise<void>;
}
