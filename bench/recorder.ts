import { type Schedule, type Side, interleave } from './interleave.js';
import type { BenchCase, Unit } from './result.js';
import { summarise } from './summarise.js';

export interface BenchOptions {
  /** Fewer cases and samples: under 40 s in all. */
  readonly quick: boolean;
  /** Only cases whose name contains it. */
  readonly only?: string;
  /** Which other tools to measure beside ours. */
  readonly peers: readonly PeerName[];
  /** Transitions per sensor of the soak; none when absent. */
  readonly soak?: number;
  readonly onProgress?: (line: string) => void;
}

export type PeerName = 'playwright' | 'puppeteer';

/** What the cases have in common: what was asked for, and where their numbers go. */
export class Recorder {
  readonly options: BenchOptions;
  readonly #cases: BenchCase[] = [];
  readonly #notes: string[] = [];

  constructor(options: BenchOptions) {
    this.options = options;
  }

  get cases(): readonly BenchCase[] {
    return this.#cases;
  }

  get notes(): readonly string[] {
    return this.#notes;
  }

  /** Whether the case of that name is to be measured. */
  wants(name: string): boolean {
    return name.includes(this.options.only ?? '');
  }

  /** Keeps a case's samples when the case is wanted. */
  add(name: string, unit: Unit, samples: readonly number[]): void {
    if (!this.wants(name)) return;
    this.#cases.push({ name, unit, ...summarise(samples) });
  }

  note(text: string): void {
    this.#notes.push(text);
  }

  /** Tells a person at a terminal what is going on. */
  progress(line: string): void {
    this.options.onProgress?.(line);
  }

  /** Measures those sides that are wanted against each other; a side's name is its case's name. */
  async compare(
    sides: readonly Side[],
    { unit, ...schedule }: Schedule & Readonly<{ unit: Unit }>,
  ): Promise<void> {
    const wanted = sides.filter(({ name }) => this.wants(name));
    if (wanted.length === 0) return;
    this.progress(wanted[0].name);
    for (const [name, samples] of await interleave(wanted, schedule)) this.add(name, unit, samples);
  }
}
