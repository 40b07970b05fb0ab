import type { TransitionRecord } from '../visual/transition-record.js';
import type { RunState, SessionState } from './timeline.js';

/** What the runtime tells the metrics registry. Labels are names from the flow, never ids. */
export interface RunMetrics {
  /** `cycleMs`: from the step's begin to its verdict, all that happened between included. */
  transition(flow: string, record: TransitionRecord, cycleMs: number): void;
  retry(flow: string, step: string, reason: string): void;
  fallback(flow: string, kind: 'click_point' | 'region' | 'wide_scan' | 'sensor'): void;
  capture(
    capture: Readonly<{ sensor: string; format: string; stage: 'capture' | 'decode' | 'probe'; ms: number }>,
  ): void;
  artifact(kind: string, sizeBytes: number): void;
  unitRate(flow: string, unitsPerSecond: number): void;
  sessionState(state: SessionState, ms: number): void;
  cdpTimeout(method: string): void;
  runEnded(flow: string, outcome: RunState): void;
}
