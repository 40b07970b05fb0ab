import type { Cell } from '../row-cell.js';
import { ColorClasses } from '../../color/color-classes.js';
import { blobsOf } from '../../components.js';
import { INK_DIFFERENCE, isInkAt } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';

/** The picture, the button or the check box that rows have in one place. Relative to the region from top to bottom. */
export interface Block extends Cell {
  readonly left: number;
  readonly right: number;
}

/** Smaller ones are letters or icons in a line of text, as is what has less of its box filled. */
const LEAST_WIDTH = 11;
const LEAST_HEIGHT = 18;
const LEAST_FILL = 0.7;
/** So many in one column, of one size, are what rows have. */
const FEWEST = 2;
/** Pixels by which they differ, in a JPEG too. */
const ALIKE = 2;
/** A codec's ringing reaches so far around them. */
const AROUND = 2;

/** The blocks of stretches that have one ground each, by columns: each of one place and one size. Cost: one pass over them. */
export function blockColumns(profile: RowProfile, stretches: readonly Cell[]): readonly (readonly Block[])[] {
  const columns: Block[][] = [];
  for (const stretch of stretches) {
    for (const block of blocksIn(profile, stretch)) {
      const column = columns.find(([first]) => isLike(first, block, stretch));
      if (column === undefined) columns.push([block]);
      else column.push(block);
    }
  }
  return columns.filter((column) => column.length >= FEWEST);
}

function blocksIn(profile: RowProfile, { top, bottom }: Cell): readonly Block[] {
  const { image, y, columns } = profile;
  const middle = (top + bottom) >> 1;
  const [r, g, b] = [profile.red[middle], profile.green[middle], profile.blue[middle]];
  const isInk = (red: number, green: number, blue: number): boolean =>
    Math.max(Math.abs(red - r), Math.abs(green - g), Math.abs(blue - b)) > INK_DIFFERENCE;
  return blobsOf(image, {
    region: { ...columns, y: y + top, height: bottom - top },
    classes: new ColorClasses((packed) => (isInk(packed >> 16, (packed >> 8) & 255, packed & 255) ? 1 : 0)),
    minWidth: LEAST_WIDTH,
    minHeight: LEAST_HEIGHT,
    minFill: LEAST_FILL,
  }).map((blob) => ({
    top: blob.y - y,
    bottom: blob.y + blob.height - y,
    left: blob.x,
    right: blob.x + blob.width,
  }));
}

/** Of one place and one size, unless the end of the stretch cuts it. */
function isLike(one: Block, other: Block, { top, bottom }: Cell): boolean {
  const isCut = other.top <= top || other.bottom >= bottom;
  const height = ({ top, bottom }: Block): number => bottom - top;
  return (
    Math.abs(one.left - other.left) <= ALIKE &&
    Math.abs(one.right - other.right) <= ALIKE &&
    (Math.abs(height(one) - height(other)) <= ALIKE || (isCut && height(other) < height(one)))
  );
}

/** The ink that is none of the blocks'. */
export function withoutBlocks(profile: RowProfile, blocks: readonly Block[]): RowProfile {
  const { columns, step } = profile;
  const ink = Int32Array.from(profile.ink.subarray(0, profile.height));
  for (const block of blocks) {
    const from = columns.x + step * Math.ceil((block.left - AROUND - columns.x) / step);
    for (
      let row = Math.max(0, block.top - AROUND);
      row < Math.min(profile.height, block.bottom + AROUND);
      row++
    ) {
      for (
        let x = Math.max(columns.x, from);
        x < Math.min(block.right + AROUND, columns.x + columns.width);
        x += step
      ) {
        if (isInkAt(profile, x, row)) ink[row] = Math.max(0, ink[row] - step);
      }
    }
  }
  return { ...profile, ink };
}
