import { type LocatedFinding, lintFile } from '../calibration/index.js';
import { PixelproofError } from '../core/index.js';
import type { FlowDefinition } from '../runtime/index.js';
import type { LoadedFlow } from './load-flow.js';

/**
 * What the lint finds in a flow's calibration that only misleads. Errors: PXP_CALIBRATION for the first finding that makes a part of
 * it worthless: what is proved by that is not proved.
 */
export async function requireSound({ files }: LoadedFlow): Promise<readonly LocatedFinding[]> {
  const findings = await lintFile(files.calibration);
  const error = findings.find(({ severity }) => severity === 'error');
  if (error === undefined) return findings;
  throw new PixelproofError('PXP_CALIBRATION', `${error.where}: ${error.message}`, {
    what: files.calibration,
    where: error.line,
    hint: '`pixelproof calibrate lint` shows all',
  });
}

/** The targets of a flow's pointer. */
export function clickedBy({ steps }: FlowDefinition): ReadonlySet<string> {
  return new Set(
    Object.values(steps).flatMap(({ act }) =>
      'target' in act ? [act.target, ...('to' in act ? [act.to] : [])] : [],
    ),
  );
}

export function spellFinding(file: string, { line, severity, where, message }: LocatedFinding): string {
  return `${file}:${line}: ${severity}: ${where} ${message}`;
}
