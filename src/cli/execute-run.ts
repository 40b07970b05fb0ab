import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { attachBrowser, launchBrowser, sweepProfiles } from '../cdp/index.js';
import {
  InputEpoch,
  PixelproofError,
  currentProcess,
  isProcessAlive,
  newRunId,
  systemClock,
} from '../core/index.js';
import { type Actuator, createCdpActuator, createPlaceboActuator } from '../input/index.js';
import { createRunMetrics } from '../metrics/index.js';
import { type RunResult, type StoredEvent, type TimelineEvent, runFlow } from '../runtime/index.js';
import { type SessionPhase, createSessionEngine } from '../session/index.js';
import { type Mode, createVisualEngine, planCheckpoint } from '../visual/index.js';
import { keepDrift } from './drift-file.js';
import type { LoadedFlow } from './load-flow.js';
import { type RunSensor, type SensorName, createRunSensor } from './open-sensor.js';
import { openStores } from './open-stores.js';
import { writeOutput } from './write-output.js';
import { writeReport } from './write-report.js';
import { VERSION } from './package-info.js';

export interface ExecuteOptions {
  readonly loaded: LoadedFlow;
  readonly url?: string;
  readonly dataDir: string;
  readonly headed?: boolean;
  readonly sensor: SensorName;
  /** Address of a browser to attach to, in place of launching one. */
  readonly attach?: string;
  /** How the calibration is used. Default `hybrid`. */
  readonly mode?: Mode;
  /** Windows without any input, in place of the flow. */
  readonly placebo?: number;
  readonly drain?: AbortSignal;
  readonly abort?: AbortSignal;
  readonly onEvent?: (event: StoredEvent) => void;
  readonly onNote?: (line: string) => void;
}

/** What `demo` and `run` print as JSON. */
export interface RunReport {
  readonly runId: string;
  readonly outcome: RunResult['outcome'];
  readonly units: number;
  /** Review items it opened. */
  readonly reviews: number;
  readonly verdicts: RunResult['verdicts'];
  readonly sensor: string;
  readonly cycleMs: Quantiles;
  readonly confirmMs: Quantiles;
  readonly dataDir: string;
  /** Path of the HTML report. */
  readonly report: string;
  readonly placebo?: RunResult['placebo'];
}

