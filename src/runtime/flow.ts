import type { SessionSpec } from '../session/index.js';
import type { Evidence, Step, TransitionRecord, Where } from '../visual/index.js';

/** What may get in the way of any step, and what is done about it; then the step looks again. */
export interface Blocker {
  readonly when: Evidence;
  /** A step of the flow that removes it; a new sign-in; or waiting until it goes by itself. */
  readonly recover: Readonly<{ step: string }> | 'relogin' | 'wait';
}

export interface FlowDefinition {
  /** Lower-case words with dashes: a metrics label and part of the lease's name. */
  readonly name: string;
  /** Path of the calibration file, relative to the flow's. */
  readonly calibration: string;
  readonly session: SessionSpec & {
    /** Layer 2's proof that the application is there. */
    readonly ready: Evidence;
    readonly blockers?: Readonly<Record<string, Blocker>>;
  };
  /** Named states, each by evidence of one frame: what `ui.where()` answers and `on(screen)` asks. They exclude each other. */
  readonly screens?: Readonly<Record<string, Evidence>>;
  readonly steps: Readonly<Record<string, Step>>;
  /** Control flow is ordinary code; inputs happen only in steps. */
  readonly run: (ui: Ui) => Promise<void>;
}

/** What a flow may ask and do. */
export interface Ui {
  /**
   * Performs the step and resolves when it is proved: with its record, or null when an idempotent step's proof held
   * already, or when every attempt to scroll left the list where it stood, which is its end. Rejects with StepFailure otherwise, and with PXP_STOPPED when the run was asked to stop.
   */
  step(name: string): Promise<TransitionRecord | null>;
  /** Whether the evidence holds now. Rejects with StepFailure when the screen does not say, and with PXP_STOPPED as `step`. */
  sees(evidence: Evidence): Promise<boolean>;
  /**
   * Which of the flow's screens is there now, `unknown` when none of them is, `unsure` when the screen does not say; with
   * readings of that one frame. Rejects with StepFailure when a blocker stays, and with PXP_STOPPED as `step`.
   */
  where(): Promise<Where>;
  /** Whether the list shows no rows. As `sees`. */
  isEmpty(list: string): Promise<boolean>;
}

/** Identity with a type: a flow is data and one function. It is checked when it is loaded. */
export function defineFlow(flow: FlowDefinition): FlowDefinition {
  return flow;
}
