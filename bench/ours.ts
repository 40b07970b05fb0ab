import { type Browser, type Page, findBrowser, launchBrowser, openPage } from '../src/cdp/index.js';
import { InputEpoch, PixelproofError, systemClock } from '../src/core/index.js';
import { type Actuator, createCdpActuator } from '../src/input/index.js';
import {
  type Frame,
  type FrameSource,
  createFrameControlSource,
  createScreencastSource,
  createScreenshotSource,
} from '../src/sensor/index.js';
import { keepTidy } from '../src/session/index.js';
import { type Contestant, PROOF_TIMEOUT_MS, type Picture, QUALITY } from './contestant.js';
import { FIRST_BUTTON, FIRST_ROW, VIEWPORT } from './page.js';
import { readRowNumber } from './row-number.js';

export type SensorName = 'frame-control' | 'screencast' | 'screenshot';

/** Our side with one sensor: what a contestant can, and what only we can. */
export interface OurSide extends Contestant {
  readonly name: SensorName;
  readonly browser: Browser;
  readonly source: FrameSource;
  readonly actuator: Actuator;
}

/** The sensors this machine's browsers allow: frame control needs headless-shell. */
export function availableSensors(): SensorName[] {
  const { kind } = findBrowser();
  return kind === 'headless-shell'
    ? ['frame-control', 'screencast', 'screenshot']
    : ['screencast', 'screenshot'];
}

/** Opens the page in a browser of its own, with the sensor ready. */
export async function openOurs(name: SensorName, url: string): Promise<OurSide> {
  const frameControl = name === 'frame-control';
  const browser = await launchBrowser({ windowSize: VIEWPORT, frameControl });
  try {
    const page = await openPage(browser, { size: VIEWPORT, beginFrameControl: frameControl });
    await page.navigate(url);
    await page.evaluate('ready');
    return drive(name, { browser, page });
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function drive(name: SensorName, { browser, page }: Readonly<{ browser: Browser; page: Page }>): OurSide {
  const clock = systemClock;
  const epoch = new InputEpoch();
  const source = SOURCES[name]({ page, epoch, clock, defaults: { format: 'jpeg', quality: QUALITY } });
  let wake: (() => void) | undefined;
  // As a session does.
  const stopTidying = keepTidy(page, clock);
  const actuator = createCdpActuator({ page, epoch, clock });
  return {
    name,
    browser,
    source,
    actuator,
    look: (format) => source.capture({ region: FIRST_ROW, format, quality: QUALITY }),
    async click() {
      await actuator.click(FIRST_BUTTON);
    },
    async proof({ format, shows }) {
      const { frame, satisfied } = await source.until({
        region: FIRST_ROW,
        format,
        quality: QUALITY,
        timeoutMs: PROOF_TIMEOUT_MS,
        satisfies: (candidate) => readRowNumber(candidate.decode()) === shows,
      });
      if (!satisfied) throw new PixelproofError('PXP_TIMEOUT', `${name}: row ${shows} did not come`);
      return frame;
    },
    stillShows: async (picture: Picture) => !(await source.changedSince(picture as Frame)),
    rest(on) {
      // A page under begin-frame control has 60 frames of ours a second while nobody asks for any.
      wake?.();
      wake = on ? page.frames?.pause() : undefined;
    },
    async motion(on) {
      await page.evaluate(`motion(${on})`);
    },
    async close() {
      stopTidying();
      await source.close();
      await browser.close();
    },
  };
}

const SOURCES = {
  'frame-control': createFrameControlSource,
  screencast: createScreencastSource,
  screenshot: createScreenshotSource,
} as const;
