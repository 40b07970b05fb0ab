import { PixelproofError, isPixelproofError } from '../core/index.js';
import { printableName } from '../image/index.js';

/** People read stderr and pretty stdout, programs one line of JSON on stdout. */
export interface Output {
  readonly json: boolean;
  /** The command's result: `data` for programs, `pretty` for people. */
  result(data: unknown, pretty: string): void;
  /** A line on stderr: warnings, and what is going on. */
  note(line: string): void;
  /** A line that replaces the last one; only on a terminal. */
  progress(line: string): void;
}

export function createOutput({ json }: Readonly<{ json: boolean }>): Output {
  let inProgress = false;
  const endProgress = (): void => {
    if (inProgress) process.stderr.write('\r\u001b[2K');
    inProgress = false;
  };
  return {
    json,
    result(data, pretty) {
      endProgress();
      process.stdout.write(`${json ? JSON.stringify(data) : pretty}\n`);
    },
    note(line) {
      endProgress();
      process.stderr.write(`${line.split('\n').map(printableName).join('\n')}\n`);
    },
    progress(line) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001b[2K${printableName(line)}`);
      inProgress = true;
    },
  };
}

/**
 * An error as people read it: its code and sentence, and the cause below. What is in it may come from files and pages, and
 * terminals obey control characters: those are escaped.
 */
export function spellError(error: unknown): string {
  if (!(error instanceof Error)) return printableName(String(error));
  if (!isPixelproofError(error))
    return (error.stack ?? error.message).split('\n').map(printableName).join('\n');
  const head = `${error.code} ${printableName(error.message)}`;
  return error.cause instanceof Error ? `${head}\n  caused by ${printableName(error.cause.message)}` : head;
}

/** Exit codes of the command line. */
export const EXIT = { ok: 0, failed: 1, usage: 2, review: 3, leaseHeld: 4, interrupted: 130 } as const;

/** 2 for what the caller has to change before it can work, 4 for a held lease, 1 for the rest. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof PixelproofError)) return EXIT.failed;
  if (error.code === 'PXP_LEASE') return EXIT.leaseHeld;
  if (error.code === 'PXP_STEP') return EXIT.review;
  return INVALID.has(error.code) || error.code.startsWith('PXP_IMAGE_') ? EXIT.usage : EXIT.failed;
}

const INVALID: ReadonlySet<string> = new Set([
  'PXP_USAGE',
  'PXP_RECT',
  'PXP_PROBE_OPTION',
  'PXP_CALIBRATION',
  'PXP_CALIBRATION_NAME',
  'PXP_FLOW',
  'PXP_ORIGIN',
  'PXP_SECRET',
]);
