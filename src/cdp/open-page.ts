import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import type { Browser } from './browser.js';
import type { CdpConnection } from './connection.js';
import { type FrameClock, startFrameClock } from './frame-clock.js';
import { type PageView, createPageView } from './page-view.js';
import type { CdpSession } from './session.js';

/** A page target with fixed viewport and scale, in front. */
export interface Page {
  readonly session: CdpSession;
  readonly targetId: string;
  /** Of the viewport, in device pixels: what a full capture measures. */
  readonly size: Size;
  readonly deviceScaleFactor: number;
  /** Of a browser launched with frame control: what makes the page move at all. Absent elsewhere. */
  readonly frames?: FrameClock;
  /** Which part of the viewport it draws. */
  readonly view: PageView;
  /** Another session of the same target, whose events and streams are its own; `detach` ends it. Errors: those of `send`. */
  attach(options?: Readonly<{ timeoutMs?: number; signal?: AbortSignal }>): Promise<CdpSession>;
  /** Ends a session that `attach` made, best effort. */
  detach(session: CdpSession): void;
  /**
   * Resolves when the new document has fired `load`, or at once when the document stays (a fragment). Errors:
   * PXP_CDP_COMMAND (unreachable, refused), PXP_TIMEOUT (loads for longer than `timeoutMs`, default 15 s), and those
   * of `send`.
   */
  navigate(url: string, options?: Readonly<{ timeoutMs?: number; signal?: AbortSignal }>): Promise<void>;
  /** The JSON value of a JavaScript expression, awaited when it is a promise. Errors: PXP_CDP_COMMAND when it throws. */
  evaluate(
    expression: string,
    options?: Readonly<{ timeoutMs?: number; signal?: AbortSignal }>,
  ): Promise<unknown>;
  /** Closes the target; fine when it is gone already. */
  close(): Promise<void>;
}

export interface OpenPageOptions {
  /** Of the viewport, in device pixels. */
  readonly size: Size;
  /** Default 1. */
  readonly deviceScaleFactor?: number;
  /** Whether the page moves only by `frames`. Default: as the browser was launched. */
  readonly beginFrameControl?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * A new blank page whose viewport measures `size` device pixels. At a `deviceScaleFactor` of 2, 2560x1440 device pixels
 * are 1280x720 CSS pixels. In a browser launched with frame control the page is under begin-frame control, its clock is
 * started with it, and it is the only one: a second such target has crashed the browser.
 *
 * Errors: PXP_USAGE when the size is not a whole number of CSS pixels, or a browser with frame control has its page, and those of `CdpSession.send`. A target that
 * was made, or is made too late, is closed again before the error is thrown.
 */
export async function openPage(
  browser: Pick<Browser, 'connection' | 'process'>,
  {
    size,
    deviceScaleFactor = 1,
    beginFrameControl = browser.process?.frameControl ?? false,
    signal,
  }: OpenPageOptions,
): Promise<Page> {
  const cssSize = wholeCssSize(size, deviceScaleFactor);
  const root = browser.connection.browser;
  const leave = beginFrameControl ? takeOnlyPage(browser.connection) : () => undefined;
  const close = async (targetId: string): Promise<void> => {
    frames?.stop();
    await closeTarget(root, targetId);
    leave();
  };
  let frames: FrameClock | undefined;
  let targetId: string;
  try {
    const target = await root.send(
      'Target.createTarget',
      {
        url: 'about:blank',
        ...cssSize,
        // A window of its own: the tabs of one window hide each other, and a hidden page is not drawn.
        ...(beginFrameControl ? { enableBeginFrameControl: true } : { newWindow: true }),
      },
      { signal, onLate: (late) => (late === undefined ? leave() : void close(late.targetId)) },
    );
    targetId = target.targetId;
  } catch (error) {
    // One that may still come keeps its place until it has.
    if (!isPixelproofError(error, 'PXP_CDP_TIMEOUT') && !isPixelproofError(error, 'PXP_ABORTED')) leave();
    throw error;
  }
  try {
    const session = await browser.connection.attach(targetId, { signal });
    // From here on, for without frames neither a size nor a document arrives.
    if (beginFrameControl) frames = startFrameClock(session);
    await Promise.all([
      session.send('Page.enable', undefined, { signal }),
      // Without it no event tells of a crash.
      session.send('Inspector.enable', undefined, { signal }),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }, { signal }),
      session.send(
        'Emulation.setDeviceMetricsOverride',
        { ...cssSize, deviceScaleFactor, mobile: false },
        { signal },
      ),
      session.send('Page.bringToFront', undefined, { signal }),
    ]);
    return {
      session,
      targetId,
      size,
      deviceScaleFactor,
      frames,
      view: createPageView({ session, root, size, deviceScaleFactor }),
      attach: (options) => browser.connection.attach(targetId, options),
      detach: (attached) => browser.connection.detach(attached.id),
      navigate: (url, options) => navigate(session, url, options),
      evaluate: (expression, options) => evaluate(session, expression, options),
      close: () => close(targetId),
    };
  } catch (error) {
    await close(targetId);
    throw error;
  }
}

