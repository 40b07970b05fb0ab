import type { ImageBuffer } from '../../src/image/index.js';

/** Two pictures of a pair as one variant shows them. */
export interface Shots {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  /** The same without what the variant adds, in its size: calibrations are made from such pictures. */
  readonly clean: Readonly<{ before: ImageBuffer; after: ImageBuffer }>;
}
