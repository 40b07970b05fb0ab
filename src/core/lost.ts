import type { ErrorCode } from './error-catalogue.js';
import { type PixelproofError, isPixelproofError } from './errors.js';

/** The browser or its page is gone, or brings no pictures any more. */
const LOST: readonly ErrorCode[] = ['PXP_CDP_CLOSED', 'PXP_CDP_CRASHED', 'PXP_CDP_PROTOCOL', 'PXP_CAPTURE'];

/** Whether nothing more will come from this page, while another one may be looked at. */
export function isLost(error: unknown): error is PixelproofError {
  return isPixelproofError(error) && LOST.includes(error.code);
}
