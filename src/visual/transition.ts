import type { PixelproofError, Rect } from '../core/index.js';
import type { Judgement } from './judgement.js';
import type { ProofScope } from './transition/may-prove.js';
import type { Look } from './look.js';
import type { EffectClass, Step } from './step.js';
import type { ArtifactRef, Interruption, SentAction, TransitionRecord } from './transition-record.js';

/** A picture on its way to the artifact store, secrets already blacked out. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
  /** The part of the viewport it shows. */
  readonly rect: Rect;
}

/** What is about to be done, with the evidence it is done on. */
export interface Intent {
  readonly intentId: string;
  readonly step: string;
  readonly attempt: number;
  readonly effect: EffectClass;
  readonly action: SentAction;
  readonly region: Rect;
  readonly before: Picture;
  /** Stored before, as the picture before another intent, or the page below a popup that nobody calibrated. */
  readonly behind: ArtifactRef | Picture | null;
  readonly evidence: readonly Picture[];
}

/** Where intents go. The input leaves only after `intend` has resolved: pictures first, then the intent, both durable. */
export interface TransitionJournal {
  intend(intent: Intent): Promise<StoredPictures>;
}

/** An intent's pictures, durable. */
export interface StoredPictures {
  readonly before: ArtifactRef;
  readonly behind: ArtifactRef | null;
  readonly evidence: readonly ArtifactRef[];
}

/** An input that has left, or may have, and is not judged yet. Can be judged later, by another process too. */
export interface Pending {
  readonly intentId: string;
  readonly stepName: string;
  readonly step: Step;
  readonly attempt: number;
  readonly action: SentAction;
  readonly region: Rect;
  readonly before: Look;
  readonly beforeRef: ArtifactRef;
  /** With a popup open before: the screen it was opened on, by a proved step, or was last seen without it; null where that is not known. */
  readonly behind: Look | null;
  readonly behindRef: ArtifactRef | null;
  readonly evidenceRefs: readonly ArtifactRef[];
  /** The clock's monotonic instants. */
  readonly lookedAtMs: number;
  readonly sentAtMs: number;
  /** What a frame has to come from and after; null when the page of then is gone, and every frame comes after. */
  readonly scope: ProofScope | null;
  readonly interruptions: readonly Interruption[];
  readonly captures: number;
}

export interface TransitionRequest {
  readonly intentId: string;
  readonly stepName: string;
  readonly step: Step;
  /** Counts from 1. */
  readonly attempt: number;
  readonly journal: TransitionJournal;
  /** The earlier attempt of a retry: when the screen shows that it took effect after all, nothing is clicked. */
  readonly previous?: Pending;
  /** The blocker this step is the recovery of: it is not watched meanwhile. */
  readonly recovering?: string;
  readonly signal?: AbortSignal;
}

/** What becomes of an input that has left. */
export type Judged = Extract<Outcome, { kind: 'verdict' | 'interrupted' }>;

/** What overtook an intent: the screen it was written on and the one after. */
export interface ScreenChange {
  /** The box that differs, and the smallest region that holds it. */
  readonly where: string;
  readonly before: ArtifactRef;
  readonly after: Picture;
}

export type Outcome =
  | {
      readonly kind: 'verdict';
      readonly record: Omit<TransitionRecord, 'after'>;
      readonly after: Picture | null;
      readonly pending: Pending;
      /** The verdict is on `previous`, whose effect came after its watch had ended. */
      readonly late: boolean;
    }
  /** A blocker is in the way, or browser or sensor were lost. With `pending`, an input has left and is not judged. */
  | {
      readonly kind: 'interrupted';
      readonly interruption: Interruption;
      readonly pending: Pending | null;
      readonly cause?: PixelproofError;
    }
  /** The screen changed, or was lost (then `change` is null), between the look and the input: nothing was sent, and the intent stands for nothing. */
  | {
      readonly kind: 'stale';
      readonly intentId: string;
      readonly reason: 'screen-changed' | 'lost';
      readonly change: ScreenChange | null;
    }
  /** Idempotent, and its proof holds already: nothing was done. */
  | { readonly kind: 'already'; readonly judgement: Judgement }
  /** Nothing was done: the screen gave nothing to act on, or the proof would have been vacuous. */
  | { readonly kind: 'refused'; readonly reason: string; readonly picture: Picture | null };
