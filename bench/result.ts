import type { Summary } from './summarise.js';

/** `1/s` is better when greater, the others when smaller. */
export type Unit = 'ms' | 'bytes' | '1/s' | 'MB';

export interface BenchCase extends Summary {
  /** Parts from general to special, separated by colons: `decode:png-1280x720:canvas`. */
  readonly name: string;
  readonly unit: Unit;
}

/** Of the medians of two cases of this run. */
export interface BenchRatio {
  /** What was measured, of which side, over which: `click-to-proof:frame-control/playwright`. */
  readonly name: string;
  readonly value: number;
}

export interface Machine {
  /** How many processors this process may use. */
  readonly cpus: number;
  readonly model: string;
  readonly memoryMB: number;
  /** Operating system and architecture: `linux-x64`. */
  readonly platform: string;
  readonly node: string;
  /** As the browser names itself. */
  readonly browser: string;
  /** Of the working tree that was measured, with `-dirty` when it had changes; the version where there is no git. */
  readonly commit: string;
}

export interface BenchResult {
  readonly machine: Machine;
  readonly cases: readonly BenchCase[];
  readonly ratios: readonly BenchRatio[];
  /** What the numbers do not say: what was left out and why, which resource was the limit. */
  readonly notes: readonly string[];
}
