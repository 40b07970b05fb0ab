import type { Page } from '../cdp/open-page.js';
import { type Clock, throwIfAborted } from '../core/clock.js';
import { PixelproofError } from '../core/errors.js';
import { type Point, containsPoint, sizeRect } from '../core/geometry.js';
import type { InputEpoch } from '../core/input-epoch.js';
import type { Actuator, InputReceipt } from './actuator.js';

/**
 * The pointer by `Input.dispatchMouseEvent`. A click is one write of press and release (no move before it: moves wait
 * for the next frame), and the epoch advances right before it leaves, so a frame requested earlier never counts.
 *
 * The promise resolves as soon as the input has left. When the session is gone already, `acknowledged` rejects, and no
 * frame will ever prove anything.
 */
export function createCdpActuator({
  page,
  epoch,
  clock,
}: Readonly<{
  page: Pick<Page, 'session' | 'size' | 'deviceScaleFactor'>;
  epoch: InputEpoch;
  clock: Clock;
}>): Actuator {
  const { session, size, deviceScaleFactor } = page;
  /** Clicks whose release the browser has not acknowledged, where they went in CSS pixels. */
  const down = new Set<{ readonly at: Point }>();

  const toCss = (point: Point): Point => {
    if (!containsPoint(sizeRect(size), point)) {
      throw new PixelproofError('PXP_RECT', 'an input has to lie inside the viewport', {
        expected: `a point within ${size.width}x${size.height}`,
        received: `${point.x}, ${point.y}`,
      });
    }
    return { x: point.x / deviceScaleFactor, y: point.y / deviceScaleFactor };
  };

  const act = (
    { point, signal }: Readonly<{ point: Point; signal?: AbortSignal }>,
    send: (at: Point) => Promise<unknown>,
  ): Promise<InputReceipt> =>
    // The executor's throws are rejections.
    new Promise((resolve) => {
      const at = toCss(point);
      throwIfAborted(signal);
      const number = epoch.advance();
      const sentAtMs = clock.nowMs();
      const acknowledged = send(at).then(() => undefined);
      // The caller may never look at it.
      acknowledged.catch(() => undefined);
      resolve({ epoch: number, sentAtMs, acknowledged });
    });

  const release = (at: Point): Promise<unknown> =>
    session.send('Input.dispatchMouseEvent', {
      ...at,
      type: 'mouseReleased',
      button: 'left',
      buttons: 0,
      clickCount: 1,
    });

  return {
    click: (point, { signal } = {}) =>
      act({ point, signal }, (at) => {
        const click = { at };
        down.add(click);
        const pressed = session.send('Input.dispatchMouseEvent', {
          ...at,
          type: 'mousePressed',
          button: 'left',
          buttons: 1,
          clickCount: 1,
        });
        const released = release(at).then(() => down.delete(click));
        return Promise.all([pressed, released]);
      }),
    move: (point, { signal } = {}) =>
      act({ point, signal }, (at) => session.send('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved' })),
    async releaseAll() {
      const clicks = [...down];
      down.clear();
      if (session.state !== 'open') return;
      // Best effort: with the page gone, its buttons are up.
      await Promise.allSettled(clicks.map(({ at }) => release(at)));
    },
  };
}
