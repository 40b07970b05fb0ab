import { join } from 'node:path';
import {
  type ResolvedCalibration,
  loadCalibration,
  resolveCalibration,
} from '../../src/calibration/index.js';
import { launchBrowser, openPage } from '../../src/cdp/index.js';
import { InputEpoch, systemClock } from '../../src/core/index.js';
import { createScreenshotSource } from '../../src/sensor/index.js';
import { AmbientMap } from '../../src/visual/motion/ambient-map.js';
import type { Evidence } from '../../src/visual/index.js';
import { judge } from '../../src/visual/judge.js';
import { Look } from '../../src/visual/look.js';

const READY_MS = 30_000;

export interface Screen {
  readonly calibration: ResolvedCalibration;
  /** The whole viewport now. */
  look(): Promise<Look>;
  close(): Promise<void>;
}

/** Opens the page in a browser of its own, as large as the pack's calibration says, and resolves when `ready` holds. */
export async function openScreen({
  url,
  pack,
  ready,
}: Readonly<{ url: string; pack: string; ready: Evidence }>): Promise<Screen> {
  const given = await loadCalibration(join(pack, 'calibration.yaml'));
  const calibration = resolveCalibration(given, given.viewport);
  const { size, deviceScaleFactor } = calibration;
  const browser = await launchBrowser({ windowSize: size });
  const page = await openPage(browser, { size, deviceScaleFactor });
  const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock });
  const look = async (): Promise<Look> => {
    const frame = await source.capture({ format: 'png' });
    return new Look(frame.decode(), frame.rect);
  };
  const close = () => browser.close();
  try {
    await page.navigate(url);
    const ambient = new AmbientMap(size);
    const dueAt = systemClock.nowMs() + READY_MS;
    for (;;) {
      const { truth, reason } = judge(ready, {
        before: null,
        behind: null,
        now: await look(),
        calibration,
        screens: new Map(),
        ambient,
        reach: 'near',
      });
      if (truth === 'holds') return { calibration, look, close };
      if (systemClock.nowMs() > dueAt) throw new Error(`the page at ${url} is not ready: ${reason}`);
      await systemClock.sleep(100);
    }
  } catch (error) {
    await close();
    throw error;
  }
}

/** Two looks half a blink of a caret and some apart, with nothing done between them. */
export async function twoLooks(screen: Screen): Promise<readonly [Look, Look]> {
  const earlier = await screen.look();
  await systemClock.sleep(600);
  return [earlier, await screen.look()];
}
