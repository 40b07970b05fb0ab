/** Every error code, what it means and what to do. docs/errors.md is tested equal to this table. */
export const ERROR_CATALOGUE = {
  PXP_USAGE: { retryable: false, meaning: 'A command line, option or argument is not of the accepted form.' },
  PXP_IO: { retryable: true, meaning: 'A file or folder could not be read or written.' },
  PXP_ABORTED: { retryable: false, meaning: 'The caller aborted the operation.' },
  PXP_TIMEOUT: { retryable: true, meaning: 'A wait reached its deadline.' },
  PXP_IMAGE_EMPTY: { retryable: false, meaning: 'An image file has no bytes or no pixels.' },
  PXP_IMAGE_FORMAT: {
    retryable: false,
    meaning: 'The bytes are neither PNG nor JPEG, or not the format the file name promises.',
  },
  PXP_IMAGE_UNSUPPORTED: {
    retryable: false,
    meaning:
      'A PNG or JPEG of a kind that screenshots never are (16 bit, interlaced, CMYK, progressive, rotated …).',
  },
  PXP_IMAGE_TOO_LARGE: {
    retryable: false,
    meaning: 'The header or the compressed data promise more pixels than the limit.',
  },
  PXP_IMAGE_CORRUPT: {
    retryable: false,
    meaning: 'The image is truncated, has a wrong checksum, or data after its end.',
  },
  PXP_IMAGE_SIZE: { retryable: false, meaning: 'Pixel data does not fit the stated width and height.' },
  PXP_RECT: {
    retryable: false,
    meaning: 'A rectangle is empty, not finite, or outside of the image it is used on.',
  },
  PXP_PROBE_OPTION: { retryable: false, meaning: 'A probe got an option outside of its range.' },
  PXP_CDP_COMMAND: { retryable: false, meaning: 'The browser answered a CDP command with an error.' },
  PXP_CDP_TIMEOUT: { retryable: true, meaning: 'A CDP command was not answered within its deadline.' },
  PXP_CDP_CLOSED: {
    retryable: true,
    meaning: 'The connection or session to the browser closed before the answer.',
  },
  PXP_CDP_CRASHED: { retryable: true, meaning: 'The page crashed before the answer.' },
  PXP_CDP_PROTOCOL: { retryable: false, meaning: 'The peer sent something that is not the CDP.' },
  PXP_BROWSER_MISSING: { retryable: false, meaning: 'No Chrome or Chromium was found.' },
  PXP_BROWSER_LAUNCH: { retryable: true, meaning: 'The browser did not start.' },
  PXP_CAPTURE: { retryable: true, meaning: 'A frame could not be captured.' },
  PXP_INPUT: { retryable: false, meaning: 'A key the keyboard does not have, or no text, was to be typed.' },
  PXP_CALIBRATION: {
    retryable: false,
    meaning: 'A calibration file is not valid; file, line, column and value are named.',
  },
  PXP_CALIBRATION_NAME: {
    retryable: false,
    meaning:
      'A point, region, swatch, tab, list or state that the calibration lacks; where a flow names it, the cause of a `PXP_FLOW`.',
  },
  PXP_FLOW: {
    retryable: false,
    meaning: 'A flow file does not load, or a step lacks its proof or names what does not exist.',
  },
  PXP_SESSION: { retryable: true, meaning: 'The session did not reach a state within its deadline.' },
  PXP_SESSION_REFUSED: {
    retryable: false,
    meaning: 'The application refused the sign-in; trying again could lock the account.',
  },
  PXP_SESSION_CHALLENGE: {
    retryable: false,
    meaning: 'The application asks for something only a person may answer.',
  },
  PXP_ORIGIN: { retryable: false, meaning: 'Navigation to an origin the flow does not allow was refused.' },
  PXP_SECRET: { retryable: false, meaning: 'A secret reference could not be resolved.' },
  PXP_STEP: {
    retryable: false,
    meaning: 'A step was not proved; the transition record says which verdict and why.',
  },
  PXP_STORE: { retryable: true, meaning: 'The run store could not read or write.' },
  PXP_ARTIFACT: { retryable: false, meaning: 'A stored artifact is missing or its hash differs.' },
  PXP_LEASE: { retryable: true, meaning: 'Another run holds the lease of this target, or this run lost it.' },
  PXP_STOPPED: { retryable: false, meaning: 'The run was asked to stop.' },
} as const satisfies Record<string, { readonly retryable: boolean; readonly meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;
