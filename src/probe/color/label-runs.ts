import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { ColorClasses } from './color-classes.js';
import { rowsDiffer } from '../rows-differ.js';

/**
 * Horizontal runs of equally classed pixels and the component each belongs to. Run i covers columns `from[i]` up to, not
 * including, `to[i]` of row `row[i]`, in image pixels; runs are in raster order. Arrays may be longer than `count`.
 */
export interface LabelledRuns {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly row: Int32Array;
  readonly kind: Uint8Array;
  /** Component of run i: 0.. `components` - 1, numbered by the component's first run in raster order. */
  readonly label: Int32Array;
  readonly components: number;
}

/**
 * Connected components of the pixels whose class is not 0; pixels of different classes never connect. Two passes over
 * runs with a union-find in typed arrays: Rosenfeld and Pfaltz, "Sequential operations in digital picture processing",
 * JACM 13(4), 1966, on runs as in He, Chao and Suzuki, "A run-based two-scan labeling algorithm", IEEE TIP 17(5), 2008.
 * The region must lie inside the image. Cost: one comparison per pixel while the colour stays the same; rows equal to the
 * one above are not read again.
 */
export function labelRuns(
  image: ImageBuffer,
  { region, classes, connectivity }: { region: Rect; classes: ColorClasses; connectivity: 4 | 8 },
): LabelledRuns {
  // Diagonal neighbours also touch: the overlap test widens by one column.
  const reach = connectivity === 8 ? 1 : 0;
  const differs = rowsDiffer(image, image, region);
  let runs = allocateRuns(INITIAL_RUNS);
  let count = 0;
  let above = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    const firstOfRow = count;
    if (count + region.width > runs.from.length) runs = growRuns(runs, count + region.width);
    count =
      y === region.y || differs(y, y - 1)
        ? scanRow(runs, { image, region, classes, y, count })
        : repeatRow(runs, { above, firstOfRow, y });
    joinRows(runs, { above, firstOfRow, count, reach });
    above = firstOfRow;
  }
  return { count, ...runs, ...numberComponents(runs.parent, count) };
}

interface Runs {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly row: Int32Array;
  readonly kind: Uint8Array;
  readonly parent: Int32Array;
}

/** Appends the runs of row y at `count`; answers the new count. */
function scanRow(
  { from, to, row, kind, parent }: Runs,
  {
    image,
    region,
    classes,
    y,
    count,
  }: { image: ImageBuffer; region: Rect; classes: ColorClasses; y: number; count: number },
): number {
  const words = image.signedWords();
  const rowStart = y * image.width;
  const end = rowStart + region.x + region.width;
  let current = 0;
  let i = rowStart + region.x;
  while (i < end) {
    const word = words[i];
    const next = classes.of(word);
    if (next !== current) {
      if (current !== 0) to[count++] = i - rowStart;
      if (next !== 0) {
        from[count] = i - rowStart;
        row[count] = y;
        kind[count] = next;
        parent[count] = count;
      }
      current = next;
    }
    do i++;
    while (i < end && words[i] === word);
  }
  if (current !== 0) to[count++] = region.x + region.width;
  return count;
}

/** Appends the runs [above, firstOfRow) of the row above once more, as row y; answers the new count. */
function repeatRow(
  { from, to, row, kind, parent }: Runs,
  { above, firstOfRow, y }: { above: number; firstOfRow: number; y: number },
): number {
  let count = firstOfRow;
  for (let run = above; run < firstOfRow; run++, count++) {
    from[count] = from[run];
    to[count] = to[run];
    row[count] = y;
    kind[count] = kind[run];
    parent[count] = count;
  }
  return count;
}

/** Unites the runs [firstOfRow, count) with the touching ones of the row above, [above, firstOfRow). */
function joinRows(
  { from, to, kind, parent }: Runs,
  { above, firstOfRow, count, reach }: { above: number; firstOfRow: number; count: number; reach: number },
): void {
  let first = above;
  for (let run = firstOfRow; run < count; run++) {
    while (first < firstOfRow && to[first] + reach <= from[run]) first++;
    for (let over = first; over < firstOfRow && from[over] < to[run] + reach; over++) {
      if (kind[over] === kind[run]) unite(parent, over, run);
    }
  }
}

/** The smaller index stays root, so a component is known by its first run. */
function unite(parent: Int32Array, a: number, b: number): void {
  const rootA = find(parent, a);
  const rootB = find(parent, b);
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}

/** Path halving (Tarjan and van Leeuwen, JACM 31(2), 1984). */
function find(parent: Int32Array, run: number): number {
  let at = run;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

function numberComponents(parent: Int32Array, count: number): Pick<LabelledRuns, 'label' | 'components'> {
  const label = new Int32Array(count);
  let components = 0;
  for (let run = 0; run < count; run++) {
    // Roots come first: a run that is its own parent opens a component, every other one follows a known run.
    label[run] = parent[run] === run ? components++ : label[parent[run]];
  }
  return { label, components };
}

/** Enough for a page of text at 720p (about 10 runs of colour a row); doubled when a picture has more. */
const INITIAL_RUNS = 8192;

function allocateRuns(length: number): Runs {
  return {
    from: new Int32Array(length),
    to: new Int32Array(length),
    row: new Int32Array(length),
    kind: new Uint8Array(length),
    parent: new Int32Array(length),
  };
}

function growRuns(runs: Runs, needed: number): Runs {
  const grown = allocateRuns(Math.max(needed, 2 * runs.from.length));
  grown.from.set(runs.from);
  grown.to.set(runs.to);
  grown.row.set(runs.row);
  grown.kind.set(runs.kind);
  grown.parent.set(runs.parent);
  return grown;
}
