import type { CdpConnection } from './connection.js';
import type { BrowserKind } from './find-browser.js';

/** A browser we may command: one we launched, or one we attached to. */
export interface Browser {
  readonly connection: CdpConnection;
  /** As the browser names itself: `HeadlessChrome/156.0.8078.79`. */
  readonly version: string;
  /** Of a launched browser; absent when we attached. */
  readonly process?: BrowserProcess;
  /**
   * Launched: ends the browser with all its processes and removes its profile. Attached: only disconnects. Never
   * rejects for a browser that is gone already; calling it again waits for the same end.
   */
  close(): Promise<void>;
}

export interface BrowserProcess {
  /** Leader of the browser's process group; a distribution's wrapper script may be this process. */
  readonly pid: number;
  readonly path: string;
  readonly kind: BrowserKind;
  readonly profileDir: string;
  /** Launched with frame control: its one page is opened with `beginFrameControl`. */
  readonly frameControl: boolean;
}
