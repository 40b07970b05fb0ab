export interface LedgerRow {
  /** The server's own number, from 1. */
  readonly id: number;
  /** What is drawn, e.g. `#0001`; equal to the label of the row before when the row is made to look the same. */
  readonly label: string;
  readonly name: string;
  readonly memo: string;
  readonly amountCents: number;
  /** ISO date. */
  readonly date: string;
  /** Design pixels, 50 to 58. */
  readonly height: number;
  readonly needsConfirmation: boolean;
  /** How long the action stays disabled once the row is on top; 0 for never. */
  readonly disabledMs: number;
}

export function makeRows(options: { seed: number; count: number; equal?: number }): LedgerRow[];
