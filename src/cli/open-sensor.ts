import { type Page, findBrowser } from '../cdp/index.js';
import { type Clock, type InputEpoch, type Rect, PixelproofError, isPixelproofError } from '../core/index.js';
import {
  type Fallback,
  type FrameSource,
  type SensorMeasurement,
  chooseSensor,
  createFrameControlSource,
  createResilientSource,
  createScreencastSource,
  createScreenshotSource,
} from '../sensor/index.js';

export const SENSORS = ['auto', 'screenshot', 'screencast', 'frame-control'] as const;
export type SensorName = (typeof SENSORS)[number];
type Sensor = Exclude<SensorName, 'auto'>;

/** The second is for a machine that was too busy for the first. */
const BUDGETS_MS = [1000, 4000];

/**
 * What an attempt at a picture gets of the time at first, and at most. After a ladder that did not help the page is opened anew; the next one is
 * more patient, for a page that is only slow is lost again and again otherwise.
 */
const ATTEMPT_MS = { first: 1500, most: 6000 };

export interface ChosenSensor {
  readonly sensor: string;
  /** One sentence for people. */
  readonly reason: string;
  /** Empty when it was taken as asked. */
  readonly measurements: readonly SensorMeasurement[];
}

/** The sensor of a run, over all of its pages. */
export interface RunSensor {
  /** How its browser has to be launched. */
  readonly frameControl: boolean;
  /** Of the newest page. Errors: PXP_USAGE before there is one. */
  readonly source: FrameSource;
  /** The name of what was chosen, or is in use until then. */
  readonly name: string;
  /** A page was opened: looks are its own from now on. */
  usePage(page: Page): void;
  /**
   * With `auto`, measures the sensors on the page as it is now, the first time, and takes the fastest whose pixels are right.
   * Answers whether the browser has to be launched anew, because frame control was found wrong.
   */
  settle(): Promise<'settled' | 'relaunch'>;
  /** Lets go of the newest page. */
  close(): Promise<void>;
}

export interface RunSensorOptions {
  readonly wanted: SensorName;
  /** Whether a browser may be launched for frame control: not one with a window, nor one we attach to. */
  readonly mayLaunch: boolean;
  /** What the run will look at most. */
  readonly region: Rect;
  readonly epoch: InputEpoch;
  readonly clock: Clock;
  readonly onChosen: (chosen: ChosenSensor) => void;
  readonly onFallback: (fallback: Fallback) => void;
  readonly onExhausted: () => void;
}

/** Every sensor has `Page.captureScreenshot`, which works everywhere, as its fallback. */
export function createRunSensor(options: RunSensorOptions): RunSensor {
  const { wanted, mayLaunch, region, epoch, clock, onChosen, onFallback, onExhausted } = options;
  let frameControl =
    wanted === 'frame-control' || (wanted === 'auto' && mayLaunch && findBrowser().kind === 'headless-shell');
  let chosen: string | undefined = wanted === 'auto' ? undefined : wanted;
  let isTold = false;
  let page: Page | undefined;
  let candidates: readonly FrameSource[] = [];
  let source: FrameSource | undefined;
  let attemptMs = ATTEMPT_MS.first;

  /** In the order of preference. */
  const candidatesOf = (page: Page): FrameSource[] => {
    const of = { page, epoch, clock };
    const fast = (name: Sensor): FrameSource[] => {
      if (name === 'frame-control') return [createFrameControlSource(of)];
      return name === 'screencast' ? [createScreencastSource(of)] : [];
    };
    const first = wanted === 'auto' ? (page.frames === undefined ? 'screencast' : 'frame-control') : wanted;
    return [...fast(first), createScreenshotSource(of)];
  };
  const take = (page: Page): void => {
    const isChosen = ({ name }: FrameSource): boolean => name === chosen;
    const sources = [...candidates.filter(isChosen), ...candidates.filter((each) => !isChosen(each))];
    source = createResilientSource({
      ...{ sources, page, clock, attemptMs, onFallback },
      onExhausted() {
        attemptMs = Math.min(2 * attemptMs, ATTEMPT_MS.most);
        onExhausted();
      },
    });
  };

  /** A machine that is too busy to measure takes what works everywhere. */
  const choose = async (): Promise<ChosenSensor> => {
    let reason = '';
    for (const budgetMs of BUDGETS_MS) {
      try {
        const {
          source: best,
          why,
          measurements,
        } = await chooseSensor({ candidates, region, clock, budgetMs });
        return { sensor: best.name, reason: why, measurements };
      } catch (error) {
        if (!isPixelproofError(error, 'PXP_CAPTURE') && !isPixelproofError(error, 'PXP_TIMEOUT')) throw error;
        reason = `not measured: ${error.message}`;
      }
    }
    return { sensor: 'screenshot', reason, measurements: [] };
  };

  return {
    get frameControl() {
      return frameControl;
    },
    get source() {
      if (source !== undefined) return source;
      throw new PixelproofError('PXP_USAGE', 'there is no page to look at yet');
    },
    get name() {
      return chosen ?? source?.name ?? wanted;
    },
    usePage(opened) {
      page = opened;
      candidates = candidatesOf(opened);
      take(opened);
    },
    async settle() {
      if (page === undefined || isTold) return 'settled';
      if (wanted !== 'auto') {
        isTold = true;
        onChosen({ sensor: wanted, reason: 'as asked', measurements: [] });
        return 'settled';
      }
      const found = await choose();
      const { measurements } = found;
      const refused = measurements.find(({ name }) => name === 'frame-control')?.refused;
      if (refused !== undefined) {
        frameControl = false;
        onChosen({ sensor: 'none', reason: `launching another browser: ${found.reason}`, measurements });
        return 'relaunch';
      }
      isTold = true;
      chosen = found.sensor;
      onChosen(found);
      take(page);
      return 'settled';
    },
    async close() {
      await source?.close();
    },
  };
}
