import type { Page } from '../cdp/index.js';
import { type InputEpoch, systemClock } from '../core/index.js';
import {
  type Fallback,
  type FrameSource,
  createFrameControlSource,
  createResilientSource,
  createScreencastSource,
  createScreenshotSource,
} from '../sensor/index.js';

export const SENSORS = ['auto', 'screenshot', 'screencast', 'frame-control'] as const;
export type SensorName = (typeof SENSORS)[number];

/** What `auto` stands for, and why. The faster sensors are taken by name. */
export function resolveSensor(wanted: SensorName): {
  readonly name: Exclude<SensorName, 'auto'>;
  readonly why: string;
} {
  return wanted === 'auto'
    ? { name: 'screenshot', why: 'works on every browser' }
    : { name: wanted, why: 'as asked' };
}

/** The named sensor of a page, with `Page.captureScreenshot` as its fallback. */
export function openSensor(
  name: Exclude<SensorName, 'auto'>,
  {
    page,
    epoch,
    onFallback,
  }: Readonly<{ page: Page; epoch: InputEpoch; onFallback: (fallback: Fallback) => void }>,
): FrameSource {
  const options = { page, epoch, clock: systemClock };
  const screenshot = createScreenshotSource(options);
  if (name === 'screenshot') return screenshot;
  const first = name === 'screencast' ? createScreencastSource(options) : createFrameControlSource(options);
  return createResilientSource({ sources: [first, screenshot], page, clock: systemClock, onFallback });
}
