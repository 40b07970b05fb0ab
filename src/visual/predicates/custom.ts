import { PixelproofError } from '../../core/index.js';
import { type ImageBuffer, crop } from '../../image/index.js';
import type { CustomFinding, Evidence } from '../evidence.js';
import type { Look } from '../look.js';
import type { Finding, Scene } from './scene.js';

/**
 * The answer of a flow's own function, which sees nothing but its regions' pixels. Errors: PXP_FLOW when it throws, or answers
 * something that is no finding.
 */
export function judgeCustom(scene: Scene, custom: Extract<Evidence, { kind: 'custom' }>): Finding {
  const regions = custom.regions.map((name) => scene.calibration.region(name));
  const cut = (look: Look): ImageBuffer[] => regions.map((region) => crop(look.image, look.toImage(region)));
  const before = scene.before === null ? null : cut(scene.before);
  let found: CustomFinding;
  try {
    found = custom.judge({ now: cut(scene.now), before });
  } catch (cause) {
    throw new PixelproofError('PXP_FLOW', `custom(${custom.name}) threw: ${String(cause)}`, { cause });
  }
  const { truth, score, margin, reason } = requireFinding(found, custom.name);
  return { truth, score, margin, reason, regions };
}

function requireFinding(found: Partial<CustomFinding> | null | undefined, name: string): CustomFinding {
  const { truth, score, margin, reason } = found ?? {};
  const isRatio = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
  const isTruth = truth === 'holds' || truth === 'fails' || truth === 'unsure';
  if (isTruth && isRatio(score) && isRatio(margin) && typeof reason === 'string')
    return found as CustomFinding;
  throw new PixelproofError('PXP_FLOW', 'a custom predicate has to answer a finding', {
    what: `custom(${name})`,
    expected: "{ truth: 'holds' | 'fails' | 'unsure', score: 0..1, margin: 0..1, reason: text }",
    received: found === undefined ? 'nothing' : JSON.stringify(found),
  });
}
