import type { Misbehaviour } from './misbehave.mjs';
import type { Clock, Truth } from './world.mjs';

export interface LedgerOptions {
  /** 0 for any free one. */
  port?: number;
  host?: '127.0.0.1' | 'localhost';
  /** The same seed repeats the same rows, timings and misbehaviour. */
  seed?: number;
  rows?: number;
  /** As an object or as the text of the command line, `lost=0.05,delay=1000`. */
  misbehave?: string | Partial<Misbehaviour>;
  /** Simulated time, for tests. */
  clock?: Clock;
}

export interface LedgerTruth extends Truth {
  /** Loads of the page beyond the first. */
  reloads: number;
  seed: number;
  rows: number;
  misbehave: Misbehaviour;
}

export interface LedgerServer {
  /** Without a slash at the end, e.g. `http://127.0.0.1:8090`. */
  readonly url: string;
  readonly port: number;
  /** What `GET /truth` answers. */
  truth(): LedgerTruth;
  close(): Promise<void>;
}

/**
 * Starts the ledger application on the loopback interface and resolves when it listens.
 * Rejects with `OptionError` for an option out of its range, and with Node's error when the port is taken.
 */
export function startLedgerServer(options?: LedgerOptions): Promise<LedgerServer>;
