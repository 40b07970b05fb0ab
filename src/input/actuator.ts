import type { Point } from '../core/geometry.js';

/** An input that has left. It proves nothing: only a later frame does. */
export interface InputReceipt {
  /** The input's epoch; frames of this epoch or later were requested after it. */
  readonly epoch: number;
  /** When it left, in the clock's monotonic milliseconds. */
  readonly sentAtMs: number;
  /**
   * Settles when the browser has acknowledged it, which may wait for a next frame: for diagnosis, never for proof. It
   * may be left alone: a rejection nobody looks at does not surface.
   */
  readonly acknowledged: Promise<void>;
}

/** Device pixels; the sides left out are 0. */
export interface ScrollBy {
  readonly dx?: number;
  readonly dy?: number;
}

export type MouseButton = 'left' | 'right' | 'middle';

/** Which button, and how often: 2 is a double click. Left and 1 by default. */
export interface ClickOptions {
  readonly button?: MouseButton;
  readonly count?: 1 | 2;
}

/** Sends inputs to one target. Points are device pixels within its viewport. */
export interface Actuator {
  /** Press and release of a button, sent together. Errors: PXP_RECT (outside), PXP_ABORTED (nothing was sent). */
  click(point: Point, options?: ClickOptions & Readonly<{ signal?: AbortSignal }>): Promise<InputReceipt>;
  /**
   * Presses the left button at `from`, goes to `to` in steps that the page sees one by one, and releases it there: some 150 ms. The epoch is
   * that of the release, so that no frame from under way proves anything. Once begun it is finished, but for `releaseAll`, which drops it at `from`. Errors: as `click`.
   */
  drag(from: Point, to: Point, options?: Readonly<{ signal?: AbortSignal }>): Promise<InputReceipt>;
  /** Moves the pointer: where hover matters, or to park it where it disturbs nothing. Errors: as `click`. */
  move(point: Point, options?: Readonly<{ signal?: AbortSignal }>): Promise<InputReceipt>;
  /**
   * A turn of the wheel at `point`: content goes `by.dy` device pixels towards its end (`by.dx` to the right), backwards below 0.
   * Wheels wait for the next frame, so the acknowledgement does too. Errors: as `click`.
   */
  scroll(point: Point, by: ScrollBy, options?: Readonly<{ signal?: AbortSignal }>): Promise<InputReceipt>;
  /** The text at once, where the focus is, as if an input method had written it. Errors: PXP_INPUT for no text, PXP_ABORTED. */
  type(text: string, options?: Readonly<{ signal?: AbortSignal }>): Promise<InputReceipt>;
  /**
   * One key down and up, sent together: its DOM `KeyboardEvent.key`, as `Enter`, `PageDown`, `a`, after those that are held with it, as
   * `Control+s`. Errors: PXP_INPUT for a key this keyboard does not have, PXP_ABORTED.
   */
  press(key: string, options?: Readonly<{ signal?: AbortSignal }>): Promise<InputReceipt>;
  /** Releases whatever button or key may still be down, for an abort. Best effort: never rejects. */
  releaseAll(): Promise<void>;
}
