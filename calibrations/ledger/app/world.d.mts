import type { LedgerRow } from './rows.mjs';
import type { Misbehaviour } from './misbehave.mjs';

export type Hit =
  | { kind: 'action'; row: number }
  | { kind: 'confirm'; row: number }
  | { kind: 'cancel'; row: number }
  | { kind: 'dismiss'; number: number }
  | { kind: 'signin' }
  | { kind: 'tab'; name: string }
  | { kind: 'toggle'; name: string };

export type Effect =
  'none' | 'pending' | 'collected' | 'opened' | 'cancelled' | 'dismissed' | 'toggled' | 'tab' | 'signin';

export interface RecordedClick {
  /** Counts from 1; the ordinal by which misbehaviour is drawn. */
  n: number;
  /** CSS pixels. */
  x: number;
  y: number;
  /** Milliseconds since the server started. */
  atMs: number;
  /**
   * The row whose enabled action button was hit, else null. Says what was hit, not what came of it: a click that was lost,
   * late or swallowed by a popup has it too. A disabled button can do nothing, so a click on one has `row: null` and
   * `disabled: true`; which one it was is in `hit`.
   */
  row: number | null;
  /** What the page said was under the pointer, null for nothing that can be clicked. */
  hit: Hit | null;
  /** The action button that was hit was disabled. */
  disabled: boolean;
  /** Misbehaviour swallowed the click. */
  lost: boolean;
  delayMs: number;
  /** What the click did so far. */
  effect: Effect;
  /** The row the second firing acted on, when there was one. */
  doubledOnto?: number;
}

export interface Truth {
  clicks: RecordedClick[];
  /** Row ids in the order of collection. */
  collected: number[];
  /** Clicks whose second firing changed something. */
  doubles: number;
  expired: number;
  lost: number;
  announced: number;
  crashes: number;
  remaining: number;
  popup: 'confirm' | 'announcement' | null;
}

export type ShownRow = Omit<LedgerRow, 'needsConfirmation' | 'disabledMs'>;
export type ViewRow = ShownRow & { enabled: boolean };

export interface View {
  version: number;
  /** The top of the list, as many as can show. */
  rows: ViewRow[];
  /** The last collected, most recent first. */
  archive: ShownRow[];
  remaining: number;
  collected: number;
  report: { month: string; openCents: number; collectedCents: number }[];
  popup: { kind: 'confirm'; row: ShownRow } | { kind: 'announcement'; number: number } | null;
  toast: string | null;
  settings: Record<string, boolean>;
}

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface World {
  click(click: { x: number; y: number; hit: Hit | null; epoch: number }): {
    n: number;
    delayMs: number;
    effect: Effect;
  };
  signIn(): number;
  isLive(epoch: number): boolean;
  view(): View;
  truth(): Truth;
  close(): void;
}

export function createWorld(options: {
  rows: readonly LedgerRow[];
  misbehave: Misbehaviour;
  seed: number;
  clock: Clock;
  onChange?: () => void;
  onCrash?: () => void;
}): World;
