import type { ErrorCode } from '../core/error-catalogue.js';
import { PixelproofError } from '../core/errors.js';
import { printableName } from './printable-name.js';

/** What is known about a defect in an image's bytes. All of it ends in the error's facts. */
export interface Defect {
  /** The file or source the bytes came from. */
  readonly what: string;
  /** Offset of the offending byte and, where there is one, the chunk or marker it belongs to. */
  readonly offset: number;
  readonly part?: string;
  readonly expected: string;
  readonly received: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

type ImageErrorCode = Extract<ErrorCode, `PXP_IMAGE_${string}`>;

/** The one form of every error about bad image bytes: `where` is `byte 33, chunk IDAT`. */
export function badImage(code: ImageErrorCode, message: string, defect: Defect): PixelproofError {
  const { what, offset, part, ...facts } = defect;
  return new PixelproofError(code, message, {
    ...facts,
    what: printableName(what),
    where: `byte ${offset}${part === undefined ? '' : `, ${part}`}`,
  });
}
