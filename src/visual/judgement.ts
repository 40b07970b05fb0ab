import type { Rect } from '../core/index.js';

/** Three-valued: a predicate that cannot tell says so, and nothing above it rounds that up. */
export type Truth = 'holds' | 'fails' | 'unsure';

/** What one predicate answered on one frame, and why. A stored value. */
export interface Judgement {
  /** The predicate as spelled by spellEvidence. */
  readonly predicate: string;
  readonly truth: Truth;
  /** How well the best explanation fits, 0..1. */
  readonly score: number;
  /** Score minus the runner-up's, 0..1. Small margins make a judgement unsure. */
  readonly margin: number;
  /** What was looked at, viewport device pixels. */
  readonly regions: readonly Rect[];
  /** A stable code: `advanced-by-1`, `list-unchanged`, `flat-frame` … */
  readonly reason: string;
  /** The answers a combinator was made from, in order. */
  readonly parts?: readonly Judgement[];
}
