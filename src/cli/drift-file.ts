import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type DriftObservation, type DriftTrend, driftTrends } from '../calibration/index.js';
import { PixelproofError, systemClock } from '../core/index.js';
import { printableName } from '../image/index.js';

const observation = z.strictObject({
  at: z.iso.datetime(),
  name: z.string().min(1).max(200),
  state: z.enum(['held', 'drifted', 'broken', 'not-visible']),
  margin: z.number().min(0).max(1),
});

/**
 * The observations of a drift ledger, one JSON object a line; none of a file that is not there yet. A last line without a line
 * break was cut off when its writer died and is left out.
 *
 * Errors: PXP_IO; PXP_USAGE with the line's number for a line that is none.
 */
export async function readDrift(file: string): Promise<readonly DriftObservation[]> {
  const lines = (await readText(file)).split('\n');
  lines.pop();
  return lines.flatMap((line, i) => (line.trim() === '' ? [] : [parseLine(line, `${file}:${i + 1}`)]));
}

/** Adds observations to the ledger, in place of a line that was cut off, and the folders above it. Errors: PXP_IO. */
export async function appendDrift(file: string, observations: readonly DriftObservation[]): Promise<void> {
  const lines = observations.map((each) => `${JSON.stringify(each)}\n`).join('');
  try {
    await mkdir(dirname(file), { recursive: true });
    const text = await readText(file);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
    await appendFile(file, lines);
  } catch (cause) {
    if (cause instanceof PixelproofError) throw cause;
    throw new PixelproofError('PXP_IO', 'the drift ledger cannot be written', { what: file, cause });
  }
}

/** Adds what was observed now to the ledger, and answers the assumptions that hold and are about to fail. Errors: PXP_IO, PXP_USAGE. */
export async function keepDrift(
  file: string,
  observed: readonly Omit<DriftObservation, 'at'>[],
): Promise<readonly (DriftTrend & { failsAt: string })[]> {
  const at = systemClock.date().toISOString();
  const earlier = await readDrift(file);
  const now = observed.map(({ name, state, margin }) => ({ at, name, state, margin }));
  await appendDrift(file, now);
  return driftTrends([...earlier, ...now]).flatMap((trend) =>
    trend.outlook === 'warning' && trend.failsAt !== null ? [{ ...trend, failsAt: trend.failsAt }] : [],
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return '';
    throw new PixelproofError('PXP_IO', 'the drift ledger cannot be read', { what: file, cause });
  }
}

function parseLine(line: string, where: string): DriftObservation {
  const parsed = observation.safeParse(asJson(line));
  if (parsed.success) return parsed.data;
  throw new PixelproofError('PXP_USAGE', 'not a line of a drift ledger', {
    what: where,
    expected: '{"at","name","state","margin"}',
    received: printableName(line.slice(0, 80)),
  });
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
