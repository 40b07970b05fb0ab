import { middle } from '../profile/row-ink.js';
import { LETTERS } from '../flat/row-uneven.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import type { Split } from '../row-finish.js';
import type { Stretch } from './row-stretches.js';

/** So many rows that nothing parts tell that those of a group are of one height. */
const FEWEST = 3;
/** Rows of one height are as high as each other but for rounding. */
const EVEN = 1;

/** Groups of which the others were parted into rows of one height are parted like these, where their lines are as far from each other and from their top. */
export function partedAlike(all: readonly Stretch[], splits: readonly Split[]): readonly Split[] {
  const models = splits.flatMap((split, i) => {
    const { cells, score } = split;
    if (cells.length < FEWEST || all[i].openTop) return [];
    const heights = cells.slice(0, -1).map(heightOf);
    const pitch = (cells[cells.length - 1].top - cells[0].top) / (cells.length - 1);
    const isEven = Math.max(...heights) - Math.min(...heights) <= EVEN;
    return isEven ? [{ score, pitch, first: firstOf(all[i]) }] : [];
  });
  return splits.map((split, i) => {
    const stretch = all[i];
    const { top, openTop, openBottom, clusters } = stretch;
    // Beside rows that nothing parts it is the selected one, which may show more.
    const isBeside = splits.some((other, j) => Math.abs(j - i) === 1 && other.cells.length > 1);
    if (split.cells.length !== 1 || clusters.length < 2 || openTop || isBeside) return split;
    const model = models.find(({ pitch, first }) => {
      const missing = clusters.length * pitch - heightOf(stretch);
      const areEven = clusters
        .slice(1)
        .every((cluster, at) => Math.abs(middle(cluster) - middle(clusters[at]) - pitch) <= LETTERS);
      const isFilled = Math.abs(missing) <= EDGE_SLACK || (openBottom && missing > 0 && missing < pitch);
      return areEven && isFilled && Math.abs(firstOf(stretch) - first) <= LETTERS;
    });
    if (model === undefined) return split;
    const cells = clusters.map((_, at) => ({
      top: Math.round(top + at * model.pitch),
      bottom: Math.round(top + (at + 1) * model.pitch),
    }));
    return { cells, score: model.score };
  });
}

/** How far from its top its first line is. */
function firstOf({ top, clusters }: Stretch): number {
  return middle(clusters[0]) - top;
}