const withPage = new WeakSet<CdpConnection>();

/** Takes the one place for a page under begin-frame control; the result gives it back. */
function takeOnlyPage(connection: CdpConnection): () => void {
  if (withPage.has(connection)) {
    throw new PixelproofError('PXP_USAGE', 'a browser with frame control takes one page', {
      hint: 'close its page first, or launch another browser',
    });
  }
  withPage.add(connection);
  return () => void withPage.delete(connection);
}

function wholeCssSize(size: Size, deviceScaleFactor: number): Size {
  const css = { width: size.width / deviceScaleFactor, height: size.height / deviceScaleFactor };
  const isWhole = Number.isInteger(css.width) && Number.isInteger(css.height);
  if (isWhole && css.width > 0 && css.height > 0 && deviceScaleFactor > 0) return css;
  throw new PixelproofError('PXP_USAGE', 'a viewport has to be a whole number of CSS pixels', {
    what: 'size',
    expected: `multiples of the device scale factor ${deviceScaleFactor}`,
    received: `${size.width}x${size.height}`,
  });
}

async function navigate(
  session: CdpSession,
  url: string,
  { timeoutMs = 15_000, signal }: Readonly<{ timeoutMs?: number; signal?: AbortSignal }> = {},
): Promise<void> {
  const loaded = new Set<string>();
  let wake: (() => void) | undefined;
  // Listening starts before the command: a page from a cache may have loaded by the time the answer is here.
  const stopLoad = session.on('Page.lifecycleEvent', ({ name, loaderId }) => {
    if (name !== 'load') return;
    loaded.add(loaderId);
    wake?.();
  });
  let stopEnd: (() => void) | undefined;
  try {
    const answer = await session.send('Page.navigate', { url }, { timeoutMs, signal });
    if (answer.errorText !== undefined) {
      throw new PixelproofError('PXP_CDP_COMMAND', `Page.navigate: ${answer.errorText}`, {
        what: url,
        hint: answer.errorText.endsWith('ERR_CONNECTION_REFUSED') ? 'is the application started?' : undefined,
      });
    }
    const { loaderId } = answer;
    if (loaderId === undefined || loaded.has(loaderId)) return;
    const load = new Promise<void>((resolve, reject) => {
      wake = () => {
        if (loaded.has(loaderId)) resolve();
      };
      stopEnd = session.onEnd(reject);
    });
    await withDeadline(load, { what: `loading ${url}`, timeoutMs, signal });
  } finally {
    stopLoad();
    stopEnd?.();
  }
}

async function evaluate(
  session: CdpSession,
  expression: string,
  options?: Readonly<{ timeoutMs?: number; signal?: AbortSignal }>,
): Promise<unknown> {
  const { result, exceptionDetails } = await session.send(
    'Runtime.evaluate',
    { expression, returnByValue: true, awaitPromise: true },
    options,
  );
  if (exceptionDetails === undefined) return result.value;
  const reason = exceptionDetails.exception?.description ?? exceptionDetails.text;
  throw new PixelproofError('PXP_CDP_COMMAND', `Runtime.evaluate: ${reason}`);
}

async function closeTarget(root: CdpSession, targetId: string): Promise<void> {
  try {
    await root.send('Target.closeTarget', { targetId });
  } catch {
    // Best effort: target or browser are gone already, and with them what was to be closed.
  }
}