interface Quantiles {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Wires the layers together for one run, and ends everything that was started. */
export async function executeRun(
  options: ExecuteOptions,
): Promise<{ readonly result: RunResult; readonly report: RunReport }> {
  const { loaded, headed, attach, onNote = () => undefined } = options;
  const { flow, calibration, folder } = loaded;
  const dataDir = resolve(options.dataDir);
  const profileRoot = join(dataDir, 'profiles');
  await makeFolder(profileRoot);
  await sweepProfiles(profileRoot);
  const { store, artifacts } = await openStores(dataDir);
  try {
    const metrics = createRunMetrics({ version: VERSION });
    const runId = newRunId(systemClock.date());
    const url = options.url ?? flow.session.url;
    let sensor: RunSensor | undefined;
    const result = await runFlow({
      runId,
      flow,
      target: `${flow.name}@${URL.canParse(url) ? new URL(url).host : url}`,
      holder: currentProcess(),
      isAlive: isProcessAlive,
      ...{ store, artifacts, metrics },
      clock: systemClock,
      drift: {
        observe: async (observed) => {
          const file = join(dataDir, 'drift', `${flow.name}.jsonl`);
          return (await keepDrift(file, observed)).map(({ name, failsAt }) => ({ name, at: failsAt }));
        },
      },
      placebo: options.placebo,
      drain: options.drain,
      abort: options.abort,
      onEvent: options.onEvent,
      open: (append) => Promise.resolve(openLayers(append)),
    });
    const folderOfRun = join(dataDir, 'runs', runId);
    await writeOutput(join(folderOfRun, 'metrics.prom'), await metrics.text());
    const report = await writeReport({ runId, file: join(folderOfRun, 'report.html'), store, artifacts });
    const { outcome, units, reviews, verdicts, cycleMs, confirmMs } = result;
    return {
      result,
      report: {
        ...{ runId, outcome, units, reviews, verdicts },
        sensor: sensor?.name ?? options.sensor,
        cycleMs: quantiles(cycleMs),
        confirmMs: quantiles(confirmMs),
        ...{ dataDir, report },
        ...(result.placebo === null ? {} : { placebo: result.placebo }),
      },
    };

    function openLayers(append: (event: TimelineEvent) => void) {
      const epoch = new InputEpoch();
      const { files, viewport } = loaded;
      append({ type: 'flow.loaded', file: files.flow, calibration: files.calibration, viewport });
      let actuator: Actuator | undefined;
      const { steps } = flow;
      const screens = new Map(Object.entries(flow.screens ?? {}));
      // A step that does the work, else the first one.
      const main = Object.values(steps).find(({ unit }) => unit !== undefined) ?? Object.values(steps)[0];
      const blockers = new Map(
        Object.entries(flow.session.blockers ?? {}).map(([name, { when }]) => [name, when]),
      );
      const eye = createRunSensor({
        wanted: options.sensor,
        mayLaunch: attach === undefined && headed !== true,
        region: planCheckpoint(main, { calibration, screens, blockers: [...blockers.values()] }),
        ...{ epoch, clock: systemClock },
        onChosen: ({ measurements, ...chosen }) =>
          append({ type: 'sensor.chosen', format: 'png', ...chosen, measurements: [...measurements] }),
        onFallback: ({ from, to, error }) => {
          metrics.fallback(flow.name, 'sensor');
          append({
            type: 'warning',
            code: error.code,
            detail: `${from} failed (${error.message}), ${to} is asked next`,
          });
        },
        onExhausted: () => session.distrust(),
      });
      sensor = eye;
      const engine = createVisualEngine({
        screen: {
          source: () => eye.source,
          actuator: () =>
            options.placebo === undefined ? actuator! : createPlaceboActuator({ epoch, clock: systemClock }),
        },
        calibration,
        screens,
        mode: options.mode,
        clock: systemClock,
        blockers,
        onTiming: (timing) => metrics.capture(timing),
      });
      const phases = phaseRecorder(append, (phase, ms) => metrics.sessionState(phase, ms));
      const session = createSessionEngine({
        spec: flow.session,
        url,
        folder,
        size: calibration.size,
        deviceScaleFactor: calibration.deviceScaleFactor,
        mode: attach === undefined ? 'launching' : 'attaching',
        openBrowser: async (signal) => {
          const browser =
            attach === undefined
              ? await launchBrowser({
                  headed,
                  frameControl: eye.frameControl,
                  windowSize: calibration.size,
                  deviceScaleFactor: calibration.deviceScaleFactor,
                  profileRoot,
                  signal,
                  onWarning: onNote,
                })
              : await attachBrowser({ url: attach, signal });
          metrics.browser(browser.version);
          browser.connection.onTimeout((method) => metrics.cdpTimeout(method));
          return browser;
        },
        onPage: (page) => {
          eye.usePage(page);
          actuator = createCdpActuator({ page, epoch, clock: systemClock });
        },
        isReady: async (signal) => {
          const sight = await engine.see(flow.session.ready, { timeoutMs: 300, signal });
          if (sight.kind === 'blocked') {
            // What a step removes, or what goes by itself, lies over an application that is there.
            const ready = flow.session.blockers?.[sight.by]?.recover !== 'relogin';
            return { ready, why: `blocked by ${sight.by}` };
          }
          const { truth, predicate, reason } = sight.seen;
          return { ready: truth === 'holds', why: `${predicate} ${truth}: ${reason}` };
        },
        onPhase: phases,
        onWarning: ({ code, detail }) => append({ type: 'warning', code, detail }),
        clock: systemClock,
      });
      return {
        session: {
          async prepare(wait: Readonly<{ signal?: AbortSignal }> = {}) {
            await session.prepare(wait);
            while ((await eye.settle()) === 'relaunch') {
              await session.close();
              await session.prepare(wait);
            }
          },
        },
        engine,
        close: async () => {
          await actuator?.releaseAll();
          await eye.close();
          await session.close();
        },
      };
    }
  } finally {
    await store.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new PixelproofError('PXP_IO', 'the data folder cannot be made', { what: folder, cause });
  }
}

/** Session phases as events, each with how long the one before it lasted. */
function phaseRecorder(
  append: (event: TimelineEvent) => void,
  onLasted: (phase: SessionPhase, ms: number) => void,
): (phase: SessionPhase, detail: string) => void {
  let last: { phase: SessionPhase; since: number } | undefined;
  return (phase, detail) => {
    const now = systemClock.nowMs();
    const previousMs = last === undefined ? null : Math.round(now - last.since);
    if (last !== undefined && previousMs !== null) onLasted(last.phase, previousMs);
    append({ type: 'session.state', state: phase, detail, previousMs });
    last = { phase, since: now };
  };
}

/** Nearest rank, rounded to 0.1 ms; null of nothing. */
function quantiles(values: readonly number[]): Quantiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number): number | null => {
    const value = sorted.at(Math.max(0, Math.ceil(q * sorted.length) - 1));
    return value === undefined ? null : Math.round(value * 10) / 10;
  };
  return { p50: at(0.5), p95: at(0.95) };
}
