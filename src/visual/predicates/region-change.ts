import { changeScore } from '../../probe/index.js';
import { ROUNDING, TILE } from '../motion/ambient-map.js';
import type { Finding, Scene } from './scene.js';

/** At least the share `atLeast` of the region's pixels differs from before, ambient tiles left out. */
export function judgeChanged(scene: Scene, region: string, atLeast: number): Finding {
  const { score, ...found } = regionChange(scene, region);
  if (found.unsure !== null)
    return { truth: 'unsure', score, margin: 0, regions: found.regions, reason: found.unsure };
  const holds = score > 0 && score >= atLeast;
  const reason = holds ? 'changed' : 'too-little-changed';
  return {
    truth: holds ? 'holds' : 'fails',
    score,
    margin: Math.abs(score - atLeast),
    regions: found.regions,
    reason,
  };
}

/** Nothing but ambient motion differs in the region from before. */
export function judgeUnchanged(scene: Scene, region: string): Finding {
  const { score, ...found } = regionChange(scene, region);
  if (found.unsure !== null)
    return { truth: 'unsure', score, margin: 0, regions: found.regions, reason: found.unsure };
  return score === 0
    ? { truth: 'holds', score: 1, margin: 1, regions: found.regions, reason: 'unchanged' }
    : { truth: 'fails', score: 1 - score, margin: score, regions: found.regions, reason: 'changed' };
}

function regionChange({ before, now: whole, calibration, ambient }: Scene, name: string) {
  const region = calibration.region(name);
  const regions = [region];
  if (before === null) return { score: 0, regions, unsure: 'nothing-before' };
  const now = whole.part(before.rect);
  const { score } = changeScore(before.image, now.image, {
    region: now.toImage(region),
    tile: TILE,
    rounding: ROUNDING,
    ambient: ambient.maskFor(region),
  });
  return { score, regions, unsure: null };
}
