import type { ClickOptions } from '../input/index.js';
import type { Evidence } from './evidence.js';

/** What may be done again: only a proved no-effect, and for all but `idempotent` only on a proved pre-state. */
export type EffectClass = 'idempotent' | 'toggle' | 'advance' | 'destructive';

/** What a step does: one input. */
export type Action =
  /** `target`: the name of a calibrated point, `tabs.<tab>.click`, `modals.<modal>.close`, or `<list>.action` for the first row's action. */
  | ({ readonly kind: 'click'; readonly target: string } & ClickOptions)
  /** The pointer goes there and stays: for menus and tooltips that open under it. */
  | { readonly kind: 'hover'; readonly target: string }
  /** From a target to a calibrated point, with the left button held. */
  | { readonly kind: 'drag'; readonly target: string; readonly to: string }
  /** A turn of the wheel in the middle of a list; `by` in device pixels, towards its end above 0. */
  | { readonly kind: 'scroll'; readonly list: string; readonly by: number }
  /** Text where the focus is: a step that clicks into the field comes before. */
  | { readonly kind: 'type'; readonly text: string; readonly secret: boolean }
  /** A key by its DOM `KeyboardEvent.key`, after those held with it: `Control+s`. */
  | { readonly kind: 'press'; readonly key: string };

/**
 * A click on a calibrated point, on `tabs.<tab>.click` or `modals.<modal>.close`, or on `<list>.action`: what the first row's action is now.
 * `{ count: 2 }` is a double click, `{ button: 'right' }` opens a menu.
 */
export const click = (target: string, options: ClickOptions = {}): Action => ({
  kind: 'click',
  target,
  ...options,
});

/** The pointer moves to a target, named as for `click`, and stays there until the next act moves it. */
export const hover = (target: string): Action => ({ kind: 'hover', target });

/** Drags what is at a target, named as for `click`, to the calibrated point `to`, and drops it there. */
export const drag = (target: string, { to }: Readonly<{ to: string }>): Action => ({
  kind: 'drag',
  target,
  to,
});

/** The wheel over a list, `by` device pixels towards its end, backwards below 0. */
export const scroll = (list: string, { by }: Readonly<{ by: number }>): Action => ({
  kind: 'scroll',
  list,
  by,
});

/** Typed key by key where the focus is. Of a `secret` text records keep the length and no more. */
export const type = (text: string, { secret = false }: Readonly<{ secret?: boolean }> = {}): Action => ({
  kind: 'type',
  text,
  secret,
});

/** One key, as `Enter`, `PageDown`, `a`, or with others held: `Control+s`, `Shift+Tab`. */
export const press = (key: string): Action => ({ kind: 'press', key });

/** One step as data: what is done, what proves it, what blocks it, what is kept when it went wrong. */
export interface Step {
  readonly act: Action;
  readonly proves: Evidence;
  /** Beyond the flow's blockers, which are watched in every step. */
  readonly blockedBy: readonly Evidence[];
  /** Crops kept before the action in full fidelity: region names, or `<list>.row` for the first row. */
  readonly evidence?: readonly string[];
  /** Regions that the before and after pictures have to show besides those the proof looks at. */
  readonly keep: readonly string[];
  readonly effect: EffectClass;
  /** True when each proved step is one unit of work; a predicate when only that part of the proof is. */
  readonly unit?: true | Evidence;
  /** How long after the input the proof may take; late effects raise it. Default 2500. */
  readonly timeoutMs?: number;
  /**
   * How long a proof has to stay true before it counts: what comes double comes within this. Default: 180 ms (100 of an idempotent
   * step) and twice what the proof took to come, at least 160 and at most 600.
   */
  readonly settleMs?: number;
}
