import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import {
  type ResolvedCalibration,
  type Viewport,
  loadCalibration,
  resolveCalibration,
} from '../calibration/index.js';
import { PixelproofError } from '../core/index.js';
import { type FlowDefinition, checkFlow } from '../runtime/index.js';
import type { SessionSpec } from '../session/index.js';
import { checkNames } from './check-names.js';

export interface LoadedFlow {
  readonly flow: FlowDefinition;
  /** Folder of the flow file, which its other paths are relative to. */
  readonly folder: string;
  /** At `viewport`. */
  readonly calibration: ResolvedCalibration;
  readonly viewport: Viewport;
  /** Absolute paths. */
  readonly files: Readonly<{ flow: string; calibration: string }>;
}

/**
 * Loads a flow (`.ts` or `.js`, by jiti) and the calibration it names, and holds one against the other: every name a step
 * uses is in the calibration. In flows, `pixelproof` is this package, wherever the flow's file lies. What `viewport` leaves open
 * is as in the calibration.
 *
 * Errors: PXP_IO, PXP_FLOW, PXP_CALIBRATION; PXP_USAGE for a viewport that is no whole number of device pixels.
 */
export async function loadFlow(
  path: string,
  options: Readonly<{ calibration?: string; viewport?: Partial<Viewport> }> = {},
): Promise<LoadedFlow> {
  const file = resolve(path);
  const flow = checkFlow(await importDefault(file), { file: path });
  const folder = dirname(file);
  const calibrationFile = resolve(options.calibration ?? resolve(folder, flow.calibration));
  const given = await loadCalibration(calibrationFile);
  const viewport = { ...given.viewport, ...options.viewport };
  requireWholePixels(viewport);
  const calibration = resolveCalibration(given, viewport);
  checkNames(flow, { calibration, file: path });
  return { flow, folder, calibration, viewport, files: { flow: file, calibration: calibrationFile } };
}

/**
 * How a flow signs in, before there is a calibration that its steps could be held against. Errors: PXP_IO, PXP_FLOW.
 */
export async function loadSession(path: string): Promise<Readonly<{ spec: SessionSpec; folder: string }>> {
  const file = resolve(path);
  const { session } = checkFlow(await importDefault(file), { file: path });
  return { spec: session, folder: dirname(file) };
}

function requireWholePixels({ width, height, deviceScaleFactor }: Viewport): void {
  const [across, down] = [width * deviceScaleFactor, height * deviceScaleFactor];
  const isWhole = (length: number): boolean => Math.abs(length - Math.round(length)) < 1e-6;
  if (isWhole(across) && isWhole(down)) return;
  throw new PixelproofError('PXP_USAGE', 'a viewport has to be a whole number of device pixels', {
    what: '--viewport, --device-scale-factor',
    expected: `a size that ${deviceScaleFactor} makes whole`,
    received: `${across}x${down}`,
  });
}

async function importDefault(file: string): Promise<unknown> {
  try {
    await access(file);
  } catch (cause) {
    throw new PixelproofError('PXP_IO', 'the flow cannot be read', { what: file, cause });
  }
  const index = fileURLToPath(new URL('../index.js', import.meta.url));
  const jiti = createJiti(import.meta.url, {
    alias: { pixelproof: index },
    fsCache: false,
    interopDefault: false,
  });
  try {
    return await jiti.import(file, { default: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PixelproofError('PXP_FLOW', `the flow does not load: ${reason}`, { what: file, cause });
  }
}
