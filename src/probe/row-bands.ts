import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import type { Heights } from './rows/row-heights.js';
import { withoutBars } from './rows/profile/row-bars.js';
import { rowLayout } from './rows/row-layout.js';
import { centredMessage } from './rows/row-message.js';
import { rowProfile } from './rows/profile/row-profile.js';

export interface RowBand {
  /** First pixel row, in image pixels. */
  readonly y: number;
  readonly height: number;
  /** True when the region cuts the row off at its top or bottom, or may: where the region ends with it, nothing says how it goes on. */
  readonly partial: boolean;
}

export interface RowBands {
  /** Top to bottom, not overlapping by more than a pixel; a gap between groups or cards belongs to no row. */
  readonly rows: readonly RowBand[];
  /** Median distance from one whole row to the next, gaps between cards included, when their heights are all alike (within 4 pixels), else null. Of one row its height. */
  readonly pitch: number | null;
  /**
   * 0..1: 1 for rows with drawn boundaries on both sides or none at all, 0.9 for rows that their marks tell, the correlation of the ink for flat rows, 0.85 for those in groups between lower flat headings; at most
   * 0.75 between separators of 5 pixels or more. What is higher than `maxHeight`, because nothing parts its ink, counts 0 in the mean;
   * at most 0.5 where rows lie on top of each other or are lower than a line of text, for ink that is several rows high and that
   * nothing parts, and for rows of unequal height that only the room around them tells apart; at most 0.8 where a first row may be a
   * heading, lower than all the others with nothing but the region above it, where a JPEG's rows nearly all differ by a few
   * pixels, or are of unequal height between faint boundaries, of which it may have swallowed some, and where wrapped lines tell
   * the rows by their distance; 0.75 where a JPEG runs the wrapped lines of such rows together that have a background of their own.
   */
  readonly confidence: number;
}

export interface RowBandsOptions {
  /** Whole image pixels; default the whole image. The list without its column titles; a few pixels of border do no harm. */
  readonly region?: Rect;
  /**
   * Lowest and highest row, in image pixels (at a device scale factor of 2 twice the page's): no whole row outside of them is answered. What is drawn lower, as a heading, is no row, and
   * what is higher and cannot be cut into rows is left out; a row that the region cuts may be lower. Where they are not given,
   * rows of 14 to 160 pixels are looked for (or to twice the lowest one), and drawn boundaries may show lower and higher ones, as may
   * lines that are all as far apart higher ones.
   */
  readonly minHeight?: number;
  readonly maxHeight?: number;
}

/** A line of 11 pixel text with a pixel or two around it. */
const DEFAULT_MIN_HEIGHT = 14;
/** A card with a picture and four lines of text. */
const DEFAULT_MAX_HEIGHT = 160;

/**
 * The visible rows of a list, each from one boundary to the next. Boundaries are, in this order of trust: separators (of up
 * to 12 pixels; each belongs to the row above it), changes of the background (stripes, a selection), and where nothing is drawn
 * the pitch at which the ink repeats, with each cell centred on the ink, or on the icon, the check box or the number that each has at one end, or beginning with the region where letters explain the difference; rows of unequal height keep the same room around their lines, or
 * around a picture or a button that is higher than these, as the gaps between them and the first one's distance to the top tell; what is
 * beside one of those is one row. Where the gaps do not tell that, cells meet halfway. Where each row begins with a mark and its other lines
 * are indented, the marks tell, once the top of one is drawn. Rows need ink;
 * a blank stretch between separators or stripes is a row when it is exactly as high as the others. A short block in the
 * middle of the region is a message, not a row. An empty list gives no rows and confidence 1, 0.7 under a message.
 *
 * Bars behind the rows, each of another length, as in an order book, are no boundaries, nor is a progress bar of 3 to 24 pixels on a row, with
 * its ground on both sides, filled or an outline, nor is a field or a button that most rows have between boundaries that reach from side to side.
 * Nor is a line through or below letters, nor the frame of a field that has its label beside it, nor the end of blocks around which the ground of their row shows.
 *
 * A card ends where its shadow begins, however strong that is, and has its border of up to 5 pixels where most cards have one; between two gaps it is one row, up to twice `maxHeight`, a
 * title bar of another colour at its top included.
 *
 * Lines between separators that not each row has are rows, each: those of a menu's sections, with the same room around each separator, one of
 * a single line among them, and those that are as far apart across the separators as between them, where a JPEG swallowed some. Flat rows of letters
 * that fill the region but for a pixel begin with it. Where all others are of one height, the first and the last row are, and what is more there is
 * a piece of another one.
 *
 * A cell that its colour fills up to the next row's is no ink where the lines beside it are evenly apart. The first and the last one of
 * rows of one height may be higher, where its ink leaves no room there and the region has some.
 *
 * A background shaded from top to bottom counts by its steps, as does a gradient from side to side. Rows between headings keep their own height, also
 * where the next group's heading has the colour of the row above it; a heading that the region's end cuts, like another one, is no cut row.
 *
 * Degenerate: one flat row at the region's top is taken to have as much room below its ink as above. Rows of unequal
 * height without boundaries that are cut halfway between their inks may be some pixels off. Square cards from side to side
 * with a gap of up to 12 pixels look like rows with separators: the gap is taken to be part of the row above, unless its colour goes on
 * beyond a side of the region.
 * Cost: one pass over the region (every other column beyond 640) and rows × maxHeight for the pitch; where few boundaries and uneven lines leave that
 * open, another pass over all its pixels.
 * Errors: PXP_RECT for a region outside of the image, PXP_PROBE_OPTION for heights out of order.
 * Source: projection profile cutting, O'Gorman & Kasturi, Document Image Analysis (1995), section 4.2.
 *
 * @example
 * const { rows, pitch } = rowBands(frame, { region: { x: 20, y: 60, width: 800, height: 500 } });
 */
export function rowBands(
  image: ImageBuffer,
  { region = sizeRect(image), minHeight, maxHeight }: RowBandsOptions = {},
): RowBands {
  requireInside(image, region);
  const heights = heightsOf(minHeight, maxHeight);
  const drawn = rowProfile(image, region, heights.maxHeight);
  const plain = withoutBars(image, region, drawn);
  const { noise } = drawn;
  const profile = plain === null ? drawn : { ...rowProfile(plain, region, heights.maxHeight), noise };
  if (centredMessage(profile, region) !== 'none') return { rows: [], pitch: null, confidence: 0.7 };
  const { rows, pitch, confidence } = rowLayout(profile, heights);
  return {
    rows: rows.map(({ top, bottom, partial }) => {
      const y = Math.round(top);
      return { y: region.y + y, height: Math.round(bottom) - y, partial };
    }),
    pitch,
    confidence,
  };
}

function heightsOf(least?: number, most?: number): Heights {
  const minHeight = least ?? Math.min(DEFAULT_MIN_HEIGHT, Math.max(4, (most ?? Infinity) / 2));
  const maxHeight = most ?? Math.max(DEFAULT_MAX_HEIGHT, 2 * minHeight);
  if (!(minHeight >= 4) || !(maxHeight > minHeight)) {
    throw new PixelproofError('PXP_PROBE_OPTION', 'row heights', {
      what: 'rowBands',
      expected: '4 <= minHeight < maxHeight',
      received: `${minHeight}, ${maxHeight}`,
    });
  }
  return { minHeight, maxHeight, least: least ?? 0, most: most ?? Infinity };
}
