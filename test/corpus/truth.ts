import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Rect } from '../../src/core/geometry.js';

/** What the application itself says of one picture. All places are image pixels; what is absent is not known. */
export interface FrameTruth {
  readonly lists?: readonly ListTruth[];
  readonly buttons?: readonly ButtonTruth[];
  readonly tabs?: TabsTruth;
  readonly numbers?: NumbersTruth;
  /** It shows one tone and nothing else. */
  readonly blank?: true;
}

export interface ListTruth {
  readonly region: Rect;
  /** Top to bottom; none in an empty list. */
  readonly rows: readonly RowTruth[];
}

export interface RowTruth {
  readonly y: number;
  readonly height: number;
  /** The region cuts it off. */
  readonly partial?: boolean;
  /** A group's heading: it may be found as a row, or not. */
  readonly heading?: boolean;
}

export interface NumbersTruth {
  /** The digits 0 to 9 of the font, side by side. */
  readonly digits: Rect;
  /** What stands where; null is no number. */
  readonly written: readonly (Rect & { readonly value: number | null })[];
}

export interface ButtonTruth extends Rect {
  /** Its fill, #rrggbb; any colourful fill when absent. */
  readonly color?: string;
}

export interface TabsTruth {
  /** A patch of each tab that shows by its colour whether it is active. */
  readonly marks: Readonly<Record<string, Rect>>;
  /** #rrggbb */
  readonly colors: { readonly active: string; readonly inactive: string };
  readonly active: string;
}

/** What happened between two pictures of one folder. */
export interface PairTruth {
  readonly before: string;
  readonly after: string;
  readonly what: string;
  /** The box of what opened, null when nothing did. Absent when that is not the question. */
  readonly popup?: Rect | null;
  /** Which rows of the first list of `before` are gone, counted from 0. Absent when that is not the question. */
  readonly gone?: readonly number[];
  /** Rows of that list look the same. */
  readonly alike?: boolean;
  readonly places?: readonly PlaceTruth[];
  readonly scrolled?: ScrollTruth;
  readonly typed?: TypedTruth;
}

/** A place, and whether anything that is drawn in it is another than before. */
export interface PlaceTruth extends Rect {
  readonly changed: boolean;
}

export interface ScrollTruth {
  readonly region: Rect;
  /** Pixels that the content moved up; 0: it stands where it stood. */
  readonly by: number;
}

export interface TypedTruth {
  /** The inside of the field. */
  readonly region: Rect;
  /** Its text before, and after. */
  readonly was: string;
  readonly is: string;
  /** What was there stands elsewhere in the field now. */
  readonly shifted?: boolean;
  /** Every character is a dot, spaces too. */
  readonly masked?: boolean;
}

/** `truth.json` of a folder below test/golden. */
export interface FolderTruth {
  readonly frames: Readonly<Record<string, FrameTruth>>;
  readonly pairs?: readonly PairTruth[];
}

export const GOLDEN = join(import.meta.dirname, '..', 'golden');

/** Every labelled folder, by name. */
export function loadCorpus(): ReadonlyMap<string, FolderTruth> {
  const folders = readdirSync(GOLDEN, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return new Map(folders.map((name) => [name, readTruth(name)]));
}

export function readTruth(folder: string): FolderTruth {
  return JSON.parse(readFileSync(join(GOLDEN, folder, 'truth.json'), 'utf8')) as FolderTruth;
}

export function readFrame(folder: string, name: string): Buffer {
  return readFileSync(join(GOLDEN, folder, name));
}
