import { binaryOf } from '../cdp/binary-of.js';
import type { CdpSession, SendOptions } from '../cdp/session.js';
import type { Rect } from '../core/geometry.js';
import type { FrameFormat } from './frame.js';
import { requirePicture } from './require-picture.js';

/**
 * The encoded picture of a region, by `Page.captureScreenshot` with a clip at scale 1 inside the viewport, of which the
 * page notices nothing. Errors: PXP_CAPTURE when it is no picture or not of that size, and those of `send`.
 */
export async function takeScreenshot(
  session: CdpSession,
  {
    rect,
    format,
    quality,
    deviceScaleFactor,
  }: Readonly<{ rect: Rect; format: FrameFormat; quality?: number; deviceScaleFactor: number }>,
  options: SendOptions,
): Promise<Uint8Array> {
  const { data } = await session.send(
    'Page.captureScreenshot',
    {
      format,
      quality,
      clip: { ...cssRect(rect, deviceScaleFactor), scale: 1 },
      captureBeyondViewport: false,
      optimizeForSpeed: format === 'png',
    },
    options,
  );
  const bytes = binaryOf(data);
  requirePicture(bytes, { what: 'Page.captureScreenshot', format, size: rect });
  return bytes;
}

function cssRect({ x, y, width, height }: Rect, scale: number): Rect {
  return { x: x / scale, y: y / scale, width: width / scale, height: height / scale };
}
