import { ERROR_CATALOGUE, type ErrorCode } from './error-catalogue.js';

/** What an error says beyond its sentence. All optional; a field that is present is shown to people. */
export interface ErrorFacts {
  /** The thing that was wrong: a file, an option, a CDP method, a region's name. */
  readonly what?: string;
  /** Where in it: `12:7` (line:column), a byte offset, a path such as `lists.inbox.region`. */
  readonly where?: string;
  readonly expected?: string;
  readonly received?: string;
  /** The option or command that helps. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * The one base class of everything pixelproof throws on purpose. `code` is stable and listed in docs/errors.md;
 * `retryable` says whether the same call may succeed later without anybody changing anything.
 *
 * @example
 * throw new PixelproofError('PXP_IMAGE_UNSUPPORTED', 'interlaced PNG', { what: file, expected: 'interlace 0', received: '1' });
 */
export class PixelproofError extends Error {
  override readonly name = 'PixelproofError';
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly facts: Omit<ErrorFacts, 'cause'>;

  constructor(code: ErrorCode, message: string, { cause, ...facts }: ErrorFacts = {}) {
    super(sentence(message, facts), cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryable = ERROR_CATALOGUE[code].retryable;
    this.facts = facts;
  }
}

/** True for a PixelproofError, of that code when one is given. */
export function isPixelproofError(error: unknown, code?: ErrorCode): error is PixelproofError {
  return error instanceof PixelproofError && (code === undefined || error.code === code);
}

function sentence(message: string, { what, where, expected, received, hint }: ErrorFacts): string {
  const place = [what, where].filter(Boolean).join(':');
  const contrast = expected === undefined ? '' : `: expected ${expected}, received ${received ?? 'nothing'}`;
  return `${place === '' ? '' : `${place}: `}${message}${contrast}${hint === undefined ? '' : `; ${hint}`}`;
}
