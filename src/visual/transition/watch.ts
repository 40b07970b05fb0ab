import type { Judgement } from '../judgement.js';
import type { Observation } from './observe.js';
import type { Pending } from '../transition.js';

/** What the watch over one input has seen so far. */
export class Watch {
  readonly #pending: Pending;
  captures: number;
  last: Observation | null = null;
  judgement: Judgement | null = null;
  /** Why the last frame that could not be read could not. */
  unread = 'flat-frame';
  changed = false;
  /** All that differs from before may be a caret. */
  mayBlink = false;
  firstChangeAt: number | null = null;
  /** Whether something differed beyond what is watched. */
  elsewhere = false;
  /** When the picture last moved, ambient motion excluded. */
  lastChangeAt = 0;
  /** Since when the proof has held without a gap. */
  provedAt: number | null = null;

  constructor(pending: Pending) {
    this.#pending = pending;
    this.captures = pending.captures;
  }

  see({
    observation,
    judgement,
    changed,
    mayBlink,
    moved,
    at,
  }: Readonly<{
    observation: Observation;
    judgement: Judgement;
    /** From before the input. */
    changed: boolean;
    mayBlink: boolean;
    /** From the look before. */
    moved: boolean;
    at: number;
  }>): void {
    if (moved) this.lastChangeAt = at;
    this.last = observation;
    this.judgement = judgement;
    this.changed = changed;
    this.mayBlink = mayBlink;
    if (changed) this.firstChangeAt ??= at;
    if (judgement.truth === 'holds') this.provedAt ??= at;
    else this.provedAt = null;
  }

  interruptible(): Pending {
    return { ...this.#pending, captures: this.captures };
  }
}
