import type { Point, Rect, Size } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import type { Rgb } from '../probe/color/color.js';
import type { DigitShapes } from '../probe/read-number.js';
import type { Side } from './file/schema.js';

/** A calibration at one viewport. All lengths and places are device pixels of its screenshots, whole unless said. */
export interface ResolvedCalibration {
  readonly name: string;
  /** The screenshot's size. Every place below is inside. */
  readonly size: Size;
  readonly deviceScaleFactor: number;
  /** Where the pointer goes after a click; null: it stays where it clicked. */
  readonly park: Point | null;
  readonly points: ReadonlyMap<string, ResolvedPoint>;
  readonly regions: ReadonlyMap<string, Rect>;
  /** The sides of regions along which a line shows, by the region's name; none where nothing is said. */
  readonly edges: ReadonlyMap<string, readonly Side[]>;
  readonly swatches: ReadonlyMap<string, ResolvedSwatch>;
  /** The anchors recognised by hash; those recognised by a picture are `templates`. */
  readonly anchors: ReadonlyMap<string, ResolvedAnchor>;
  readonly templates: ReadonlyMap<string, ResolvedTemplate>;
  readonly tabs: ReadonlyMap<string, ResolvedTab>;
  readonly lists: ReadonlyMap<string, ResolvedList>;
  readonly counters: ReadonlyMap<string, ResolvedCounter>;
  readonly modals: ReadonlyMap<string, ResolvedModal>;
  /** The swatches and anchors that show only at times, as paths in the file. */
  readonly optional: ReadonlySet<string>;
  /** Marks that show together or not at all, at least two each. */
  readonly together: readonly (readonly ResolvedMark[])[];
  readonly masks: readonly ResolvedMask[];
  /** Each of these throws PXP_CALIBRATION_NAME, with the nearest name there is, for a name that is not defined. */
  /** Of `points`; also `tabs.NAME.click`, and `modals.NAME.close` where the modal has one. */
  point(name: string): ResolvedPoint;
  region(name: string): Rect;
  swatch(name: string): ResolvedSwatch;
  anchor(name: string): ResolvedAnchor;
  template(name: string): ResolvedTemplate;
  tab(name: string): ResolvedTab;
  list(name: string): ResolvedList;
  counter(name: string): ResolvedCounter;
  modal(name: string): ResolvedModal;
}

export interface ResolvedPoint {
  readonly name: string;
  readonly at: Point;
  /** Tried in this order after a proved no-effect. */
  readonly fallbacks: readonly Point[];
}

export interface ResolvedSwatch {
  readonly name: string;
  readonly rect: Rect;
  /** At least one. */
  readonly states: Readonly<Record<string, Rgb>>;
  /** ΔE up to which a pixel is of a state's colour. */
  readonly tolerance: number;
}

/** A part of the picture recognised by its 64-bit difference hash. Never cut off by the viewport's edge. */
export interface ResolvedAnchor {
  readonly name: string;
  readonly rect: Rect;
  /** 16 hex digits. */
  readonly dhash: string;
  /** Hamming distance up to which it is the same picture. */
  readonly maxDistance: number;
  /** The other anchors of that place: what may be there instead. It has to be nearer than they are. */
  readonly rivals: readonly Readonly<{ name: string; dhash: string }>[];
}

/**
 * A picture to find. `image` has the size the thing has at this viewport: where lengths grow it is resized (bilinear, or
 * the mean over each new pixel where they shrink), which costs some likeness; a factor within 0.2 % leaves it as it is.
 */
export interface ResolvedTemplate {
  readonly name: string;
  /** Where to look. At least as large as `image`. */
  readonly rect: Rect;
  readonly image: ImageBuffer;
  /** Where its top left pixel is expected; null when the calibration does not say. */
  readonly at: Point | null;
  /** Likeness from which it is the same, 0..1. */
  readonly minScore: number;
  /** Lead over the next likely place, 0..1. */
  readonly minMargin: number;
}

/** What proves that a tab is active or that a modal is this one. */
export type ResolvedMark =
  | { readonly kind: 'swatch'; readonly swatch: ResolvedSwatch; readonly state: string }
  | { readonly kind: 'anchor'; readonly anchor: ResolvedAnchor };

export interface ResolvedTab {
  readonly name: string;
  readonly click: ResolvedPoint;
  readonly mark: ResolvedMark;
  /** The broader region to look at when the mark is unsure. */
  readonly region: Rect | null;
}

export interface ResolvedList {
  readonly name: string;
  readonly region: string;
  readonly rect: Rect;
  /** `first`: the y of the first row's top edge. `pitch` may be fractional; null when row heights vary. */
  readonly rows: {
    readonly first: number;
    readonly pitch: number | null;
    readonly minHeight: number;
    readonly maxHeight: number;
  };
  readonly action: ResolvedAction | null;
  /** The part of the list that tells its rows from each other: its columns over the list's height. */
  readonly identity: Rect | null;
  /** The anchor that is there when the list is empty. */
  readonly empty: ResolvedAnchor | null;
  /** The number that changes by one with each row that goes. */
  readonly counter: ResolvedCounter | null;
}

/** A number written in a known font. */
export interface ResolvedCounter {
  readonly name: string;
  readonly rect: Rect;
  readonly digits: DigitShapes;
}

/** A row's click target: a fixed point, or the coloured component found in `rect` (columns over the list's height). */
export type ResolvedAction =
  | { readonly kind: 'point'; readonly point: ResolvedPoint }
  | {
      readonly kind: 'component';
      readonly rect: Rect;
      readonly enabled: Rgb;
      readonly disabled: Rgb | null;
      /** ΔE; absent is what `components` takes by itself. */
      readonly tolerance?: number;
      readonly minArea: number;
    };

export interface ResolvedModal {
  readonly name: string;
  readonly box: Rect;
  readonly mark: ResolvedMark;
  readonly close: ResolvedPoint | null;
}

/** `ambient`: no proof looks there. `secret`: blacked out before anything is stored. */
export interface ResolvedMask {
  readonly rect: Rect;
  readonly why: 'ambient' | 'secret';
}
