import { type Point, type Rect, containsRect } from '../../core/geometry.js';
import type { LabelledRuns } from '../color/label-runs.js';

/** A connected component: its box, and what of it is filled. */
export interface Blob extends Rect {
  /** Pixels. */
  readonly area: number;
  readonly centroid: Point;
  /** `area` as a share of the box, 0..1. */
  readonly fill: number;
  /** Which of the components it is, and of what class: pixels of different classes do not contain each other's blobs. */
  readonly label: number;
  readonly kind: number;
}

/** What a blob has to have: see `ComponentsOptions`. */
export interface Limits {
  readonly minArea: number;
  readonly maxArea: number;
  readonly minFill: number;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly maxWidth: number;
  readonly maxHeight: number;
}

/** Sides, area and sums of the coordinates of each component, by its label. */
export class Extents {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly top: Int32Array;
  readonly bottom: Int32Array;
  readonly area: Int32Array;
  readonly kind: Uint8Array;
  readonly #sumX: Float64Array;
  readonly #sumY: Float64Array;

  constructor({ count, from, to, row, kind, label, components }: LabelledRuns) {
    this.left = new Int32Array(components).fill(0x7fffffff);
    this.right = new Int32Array(components);
    this.top = new Int32Array(components);
    this.bottom = new Int32Array(components);
    this.area = new Int32Array(components);
    this.kind = new Uint8Array(components);
    this.#sumX = new Float64Array(components);
    this.#sumY = new Float64Array(components);
    for (let run = 0; run < count; run++) {
      const at = label[run];
      const length = to[run] - from[run];
      if (this.area[at] === 0) {
        this.top[at] = row[run];
        this.kind[at] = kind[run];
      }
      if (from[run] < this.left[at]) this.left[at] = from[run];
      if (to[run] > this.right[at]) this.right[at] = to[run];
      this.bottom[at] = row[run] + 1;
      this.area[at] += length;
      this.#sumX[at] += (length * (from[run] + to[run] - 1)) / 2;
      this.#sumY[at] += length * row[run];
    }
  }

  /** Adds a component to another. */
  add(other: number, at: number): void {
    this.left[at] = Math.min(this.left[at], this.left[other]);
    this.right[at] = Math.max(this.right[at], this.right[other]);
    this.top[at] = Math.min(this.top[at], this.top[other]);
    this.bottom[at] = Math.max(this.bottom[at], this.bottom[other]);
    this.area[at] += this.area[other];
    this.#sumX[at] += this.#sumX[other];
    this.#sumY[at] += this.#sumY[other];
  }

  /** The component as a blob; null when it is not within the limits. */
  blob(at: number, limits: Limits): Blob | null {
    const area = this.area[at];
    const width = this.right[at] - this.left[at];
    const height = this.bottom[at] - this.top[at];
    const fill = area / (width * height);
    if (!isWithin({ area, fill, width, height }, limits)) return null;
    const centroid = { x: this.#sumX[at] / area, y: this.#sumY[at] / area };
    const box = { x: this.left[at], y: this.top[at], width, height };
    return { ...box, area, centroid, fill, label: at, kind: this.kind[at] };
  }
}

function isWithin(
  { area, fill, width, height }: Pick<Blob, 'area' | 'fill' | 'width' | 'height'>,
  limits: Limits,
): boolean {
  return (
    area >= limits.minArea &&
    area <= limits.maxArea &&
    fill >= limits.minFill &&
    width >= limits.minWidth &&
    width <= limits.maxWidth &&
    height >= limits.minHeight &&
    height <= limits.maxHeight
  );
}

/** The components within limits. */
export function blobsWithin(runs: LabelledRuns, limits: Limits): Blob[] {
  const extents = new Extents(runs);
  const blobs: Blob[] = [];
  for (let at = 0; at < runs.components; at++) {
    const blob = extents.blob(at, limits);
    if (blob !== null) blobs.push(blob);
  }
  return blobs;
}

/** Top to bottom, then left to right. */
export function sortBlobs(blobs: readonly Blob[]): Blob[] {
  return blobs.toSorted((a, b) => a.y - b.y || a.x - b.x || b.area - a.area || a.label - b.label);
}

/**
 * A button has at least this many times the area of the inside of one of its letters: it is several letters wide, and the inside of
 * the widest, a capital O, is a quarter of its letter's box.
 */
const ISLAND_AREA = 8;
/** And at most this many times its height. What is smaller than that against its surroundings is a button on a panel. */
const ISLAND_HEIGHT = 12;

/** Goes down the sorted blobs and keeps at hand only those that reach the row: a box never starts after what it contains. */
export function withoutIslands(sorted: readonly Blob[]): Blob[] {
  const least = ISLAND_AREA * sorted.reduce((area, blob) => Math.min(area, blob.area), Infinity);
  let reaching: Blob[] = [];
  let y = -1;
  return sorted.filter((blob) => {
    if (blob.y !== y) {
      y = blob.y;
      reaching = reaching.filter((outer) => outer.y + outer.height > blob.y);
    }
    if (reaching.some((outer) => isIsland(blob, outer))) return false;
    if (blob.fill >= 0.5 && blob.area >= least) reaching.push(blob);
    return true;
  });
}

function isIsland(inner: Blob, outer: Blob): boolean {
  return (
    outer.kind === inner.kind &&
    outer.area >= ISLAND_AREA * inner.area &&
    outer.height <= ISLAND_HEIGHT * inner.height &&
    containsRect(outer, inner)
  );
}
