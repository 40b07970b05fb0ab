import type { ImageBuffer } from '../src/image/index.js';

export type PictureFormat = 'jpeg' | 'png';

/** JPEG quality of every side. */
export const QUALITY = 80;
/** A side that has not shown a click's effect by then has lost it. */
export const PROOF_TIMEOUT_MS = 5000;

/** A picture of the first row, as it came from the browser. */
export interface Picture {
  readonly bytes: Uint8Array;
  decode(): ImageBuffer;
}

/** One way of driving the benchmark's page, with a browser of its own. Pictures are of the first row. */
export interface Contestant {
  readonly name: string;
  /** A picture taken now. */
  look(format: PictureFormat): Promise<Picture>;
  /** Sends a click at the first row's button. */
  click(): Promise<void>;
  /**
   * The first picture that shows the click's effect: another one than `before`, or the row of number `shows`; a side
   * may choose what it finds cheaper. The caller checks the number anyhow, after the time is taken. Rejects after
   * PROOF_TIMEOUT_MS.
   */
  proof(expected: Readonly<{ format: PictureFormat; before: Picture; shows: number }>): Promise<Picture>;
  /** Whether the row still looks as in `picture`, for sides that can tell without a new picture. */
  stillShows?(picture: Picture): Promise<boolean>;
  /** Holds what this side does by itself, between its turns, or lets it go on. */
  rest?(on: boolean): void;
  /** Lets the page's strip move, or holds it. */
  motion(on: boolean): Promise<void>;
  close(): Promise<void>;
}
