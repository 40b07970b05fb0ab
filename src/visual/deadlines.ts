import type { Step } from './step.js';

/** How long after an input its proof may take, before a step was proved a few times. */
const FIRST_MS = 2500;
/** A learned deadline is never shorter, however fast the effects were: the browser may be busy for once. */
const FLOOR_MS = 600;
/** Nor longer, however late they were. */
const CEILING_MS = 10_000;
/** So many proofs have to be seen before a deadline is shortened; the newest of them count. */
const MIN_SEEN = 8;
const MAX_SEEN = 32;
/** The slowest of them may be exceeded this much. */
const SLACK = 3;
/** A late effect may come this much later the next time. */
const LATE_SLACK = 1.5;

/**
 * When a step's proof is overdue, learned from when its proofs came: three times the slowest of the last ones, within a floor
 * and a ceiling. A step that says its own timeout keeps that, and only late effects raise it.
 */
export class Deadlines {
  readonly #seen = new Map<string, number[]>();
  readonly #raised = new Map<string, number>();

  /** Milliseconds after the input. */
  of(stepName: string, { timeoutMs }: Pick<Step, 'timeoutMs'>): number {
    const seen = this.#seen.get(stepName) ?? [];
    const learned = Math.min(CEILING_MS, Math.max(FLOOR_MS, SLACK * Math.max(...seen)));
    const ms = timeoutMs ?? (seen.length < MIN_SEEN ? FIRST_MS : learned);
    return Math.max(ms, this.#raised.get(stepName) ?? 0);
  }

  /** The proof held for the first time so many milliseconds after the input; `late`: after the deadline. */
  learn(stepName: string, ms: number, { late }: Readonly<{ late: boolean }>): void {
    const seen = this.#seen.get(stepName) ?? [];
    this.#seen.set(stepName, [...seen, ms].slice(-MAX_SEEN));
    if (late) this.#raised.set(stepName, Math.min(CEILING_MS, LATE_SLACK * ms));
  }
}
