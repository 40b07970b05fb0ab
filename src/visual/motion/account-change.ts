import { type Rect, type Size, intersect, overlaps } from '../../core/index.js';
import { changeScore } from '../../probe/index.js';
import { type AmbientMap, ROUNDING, TILE } from './ambient-map.js';
import type { Look } from '../look.js';
import type { ChangeAccount } from '../transition-record.js';

/**
 * What differs between two looks in the part that both show, ambient motion excluded, and what merely surrounds what was to be seen
 * (the outermost tiles, see `checkpoint`): a toast that goes away beside a list says nothing about a click in it. A changed tile that touches none of the
 * `explained` regions counts as unexplained. Rects are viewport device pixels.
 */
export function accountChange(
  looks: Readonly<{ before: Look; after: Look; ambient: AmbientMap }>,
  explained: readonly Rect[],
): ChangeAccount {
  const { ambient } = looks;
  const rect = intersect(looks.before.rect, looks.after.rect);
  const [before, after] = [looks.before.part(rect), looks.after.part(rect)];
  const { score, bbox, tiles } = changeScore(before.image, after.image, {
    tile: TILE,
    rounding: ROUNDING,
    ambient: withSurroundings(ambient.maskFor(rect), rect, ambient.viewport),
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

/** The mask with the outermost tiles of the look added, on the sides where the look ends within the viewport. */
function withSurroundings(mask: Uint8Array, { x, y, width, height }: Rect, viewport: Size): Uint8Array {
  const [columns, rows] = [Math.ceil(width / TILE), Math.ceil(height / TILE)];
  const [left, top] = [x > 0, y > 0];
  const [right, bottom] = [x + width < viewport.width, y + height < viewport.height];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const isOutside =
        (left && column === 0) ||
        (right && column === columns - 1) ||
        (top && row === 0) ||
        (bottom && row === rows - 1);
      if (isOutside) mask[row * columns + column] = 1;
    }
  }
  return mask;
}
