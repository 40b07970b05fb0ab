import type { Point, Rect } from '../core/index.js';
import type { ClickOptions } from '../input/index.js';
import type { Judgement } from './judgement.js';
import type { Reach } from './reach.js';
import type { EffectClass } from './step.js';

export type Verdict = 'proved' | 'no-effect' | 'wrong-effect' | 'blocked' | 'ambiguous' | 'unknown';

/** A stored picture: its content's hash is its name. */
export interface ArtifactRef {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly kind: 'before' | 'after' | 'evidence' | 'report';
  readonly mediaType: 'image/png' | 'image/jpeg' | 'text/html';
  readonly sizeBytes: number;
  /** The part of the viewport it shows, device pixels; null for what is not a picture of it. */
  readonly rect: Rect | null;
}

/** Where a pointer's act went. */
export interface Aim {
  readonly target: string;
  readonly point: Point;
  /** How the place was found; `fallback` and `region` (beside its calibrated columns) are degraded. */
  readonly foundBy: 'component' | 'point' | 'fallback' | 'region';
  /** The component or row the point belongs to, when there is one. */
  readonly box: Rect | null;
}

/** What was sent, and where it went; points are device pixels in the viewport. */
export type SentAction =
  | ({ readonly kind: 'click' } & Aim & ClickOptions)
  | ({ readonly kind: 'hover' } & Aim)
  /** From the aim to `to`, which is the calibrated point `toTarget`. */
  | ({ readonly kind: 'drag'; readonly to: Point; readonly toTarget: string } & Aim)
  | {
      readonly kind: 'scroll';
      /** The list. */
      readonly target: string;
      readonly point: Point;
      readonly by: number;
      readonly box: Rect;
    }
  /** Null for a secret. `length` in characters. */
  | { readonly kind: 'type'; readonly text: string | null; readonly length: number }
  | { readonly kind: 'press'; readonly key: string };

/** Milliseconds since the look that began the transition; null when it never came to that. */
export interface Instants {
  readonly inputSentMs: number | null;
  readonly firstChangeMs: number | null;
  readonly firstProvedMs: number | null;
  readonly settledMs: number | null;
  readonly decidedMs: number;
}

/** What got in the way between the click and the verdict, and what was done about it. */
export interface Interruption {
  readonly kind: 'blocked' | 'lost';
  /** The blocker's name, or the error code. */
  readonly by: string;
  /** The proof held on the look that showed the blocker. */
  readonly proofHeld?: boolean;
  /** The lists of which its recovery was proved to take a row. */
  readonly took?: readonly string[];
  /** Units that its recovery counted. */
  readonly units?: number;
}

/** Where the picture differs from before the action, ambient motion excluded. */
export interface ChangeAccount {
  /** Share of the looked-at pixels, 0..1. */
  readonly score: number;
  readonly bbox: Rect | null;
  /** Changed tiles, viewport device pixels. */
  readonly tiles: readonly Rect[];
  /** Share of changed tiles outside of every region the proof looked at. */
  readonly unexplained: number;
}

/** Everything known of one attempt at one step: what was seen, done, seen after, and why it was judged so. */
export interface TransitionRecord {
  readonly intentId: string;
  readonly step: string;
  /** Counts from 1. */
  readonly attempt: number;
  readonly effect: EffectClass;
  readonly verdict: Verdict;
  /** A stable code; for anything but `proved` the reason of the deciding judgement. */
  readonly reason: string;
  /** What was looked at, viewport device pixels. */
  readonly region: Rect;
  readonly action: SentAction;
  readonly instants: Instants;
  readonly proof: Judgement | null;
  readonly interruptions: readonly Interruption[];
  readonly change: ChangeAccount;
  readonly before: ArtifactRef;
  /** With a popup open before: the screen it was opened on, which what it covers was compared with. */
  readonly behind: ArtifactRef | null;
  readonly after: ArtifactRef | null;
  readonly evidence: readonly ArtifactRef[];
  /** How far the deciding look reached. */
  readonly reach: Reach;
  /** Proved, but by a fallback point, a wider look, or late. */
  readonly degraded: boolean;
  /** Looks that were judged, the one before the act included. */
  readonly captures: number;
  /** How many units of work its pictures prove: 0 or 1, and those of recoveries that took rows beside its own. */
  readonly units: number;
  /**
   * The lists of which it proved that just one row has gone; absent where none, and where a recovery took one meanwhile, as how many have
   * gone is not told then.
   */
  readonly took?: readonly string[];
}
