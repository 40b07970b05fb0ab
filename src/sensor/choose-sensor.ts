import type { Clock } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import type { Rect } from '../core/geometry.js';
import { median } from '../core/median.js';
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
/** Side of what is compared or left out, pixels. */
const TILE = 16;
const MAX_SECOND_LOOKS = 2;

/**
 * Times the candidates on the real page, one after the other, and takes the fastest whose pixels are right: those of the reference
 * for PNG, close to them for JPEG. Where the reference moves, and around it, nothing is compared. A candidate that fails
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

  const pixels = async (source: FrameSource, as: FrameFormat): Promise<ImageBuffer> =>
    (await capture(source, as)).image();

  const references = [await pixels(reference, 'png')];
  const trials = candidates.map((source): Trial => ({ source, ms: [] }));
  await forEachStanding(trials, async (trial) => {
    // The first is not timed: it loads libraries and starts streams.
    trial.image = await pixels(trial.source, format);
  });
  references.push(await pixels(reference, 'png'));
  // What is wrong may have moved where no reference saw it, or be of the page on its way back from the reference's clip.
  for (let again = 0; again < MAX_SECOND_LOOKS; again++) {
    const wrong = trials.filter((trial) => isWrong(trial, { reference, references, format }));
    if (wrong.length === 0) break;
    await clock.sleep(CLIP_MS);
    await forEachStanding(wrong, async (trial) => {
      trial.image = await pixels(trial.source, format);
    });
    references.push(await pixels(reference, 'png'));
  }
  for (const trial of trials) {
    if (isWrong(trial, { reference, references, format })) trial.refused = 'wrong-pixels';
  }
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

/** The reference is right by definition. */
function isWrong(
  { source, image, refused }: Trial,
  {
    reference,
    references,
    format,
  }: Readonly<{ reference: FrameSource; references: readonly ImageBuffer[]; format: FrameFormat }>,
): boolean {
  if (source === reference || image === undefined || refused !== undefined) return false;
  const [first, ...others] = references;
  if (image.width !== first.width || image.height !== first.height) return true;
  const levels = format === 'png' ? 0 : JPEG_LEVELS;
  const still = stillTiles(first, others);
  const columns = Math.ceil(image.width / TILE);
  let compared = 0;
  let wrong = 0;
  for (let pixel = 0, at = 0; at < image.data.length; pixel++, at += 4) {
    const [x, y] = [pixel % image.width, Math.floor(pixel / image.width)];
    if (still[Math.floor(y / TILE) * columns + Math.floor(x / TILE)] === 0) continue;
    compared++;
    const isFar =
      Math.abs(image.data[at] - first.data[at]) > levels ||
      Math.abs(image.data[at + 1] - first.data[at + 1]) > levels ||
      Math.abs(image.data[at + 2] - first.data[at + 2]) > levels;
    if (isFar) wrong++;
  }
  return wrong > compared * (format === 'png' ? 0 : JPEG_SHARE);
}

/**
 * One byte per tile: 1 where none of the frames differs from the first, in the tile or beside it. What moves by itself
 * moves a little further than few frames of it show.
 */
function stillTiles(first: ImageBuffer, others: readonly ImageBuffer[]): Uint8Array {
  const [columns, rows] = [Math.ceil(first.width / TILE), Math.ceil(first.height / TILE)];
  const still = new Uint8Array(columns * rows).fill(1);
  const earlier = first.words();
  for (const later of others.map((other) => other.words())) {
    for (let pixel = 0; pixel < earlier.length; pixel++) {
      if (earlier[pixel] === later[pixel]) continue;
      const column = Math.floor((pixel % first.width) / TILE);
      const row = Math.floor(pixel / first.width / TILE);
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        still.fill(0, y * columns + Math.max(0, column - 1), y * columns + Math.min(columns, column + 2));
      }
    }
  }
  return still;
}

function describe({ name, captureMs, refused }: SensorMeasurement): string {
  if (refused !== undefined) return `${name} ${refused}`;
  return `${name} ${captureMs === null ? 'not measured' : `${captureMs.toFixed(1)} ms`}`;
}
