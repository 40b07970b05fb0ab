import { type Rect, overlaps } from '../../core/index.js';
import { type Emptiness, emptiness, mostFrequentColor, swatch } from '../../probe/index.js';
import type { Look } from '../look.js';
import { judgeAnchor } from './mark.js';
import { openModal, openModalBoxes } from './modal.js';
import type { Finding, Scene } from './scene.js';

/** The ground of an empty list makes up this share of the earlier look, too, within this ΔE. */
const MIN_GROUND = 0.02;
const GROUND_TOLERANCE = 4;

/** The list shows no rows and is not loading, and no other ground than before: what has come over it may hide them. */
export function judgeListEmpty(
  scene: Pick<Scene, 'now' | 'calibration'> & Partial<Pick<Scene, 'before' | 'behind' | 'clear'>>,
  name: string,
): Finding {
  const { rect: region, empty } = scene.calibration.list(name);
  const regions = [region];
  if (openModalBoxes(scene.now, scene.calibration).some((box) => overlaps(box, region))) {
    return { truth: 'unsure', score: 0, margin: 0, regions, reason: 'covered-by-modal' };
  }
  if (empty !== null) {
    const anchor = judgeAnchor(scene.now, empty);
    if (anchor.truth === 'holds') return anchor;
  }
  const { state, margin } = emptinessOf(scene.now, name, region);
  if (state === 'empty' && !hasItsGround(scene, name, region)) {
    return { truth: 'unsure', score: 0, margin: 0, regions, reason: 'other-ground' };
  }
  const truth = state === 'empty' ? 'holds' : state === 'populated' ? 'fails' : 'unsure';
  return { truth, score: truth === 'holds' ? 1 : 0, margin, regions, reason: state };
}

function emptinessOf(look: Look, name: string, region: Rect): Emptiness {
  return look.reading(`emptiness ${name}`, () => emptiness(look.image, { region: look.toImage(region) }));
}

/** Whether the ground of the region shows on the latest earlier look that no popup dims, too; true where that shows no rows. */
function hasItsGround(
  { before, behind, clear, now, calibration }: Parameters<typeof judgeListEmpty>[0],
  name: string,
  region: Rect,
): boolean {
  const earlier = [before, behind, clear]
    .flatMap((look) => look ?? [])
    .find((look) => look.shows(region) && openModal(look, calibration) === 'none');
  if (earlier === undefined) return true;
  if (emptinessOf(earlier, name, region).state !== 'populated') return true;
  // Rows from edge to edge leave the page's ground, which shows beside them.
  const ground = mostFrequentColor(now.image, now.toImage(region));
  const colors = { ground };
  const { ranked } = swatch(earlier.image, { colors, tolerance: GROUND_TOLERANCE });
  return ranked[0].share >= MIN_GROUND;
}
