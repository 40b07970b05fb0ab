import { type Rect, overlaps } from '../core/index.js';
import { changeScore } from '../probe/index.js';
import { type AmbientMap, TILE } from './ambient-map.js';
import type { Look } from './look.js';
import type { ChangeAccount } from './transition-record.js';

/**
 * What differs between two looks at the same place, ambient motion excluded. A changed tile that touches none of the
 * `explained` regions counts as unexplained. Rects are viewport device pixels.
 */
export function accountChange(
  { before, after, ambient }: Readonly<{ before: Look; after: Look; ambient: AmbientMap }>,
  explained: readonly Rect[],
): ChangeAccount {
  const { score, bbox, tiles } = changeScore(before.image, after.image, {
    tile: TILE,
    ambient: ambient.maskFor(after.rect),
  });
  const changed = tiles.map(({ x, y, width, height }) => after.toViewport({ x, y, width, height }));
  const unexplained = changed.filter((tile) => !explained.some((region) => overlaps(region, tile)));
  return {
    score,
    bbox: bbox === null ? null : after.toViewport(bbox),
    tiles: changed,
    unexplained: changed.length === 0 ? 0 : unexplained.length / changed.length,
  };
}
