import { overlaps } from '../../core/index.js';
import { displacement } from '../../probe/index.js';
import { openModalBoxes } from './modal.js';
import type { Finding, Scene } from './scene.js';

/** In narrower columns there is nothing to measure by. */
const MIN_WIDTH = 24;

/**
 * The list's content went up or down. That it stands where it stood is its end, and fails as `end-of-list`. Looked at where rows
 * differ: buttons that are alike in every row fit at each multiple of their pitch.
 */
export function judgeScrolled({ before, now: whole, calibration }: Scene, name: string): Finding {
  const { rect: region, identity } = calibration.list(name);
  const regions = [region];
  const unsure = (reason: string): Finding => ({ truth: 'unsure', score: 0, margin: 0, regions, reason });
  if (before === null) return unsure('nothing-before');
  const now = whole.part(before.rect);
  const boxes = [...openModalBoxes(before, calibration), ...openModalBoxes(now, calibration)];
  if (boxes.some((box) => overlaps(box, region))) return unsure('covered-by-modal');
  const looked = identity !== null && identity.width >= MIN_WIDTH ? identity : region;
  const found = now.comparison(before, `displacement ${name}`, () =>
    displacement(before.image, now.image, { region: now.toImage(looked) }),
  );
  const { state, by, score, margin } = found;
  switch (state) {
    case 'moved':
      return { truth: 'holds', score, margin, regions, reason: `scrolled-by-${by}` };
    case 'still':
      return { truth: 'fails', score, margin, regions, reason: 'end-of-list' };
    case 'unsure':
      return { truth: 'unsure', score, margin, regions, reason: found.reason };
  }
}
