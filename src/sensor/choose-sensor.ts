import type { Clock } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import type { FrameFormat } from './frame.js';
import type { FrameSource } from './frame-source.js';

export interface ChooseOptions {
  /** Sensors of one page, in order of preference. The one named `screenshot` is the reference, else the last one. */
  readonly candidates: readonly FrameSource[];
  /** What the run will look at, device pixels. */
  readonly region: Rect;
  /** What it will be looked at in; default PNG. */
  readonly format?: FrameFormat;
  readonly clock: Clock;
  /** For all of it; default 1000 ms. */
  readonly budgetMs?: number;
}

export interface SensorMeasurement {
  readonly name: string;
  /** Median from request to frame; null when it was not measured. */
  readonly captureMs: number | null;
  readonly samples: number;
  /** Why it cannot be taken: an error's code, or `wrong-pixels`. */
  readonly refused?: string;
}

export interface SensorChoice {
  readonly source: FrameSource;
  /** One sentence for people and the timeline. */
  readonly why: string;
  /** In the order of the candidates. */
  readonly measurements: readonly SensorMeasurement[];
}

/** A screenshot's clip is undone in the next frames; a screencast sees them. */
const CLIP_MS = 100;
/** Medians of this few are coarse, but sensors differ by factors. */
const MAX_SAMPLES = 7;
/** A JPEG's levels are off by up to 61 at coloured edges, between decoders too, and hardly anywhere else. */
const JPEG_LEVELS = 64;
const JPEG_SHARE = 0.02;

/**
 * Times the candidates on the real page, one after the other, and takes the fastest whose pixels are right: those of the reference
 * for PNG, close to them for JPEG. Where the reference itself moved meanwhile nothing is compared. A candidate that fails
 * or does not come in its share of the budget is out. Leaves all candidates open.
 *
 * Errors: PXP_CAPTURE when no candidate is left, or the reference brings no frame.
 *
 * @example
 * const { source, why } = await chooseSensor({ candidates: [frameControl, screenshot], region, clock });
 */
export async function chooseSensor({
  candidates,
  region,
  format = 'png',
  clock,
  budgetMs = 1000,
}: ChooseOptions): Promise<SensorChoice> {
  const reference = candidates.find(({ name }) => name === 'screenshot') ?? candidates.at(-1);
  if (reference === undefined)
    throw new PixelproofError('PXP_USAGE', 'no sensor to choose', { what: 'candidates' });
  const deadlineMs = clock.nowMs() + budgetMs;
  const shareMs = budgetMs / (candidates.length + 1);
  const capture = async (source: FrameSource, as: FrameFormat) => {
    const timeoutMs = Math.max(1, Math.min(shareMs, deadlineMs - clock.nowMs()));
    const startedAtMs = clock.nowMs();
    const work = source.capture({ region, format: as, timeoutMs });
    // A sensor that does not keep its own deadline is not to keep us.
    const frame = await withDeadline(work, { what: source.name, timeoutMs });
    return { ms: clock.nowMs() - startedAtMs, image: () => frame.decode() };
  };

  const before = (await capture(reference, 'png')).image();
  const trials = candidates.map((source): Trial => ({ source, ms: [] }));
  await forEachStanding(trials, async (trial) => {
    // The first is not timed: it loads libraries and starts streams.
    trial.image = (await capture(trial.source, format)).image();
  });
  const after = (await capture(reference, 'png')).image();
  const isWrong = ({ image }: Trial): boolean =>
    image !== undefined && !isRight(image, { before, after, format });
  await forEachStanding(trials, async (trial) => {
    if (!isWrong(trial)) return;
    // Perhaps it saw the page on its way back from the clip of the reference's screenshot: once more, when that is over.
    await clock.sleep(CLIP_MS);
    trial.image = (await capture(trial.source, format)).image();
    if (isWrong(trial)) trial.refused = 'wrong-pixels';
  });
  await forEachStanding(trials, async (trial) => {
    const untilMs = Math.min(deadlineMs, clock.nowMs() + shareMs);
    // Another sensor may have left the page drawn in another way.
    await capture(trial.source, format);
    // Running out of the budget is nothing against a sensor that has been measured.
    do trial.ms.push((await capture(trial.source, format)).ms);
    while (trial.ms.length < MAX_SAMPLES && clock.nowMs() + median(trial.ms) < untilMs);
  });
  const measurements = trials.map(({ source: { name }, ms, refused }): SensorMeasurement => {
    return { name, captureMs: ms.length === 0 ? null : median(ms), samples: ms.length, refused };
  });
  const standing = trials.filter(({ refused, ms }) => refused === undefined && ms.length > 0);
  if (standing.length === 0) {
    throw new PixelproofError('PXP_CAPTURE', 'no sensor brings right pixels in time', {
      expected: `one within ${budgetMs} ms`,
      received: measurements.map(describe).join(', '),
    });
  }
  const best = standing.reduce((fastest, trial) => (median(trial.ms) < median(fastest.ms) ? trial : fastest));
  return {
    source: best.source,
    why: `${best.source.name} is the fastest here: ${measurements.map(describe).join(', ')}`,
    measurements,
  };
}

interface Trial {
  readonly source: FrameSource;
  readonly ms: number[];
  image?: ImageBuffer;
  refused?: string;
}

async function forEachStanding(
  trials: readonly Trial[],
  ask: (trial: Trial) => Promise<void>,
): Promise<void> {
  for (const trial of trials) {
    if (trial.refused !== undefined) continue;
    try {
      await ask(trial);
    } catch (error) {
      if (!isPixelproofError(error)) throw error;
      trial.refused = error.code;
    }
  }
}

/** Compared where the reference stood still: equal for PNG; for JPEG hardly a pixel may be far off. */
function isRight(
  image: ImageBuffer,
  { before, after, format }: Readonly<{ before: ImageBuffer; after: ImageBuffer; format: FrameFormat }>,
): boolean {
  if (image.width !== before.width || image.height !== before.height) return false;
  const levels = format === 'png' ? 0 : JPEG_LEVELS;
  const [earlier, later] = [before.words(), after.words()];
  let compared = 0;
  let wrong = 0;
  for (let pixel = 0, at = 0; pixel < earlier.length; pixel++, at += 4) {
    if (earlier[pixel] !== later[pixel]) continue;
    compared++;
    const isFar =
      Math.abs(image.data[at] - before.data[at]) > levels ||
      Math.abs(image.data[at + 1] - before.data[at + 1]) > levels ||
      Math.abs(image.data[at + 2] - before.data[at + 2]) > levels;
    if (isFar) wrong++;
  }
  return wrong <= compared * (format === 'png' ? 0 : JPEG_SHARE);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function describe({ name, captureMs, refused }: SensorMeasurement): string {
  if (refused !== undefined) return `${name} ${refused}`;
  return `${name} ${captureMs === null ? 'not measured' : `${captureMs.toFixed(1)} ms`}`;
}
