import type { Cell } from '../row-cell.js';
import { inkFloor } from '../profile/row-clusters.js';
import { CUT_INK, middle } from '../profile/row-ink.js';
import { type Inked } from './row-lines.js';
import type { RowProfile } from '../profile/row-profile.js';

/** So far above and below an edge the lines that it parts have their ink. Pixels. */
const REACH = 8;
/** Descenders, and the ends of brackets, reach across in so few pixels. */
const FEW = 6;
/** An edge lies in the blank pixel row next to it. */
const NEAR = { above: 3, below: 1 };
/** The list begins with its region; one that was scrolled by a line does not. */
const FROM_TOP = 0.75;
const CUT = 0.5;

/** Rows of one pitch that ink alone tells, and how sure they are. */
export interface Placed {
  readonly cells: readonly Cell[];
  readonly score: number;
}

/**
 * No row ends in the middle of letters: rows of which one does begin with the region, if that cuts none and leaves each some ink, or are
 * none to be sure of.
 */
export function betweenLetters(
  profile: RowProfile,
  stretch: Inked,
  { cells, score, pitch }: Placed & { readonly pitch: number },
): Placed {
  if (!areThrough(profile, stretch, cells)) return { cells, score };
  return fromTop(profile, stretch, pitch) ?? { cells, score: Math.min(score, CUT) };
}

/** Rows of one pitch from the top of a stretch to its last ink; null where they cut letters, or one has no ink, or there is only one. */
export function fromTop(profile: RowProfile, stretch: Inked, pitch: number): Placed | null {
  const { top, bottom, clusters } = stretch;
  const count = Math.ceil((middle(clusters[clusters.length - 1]) - top) / pitch);
  const cells = Array.from({ length: count }, (_, i) => ({
    top: Math.round(top + i * pitch),
    bottom: Math.round(top + (i + 1) * pitch),
  }));
  const isInked = cells.every((cell) =>
    clusters.some((ink) => ink.top < cell.bottom && ink.bottom > cell.top),
  );
  return count > 1 && isInked && cells[count - 1].bottom <= bottom && !areThrough(profile, stretch, cells)
    ? { cells, score: FROM_TOP }
    : null;
}

/** Whether an edge of a row, but for the ends of the stretch, goes through letters: there is ink all around it, and no less than beside it. */
function areThrough({ letters }: RowProfile, stretch: Cell, cells: readonly Cell[]): boolean {
  const floor = inkFloor(letters, stretch);
  const inkIn = (from: number, to: number): Int32Array =>
    letters.subarray(Math.max(stretch.top, from), Math.min(stretch.bottom, to));
  return cells
    .flatMap(({ top, bottom }) => [top, bottom])
    .filter((y) => y > stretch.top + NEAR.above && y < stretch.bottom - NEAR.above)
    .some((y) => {
      const least = Math.min(...inkIn(y - NEAR.above, y + NEAR.below + 1)) - floor;
      const [above, below] = [inkIn(y - REACH, y), inkIn(y, y + REACH)].map(
        (part) => Math.max(...part) - floor,
      );
      return least > FEW && least > CUT_INK * Math.min(above, below);
    });
}
