import { isPixelproofError } from '../core/errors.js';
import { type Rect, type Size, area, containsRect, sameRect, sizeRect } from '../core/geometry.js';
import type { CdpSession, SendOptions } from './session.js';

type Wait = Pick<SendOptions, 'timeoutMs' | 'signal'>;

/**
 * Which part of the viewport a page draws. A picture of a page costs what it draws: copied, encoded and sent is all of it,
 * so a page that draws just the region somebody looks at answers in a third of the time.
 */
export interface PageView {
  /** The part that is drawn, device pixels; the whole viewport at first. */
  readonly rect: Rect;
  /** Whether it draws a part for that region already, so that `show` has nothing to tell. */
  draws(region: Rect): boolean;
  /**
   * Lets the page draw a part that holds `region`, and answers which; at once when it does already. Frames drawn from then
   * on are of that part as soon as they have its size: no part has the shape of the one before, and the page knows where
   * the part lies before it learns its size. Layout, scripts and the coordinates of inputs notice nothing.
   *
   * Where a frame of another process lies in the page the whole viewport stays: Chromium would send that frame's inputs
   * elsewhere. So it does in a browser that cannot draw a part. Errors: those of `CdpSession.send`.
   */
  show(region: Rect, wait?: Wait): Promise<Rect>;
}

/** A view with room for at most this many times the region stays as it is: the next region is often a little smaller. */
const ROOMY = 1.25;
/** By how many CSS pixels a part grows until its shape is another than that of the part before. */
const GROWTH_CSS = 8;
/** Scaling a stale picture into a new size rounds its sides outwards to even numbers: by up to this, both together. */
const ROUNDING = 4;

/**
 * The view of a page that measures `size` device pixels, set by `Emulation.setDeviceMetricsOverride` with a `viewport`
 * and `Emulation.setVisibleSize`, as `Page.captureScreenshot` itself does for the time of one clip
 * (content/browser/devtools/protocol/page_handler.cc).
 */
export function createPageView({
  session,
  root,
  size,
  deviceScaleFactor,
}: Readonly<{ session: CdpSession; root: CdpSession; size: Size; deviceScaleFactor: number }>): PageView {
  const whole = sizeRect(size);
  const cssOf = ({ width, height }: Size): Size => ({
    width: width / deviceScaleFactor,
    height: height / deviceScaleFactor,
  });
  let rect = whole;
  /** False while a change is under way or has failed: then the page draws nobody knows what. */
  let isSet = true;
  let canNarrow = true;
  let watching: Promise<ReadonlySet<string>> | undefined;

  /** The targets of frames that live in another process, from now on. */
  const watchFrames = async (wait: Wait): Promise<ReadonlySet<string>> => {
    const frames = new Set<string>();
    root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type !== 'iframe') return;
      frames.add(targetInfo.targetId);
      // Best effort: the next look goes wide anyhow.
      set(whole, {}).catch(() => undefined);
    });
    root.on('Target.targetDestroyed', ({ targetId }) => void frames.delete(targetId));
    // Tells of the targets that are there before it is answered.
    await root.send('Target.setDiscoverTargets', { discover: true }, wait);
    return frames;
  };

  const set = async (to: Rect, wait: Wait): Promise<void> => {
    if (isSet && sameRect(rect, to)) return;
    isSet = false;
    rect = to;
    await session.send(
      'Emulation.setDeviceMetricsOverride',
      {
        ...cssOf(size),
        ...{ deviceScaleFactor, mobile: false, dontSetVisibleSize: true },
        // Its corner is in device pixels, other than the documentation says.
        viewport: sameRect(to, whole) ? undefined : { ...to, ...cssOf(to), scale: 1 },
      },
      wait,
    );
    await session.send('Emulation.setVisibleSize', cssOf(to), wait);
    isSet = true;
  };

  const draws = (region: Rect): boolean =>
    isSet && containsRect(rect, region) && area(rect) <= ROOMY * area(region);

  return {
    get rect() {
      return rect;
    },
    draws,
    async show(region, wait = {}) {
      if (draws(region)) return rect;
      let part = partFor(region, { whole, before: rect, deviceScaleFactor });
      if (!sameRect(part, whole)) {
        watching ??= watchFrames(wait);
        const frames = await watching.catch((error: unknown) => {
          watching = undefined;
          throw error;
        });
        if (!canNarrow || frames.size > 0) part = whole;
      }
      try {
        await set(part, wait);
      } catch (error) {
        if (!isPixelproofError(error, 'PXP_CDP_COMMAND') || !canNarrow) throw error;
        canNarrow = false;
        await set(whole, wait);
      }
      return rect;
    },
  };
}

/**
 * The smallest part of whole CSS pixels that holds the region and has the shape neither of the part before nor of the
 * whole, so that the size alone tells which of them a picture is of, even if it was scaled into the new size.
 */
function partFor(
  region: Rect,
  { whole, before, deviceScaleFactor }: Readonly<{ whole: Rect; before: Rect; deviceScaleFactor: number }>,
): Rect {
  const x = Math.floor(region.x / deviceScaleFactor) * deviceScaleFactor;
  const y = Math.floor(region.y / deviceScaleFactor) * deviceScaleFactor;
  const width = Math.ceil((region.x + region.width) / deviceScaleFactor) * deviceScaleFactor - x;
  const height = Math.ceil((region.y + region.height) / deviceScaleFactor) * deviceScaleFactor - y;
  if (area({ width, height }) * ROOMY > area(whole)) return whole;
  const step = GROWTH_CSS * deviceScaleFactor;
  for (let growth = 0; growth <= 4 * step; growth += step) {
    const candidates = [
      { x, y: Math.min(y, whole.height - height - growth), width, height: height + growth },
      { x: Math.min(x, whole.width - width - growth), y, width: width + growth, height },
    ];
    const found = candidates.find(
      (part) => part.x >= 0 && part.y >= 0 && !isSameShape(part, before) && !isSameShape(part, whole),
    );
    if (found !== undefined) return found;
  }
  return whole;
}

/** Whether a picture of `other`, scaled into the size, would measure the same. */
function isSameShape(size: Size, other: Size): boolean {
  const scale = Math.min(size.width / other.width, size.height / other.height);
  return (
    Math.abs(other.width * scale - size.width) <= ROUNDING &&
    Math.abs(other.height * scale - size.height) <= ROUNDING
  );
}
