import { overlaps } from '../../core/index.js';
import { displacement } from '../../probe/index.js';
import { isOtherGround } from '../list/correlate.js';
import type { Look } from '../look.js';
import { readRows } from '../list/read-rows.js';
import { rankRowShifts } from '../list/row-shift.js';
import { openModalBoxes } from './modal.js';
import type { Finding, Scene } from './scene.js';

/** Rows that stand in their places look the same to this degree. */
const IN_PLACE = 0.85;
/** In narrower columns there is nothing to measure by. */
const MIN_WIDTH = 24;

/**
 * The list's content went up or down. That it stands where it stood is its end, and fails as `end-of-list`. Looked at where rows
 * differ: buttons that are alike in every row fit at each multiple of their pitch.
 */
export function judgeScrolled(scene: Scene, name: string): Finding {
  const { before, now: whole, calibration } = scene;
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
      if (isOnlyRecoloured({ ...scene, before, now }, name)) return unsure('several-fit');
      return { truth: 'holds', score, margin, regions, reason: `scrolled-by-${by}` };
    case 'still':
      return { truth: 'fails', score, margin, regions, reason: 'end-of-list' };
    case 'unsure':
      return { truth: 'unsure', score, margin, regions, reason: found.reason };
  }
}

/**
 * Whether each row stands where it stood, and only which one is selected differs: where rows are alike, a bar that moved fits a scroll. So
 * may what dims most rows or covers them.
 */
function isOnlyRecoloured(
  { before, now, calibration, reach }: Scene & Readonly<{ before: Look }>,
  name: string,
): boolean {
  const { rect: region, identity } = calibration.list(name);
  const { rows, endsInside } = readRows(before, calibration, name, reach);
  if (rows.length === 0) return false;
  const { x, width } = identity ?? region;
  const spans = [[x, x + width]] as const;
  const others = rows.filter((strip) => isOtherGround({ before, now, spans, strip, dy: 0 }));
  if (2 * others.length > rows.length) return true;
  const still = rankRowShifts({ before, now, rows, region, spans, endsInside }).find(
    ({ count }) => count === 0,
  );
  return still !== undefined && still.isRecoloured && still.isWhole && still.score >= IN_PLACE;
}
