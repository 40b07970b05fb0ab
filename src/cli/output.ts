import { PixelproofError, isPixelproofError } from '../core/index.js';
import { printableName } from '../image/index.js';

/** People read stderr and pretty stdout, programs one line of JSON on stdout. */
export interface Output {
  readonly json: boolean;
  /** The command's result: `data` for programs, `pretty` for people. */
  result(data: unknown, pretty: string): void;
  /** A line on stderr: warnings, and what is going on. */
  note(line: string): void;
  /** What went wrong, as `reportError` tells it. */
  error(error: unknown): void;
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
      process.stdout.write(`${json ? JSON.stringify(data) : printableLines(pretty)}\n`);
    },
    note(line) {
      endProgress();
      process.stderr.write(`${printableLines(line)}\n`);
    },
    error(error) {
      endProgress();
      reportError(error);
    },
    progress(line) {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001b[2K${printableName(line)}`);
      inProgress = true;
    },
  };
}

/**
 * Tells people on stderr what went wrong: code, sentence and cause in one line, or the stack of an error nobody foresaw. What
 * is in it may come from files and pages, and terminals obey control characters: those are escaped.
 */
export function reportError(error: unknown): void {
  process.stderr.write(`pixelproof: ${spellError(error)}\n`);
}

function spellError(error: unknown): string {
  if (!(error instanceof Error)) return printableName(String(error));
  if (!isPixelproofError(error)) return printableLines(error.stack ?? error.message);
  const { code, message, cause } = error;
  // Some sentences quote their cause.
  const below = cause instanceof Error && !message.includes(cause.message) ? ` (${cause.message})` : '';
  return printableName(`${code} ${message}${below}`.replace(/\s*\n\s*/g, ' '));
}

function printableLines(text: string): string {
  return text.split('\n').map(printableName).join('\n');
}

/** Exit codes of the command line. */
export const EXIT = { ok: 0, failed: 1, usage: 2, review: 3, leaseHeld: 4, interrupted: 130 } as const;

/** 2 for what the caller has to change before it can work, 4 for a held lease, 1 for the rest. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof PixelproofError)) return EXIT.failed;
  if (error.code === 'PXP_LEASE') return EXIT.leaseHeld;
  if (error.code === 'PXP_STEP') return EXIT.review;
  // What was named and is not there, or is not of that kind, is the caller's to change; a full disk is not.
  if (error.code === 'PXP_IO') return NOT_THERE.has(systemCodeOf(error.cause)) ? EXIT.usage : EXIT.failed;
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

const NOT_THERE: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EEXIST']);

function systemCodeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
