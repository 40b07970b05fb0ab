import { type Browser, type Page, openPage } from '../cdp/index.js';
import { type Clock, type Size, isPixelproofError } from '../core/index.js';
import { type PageWarning, guardPage, originOf, requireAllowed } from './guard-page.js';
import { keepTidy } from './keep-tidy.js';
import { prepareSession } from './prepare-session.js';
import type { SessionPhase, SessionSpec } from './session-spec.js';

/** Layer 1: a browser, a page in it, and the application in that page brought to ready. */
export interface SessionEngine {
  /** The page of now; null before the first `prepare` and after its loss. */
  readonly page: Page | null;
  readonly browser: Browser | null;
  /**
   * From wherever it stands to ready: starts or attaches the browser when there is none, opens a page when there is none or
   * it crashed, and signs in. Errors: those of prepareSession, launchBrowser and openPage.
   */
  prepare(options?: Readonly<{ signal?: AbortSignal }>): Promise<void>;
  /**
   * The page brings no pictures: the next `prepare` takes another one, and another browser when the page before it brought
   * none either.
   */
  distrust(): void;
  /** Ends page and browser; `prepare` starts anew. */
  close(): Promise<void>;
}

export interface SessionEngineOptions {
  readonly spec: SessionSpec;
  /** Replaces the spec's. */
  readonly url?: string;
  readonly folder: string;
  /** Viewport in device pixels. */
  readonly size: Size;
  readonly deviceScaleFactor: number;
  readonly openBrowser: (signal?: AbortSignal) => Promise<Browser>;
  /** What `openBrowser` does. */
  readonly mode: 'launching' | 'attaching';
  /** Called with each new page, before anything is looked at. */
  readonly onPage: (page: Page) => void;
  readonly isReady: (signal?: AbortSignal) => Promise<{ readonly ready: boolean; readonly why: string }>;
  readonly onPhase: (phase: SessionPhase, detail: string) => void;
  readonly onWarning: (warning: PageWarning) => void;
  readonly clock: Clock;
}

export function createSessionEngine(options: SessionEngineOptions): SessionEngine {
  const { spec, folder, size, deviceScaleFactor, onPage, onPhase, onWarning, clock, isReady } = options;
  const url = options.url ?? spec.url;
  const allowedOrigins = [...(spec.allowedOrigins ?? []), originOf(url)];
  let browser: Browser | null = null;
  let page: Page | null = null;
  let stopGuard = (): void => undefined;
  let stopTidying = (): void => undefined;
  let isDistrusted = false;
  /** Since a page was ready. */
  let distrustedPages = 0;

  const dropPage = async (): Promise<void> => {
    stopGuard();
    stopGuard = () => undefined;
    stopTidying();
    const old = page;
    page = null;
    await old?.close();
  };

  /** A page that is not guarded is not used: the next attempt opens another. */
  const openGuarded = async (from: Browser, signal?: AbortSignal): Promise<Page> => {
    const opened = await openPage(from, { size, deviceScaleFactor, signal });
    try {
      stopGuard = await guardPage({ browser: from, page: opened }, { allowedOrigins, onWarning });
    } catch (error) {
      await opened.close();
      throw error;
    }
    return opened;
  };

  return {
    get page() {
      return page;
    },
    get browser() {
      return browser;
    },
    async prepare({ signal } = {}) {
      requireAllowed(url, /^https?:/.test(url) ? allowedOrigins : (spec.allowedOrigins ?? []));
      if (browser !== null && browser.connection.browser.state !== 'open') {
        onPhase('lost', 'the browser is gone');
        await dropPage();
        await browser.close();
        browser = null;
      }
      if (page !== null && (isDistrusted || page.session.state !== 'open')) {
        onPhase('lost', isDistrusted ? 'the page brings no pictures' : `the page has ${page.session.state}`);
        // A second page under begin-frame control crashes the browser: it takes another browser.
        const takesBrowser = page.frames !== undefined || distrustedPages > 1;
        await dropPage();
        if (takesBrowser) {
          await browser?.close();
          browser = null;
        }
      }
      isDistrusted = false;
      if (browser === null) {
        onPhase(options.mode, url);
        browser = await options.openBrowser(signal);
      }
      if (page === null) {
        try {
          page = await openGuarded(browser, signal);
        } catch (error) {
          // Its only page may still come: the next attempt takes another browser.
          if (browser.process?.frameControl === true) {
            await browser.close();
            browser = null;
          }
          throw error;
        }
        stopTidying = keepTidy(page, clock);
        onPage(page);
      }
      try {
        await prepareSession({
          ...{ page, spec, url, folder, isReady, clock, signal },
          onPhase: (phase) => onPhase(phase, url),
        });
        distrustedPages = 0;
      } catch (error) {
        if (isPixelproofError(error) && error.code !== 'PXP_ABORTED') onPhase('lost', error.message);
        throw error;
      }
    },
    distrust() {
      isDistrusted = true;
      distrustedPages++;
    },
    async close() {
      await dropPage();
      await browser?.close();
      browser = null;
    },
  };
}
