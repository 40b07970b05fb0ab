import { inkClusters } from '../profile/row-clusters.js';
import { CUT_INK, LINE_HEIGHT, isInkAt, middle } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf, type Cell } from '../row-cell.js';
import { SAME_ROOM, type Stretch } from './row-stretches.js';

/** Higher than two lines: rows, or a picture. */
const HIGH = 2 * LINE_HEIGHT;
/** A letter's stroke is no longer, of usual text. Pixels. */
const STROKE = 20;
/** So many lines that are evenly apart are rows. */
const FEWEST_EVEN = 4;
/** What has less than a share of the ink that a tenth of the pixel rows exceed lies between lines. */
const MOST = 0.9;

/** Of one column's runs of ink those that may be letters. */
type Letters = (runs: readonly Cell[]) => readonly Cell[];

const isStroke = (run: Cell): boolean => heightOf(run) <= STROKE;
/** A JPEG leaves short runs beside the long ones of a fill: then the whole column tells nothing. */
const LETTERS: readonly Letters[] = [
  (runs) => runs.filter(isStroke),
  (runs) => (runs.every(isStroke) ? runs : []),
];

/**
 * The profile without the ink of cells that a colour fills up to the next row's, as of a column of states or of progress: from row to
 * row it goes on where lines of text would end. The same profile where the list's lines are not evenly apart without it. Cost: two passes
 * over stretches that are higher than two lines without a blank row.
 */
export function withoutFills(profile: RowProfile, stretches: readonly Stretch[]): RowProfile {
  const filled = stretches.filter(({ clusters }) => clusters.some((ink) => heightOf(ink) > HIGH));
  if (filled.length === 0) return profile;
  for (const letters of LETTERS) {
    const all = Int32Array.from(profile.ink.subarray(0, profile.height));
    for (const stretch of filled) all.set(plainInk(profile, stretch, letters), stretch.top);
    const ink = Int32Array.from(all);
    for (const stretch of filled) dropLittle(ink.subarray(stretch.top, stretch.bottom));
    const plain = { ...profile, ink, letters: all };
    const lines = stretches.flatMap((stretch) => inkClusters(plain, stretch));
    const whole = lines.filter(({ top, bottom }) => top > 0 && bottom < profile.height);
    if (areEven(whole) && areJoined(whole, filled)) return plain;
  }
  return profile;
}

/** Whether something goes on from one line to the next: a picture or a button beside each is no fill. */
function areJoined(lines: readonly Cell[], filled: readonly Stretch[]): boolean {
  const inks = filled.flatMap(({ clusters }) => clusters);
  return inks.some(
    (ink) => lines.filter(({ top, bottom }) => top >= ink.top && bottom <= ink.bottom).length > 1,
  );
}

function areEven(lines: readonly Cell[]): boolean {
  if (lines.length < FEWEST_EVEN) return false;
  const first = middle(lines[0]);
  const pitch = (middle(lines[lines.length - 1]) - first) / (lines.length - 1);
  return lines.every(
    (line, i) => heightOf(line) <= LINE_HEIGHT && Math.abs(middle(line) - first - i * pitch) <= SAME_ROOM,
  );
}

/** The ink of a stretch that may be letters. */
function plainInk(profile: RowProfile, stretch: Cell, letters: Letters): Int32Array {
  const { columns, step } = profile;
  const ink = new Int32Array(heightOf(stretch));
  for (let x = columns.x; x < columns.x + columns.width; x += step) {
    for (const { top, bottom } of letters(runsOf(profile, x, stretch))) {
      for (let row = top; row < bottom; row++) ink[row - stretch.top] += step;
    }
  }
  return ink;
}

/** Leaves but what is as much as a line's. */
function dropLittle(ink: Int32Array): void {
  const inked = ink.filter((count) => count > 0).sort();
  const least = CUT_INK * (inked[Math.floor(MOST * inked.length)] ?? 0);
  for (const [row, count] of ink.entries()) if (count <= least) ink[row] = 0;
}

function runsOf(profile: RowProfile, x: number, { top, bottom }: Cell): Cell[] {
  const runs: Cell[] = [];
  let from = top;
  for (let row = top; row <= bottom; row++) {
    if (row < bottom && isInkAt(profile, x, row)) continue;
    if (row > from) runs.push({ top: from, bottom: row });
    from = row + 1;
  }
  return runs;
}
