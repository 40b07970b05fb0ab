import type { ResolvedTemplate } from '../../calibration/index.js';
import { matchTemplate } from '../../probe/index.js';
import type { Finding, Scene } from './scene.js';

/** From this share of the wanted score on, a weak match may be the template under something. */
const NEAR = 0.85;

/** The template is in its search region (in all of a wide look), and in one place only. Unsure when it fits several places, or nearly fits one. */
export function judgeTemplate(
  { now, reach }: Pick<Scene, 'now' | 'reach'>,
  { name, rect: search, image, minScore, minMargin }: ResolvedTemplate,
): Finding {
  const rect = reach === 'wide' ? now.rect : search;
  const match = now.reading(`template ${name} ${reach === 'wide'}`, () =>
    matchTemplate(now.image, image, { region: now.toImage(rect), minScore, minMargin }),
  );
  const { found, score, margin, reason } = match;
  const place = now.toViewport({ x: match.x, y: match.y, width: match.width, height: match.height });
  const answer = { score, margin, regions: [rect, place], reason };
  if (found) return { ...answer, truth: 'holds' };
  const isNear = reason === 'several' || (reason === 'weak' && score >= NEAR * minScore);
  return { ...answer, truth: isNear ? 'unsure' : 'fails' };
}
