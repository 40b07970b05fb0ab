import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { type ResolvedCalibration, loadCalibration, resolveCalibration } from '../calibration/index.js';
import { PixelproofError } from '../core/index.js';
import { describeKey } from '../input/index.js';
import { type FlowDefinition, checkFlow } from '../runtime/index.js';
import { type Action, evidenceRegions, planCheckpoint } from '../visual/index.js';

export interface LoadedFlow {
  readonly flow: FlowDefinition;
  /** Folder of the flow file, which its other paths are relative to. */
  readonly folder: string;
  readonly calibration: ResolvedCalibration;
  /** Absolute paths. */
  readonly files: Readonly<{ flow: string; calibration: string }>;
}

/**
 * Loads a flow (`.ts` or `.js`, by jiti) and the calibration it names, and holds one against the other: every name a step
 * uses is in the calibration. In flows, `pixelproof` is this package, wherever the flow's file lies.
 *
 * Errors: PXP_IO, PXP_FLOW, PXP_CALIBRATION, PXP_CALIBRATION_NAME.
 */
export async function loadFlow(
  path: string,
  options: Readonly<{ calibration?: string }> = {},
): Promise<LoadedFlow> {
  const file = resolve(path);
  const flow = checkFlow(await importDefault(file), { file: path });
  const folder = dirname(file);
  const calibrationFile = resolve(options.calibration ?? resolve(folder, flow.calibration));
  const given = await loadCalibration(calibrationFile);
  const calibration = resolveCalibration(given, given.viewport);
  checkNames(flow, calibration);
  return { flow, folder, calibration, files: { flow: file, calibration: calibrationFile } };
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

function checkNames(flow: FlowDefinition, calibration: ResolvedCalibration): void {
  const { steps, session } = flow;
  const screens = new Map(Object.entries(flow.screens ?? {}));
  const vocabulary = { calibration, screens };
  const blockers = Object.values(session.blockers ?? {}).map(({ when }) => when);
  for (const evidence of [session.ready, ...blockers, ...screens.values()])
    evidenceRegions(evidence, vocabulary);
  for (const [name, step] of Object.entries(steps)) {
    try {
      planCheckpoint(step, { ...vocabulary, blockers });
      checkAction(step.act, calibration);
    } catch (cause) {
      if (!(cause instanceof PixelproofError)) throw cause;
      throw new PixelproofError('PXP_FLOW', `step ${name}: ${cause.message}`, {
        where: `steps.${name}`,
        cause,
      });
    }
  }
}

/** What planning the checkpoint does not look up: the point of a click, and the key. */
function checkAction(act: Action, calibration: ResolvedCalibration): void {
  if (act.kind === 'press' && describeKey(act.key) === undefined) {
    throw new PixelproofError('PXP_INPUT', 'the keyboard has no such key', {
      expected: 'a KeyboardEvent.key of a US keyboard, as Enter or PageDown',
      received: act.key,
    });
  }
  if (act.kind !== 'click') return;
  if (!act.target.endsWith('.action')) calibration.point(act.target);
  else calibration.list(act.target.slice(0, -'.action'.length));
}
