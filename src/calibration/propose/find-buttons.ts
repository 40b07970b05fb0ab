import { type Rect, area, containsRect, overlaps } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Rgb } from '../../probe/color/color.js';
import { evenColor } from './even-color.js';
import type { FlatPart } from './flat-parts.js';

/** CSS pixels: a check box is the least one clicks, and what is higher or wider is a panel, or a tile among others of its size. */
const LEAST = { width: 13, height: 12 };
const MOST = { width: 360, height: 64 };
/** One that holds a box as high as a button is no tile. CSS pixels. */
const TILE = { width: 480, height: 360, wide: 3, least: 3, sameSize: 2, button: 20 };
/** A letter is no larger, fills no more of its box, and is so near to the next one, which is at most so many times as high. CSS pixels. */
const LETTER = { most: 32, fill: 0.75, gap: 6, times: 2 };
const MIN_FILL = 0.55;
const MAX_BUTTONS = 60;
/** Column titles lie on the list. CSS pixels. */
const TITLE_GAP = 4;

type Part = Rect & Pick<FlatPart, 'fill'>;

/** A box that is likely a button, and a patch beside its label that is of one colour. */
export interface ProposedButton {
  readonly rect: Rect;
  readonly patch: Rect;
  readonly color: Rgb;
}

/**
 * Boxes of any one colour that are as large as what one clicks, from top to bottom: buttons, fields, switches, check boxes, and
 * larger tiles of one size. Letters are none. What lies in another or in what is `taken`, or, as column titles do, on top of that, is left out.
 */
export function findButtons(
  image: ImageBuffer,
  parts: readonly Part[],
  { taken, scale }: Readonly<{ taken: readonly Rect[]; scale: number }>,
): readonly ProposedButton[] {
  const isTitle = (part: Rect): boolean =>
    taken.some(({ x, y, width }) => {
      const gap = y - (part.y + part.height);
      return Math.abs(gap) <= TITLE_GAP * scale && part.x < x + width && x < part.x + part.width;
    });
  const within = ({ width, height }: Rect, most: Readonly<{ width: number; height: number }>): boolean =>
    width <= most.width * scale && height <= most.height * scale;
  const sized = parts.filter(
    (part) =>
      part.fill >= MIN_FILL &&
      part.width >= LEAST.width * scale &&
      part.height >= LEAST.height * scale &&
      part.height <= 1.5 * part.width &&
      within(part, TILE) &&
      !isLetter(part, parts, scale),
  );
  const small = sized.filter((part) => within(part, MOST));
  const large = sized.filter(
    (part) =>
      part.height > MOST.height * scale &&
      part.width <= TILE.wide * part.height &&
      !small.some((button) => button.height >= TILE.button * scale && containsRect(part, button)),
  );
  const outer: Rect[] = [];
  for (const { x, y, width, height } of [...small, ...large].sort((a, b) => area(b) - area(a))) {
    const rect = { x, y, width, height };
    if (isTitle(rect) || [...taken, ...outer].some((other) => overlaps(other, rect))) continue;
    outer.push(rect);
  }
  const isSameSize = (a: Rect, b: Rect): boolean =>
    Math.max(Math.abs(a.width - b.width), Math.abs(a.height - b.height)) <= TILE.sameSize * scale;
  return outer
    .filter(
      (rect) => within(rect, MOST) || outer.filter((each) => isSameSize(each, rect)).length >= TILE.least,
    )
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .flatMap((rect) => evenPatch(image, rect))
    .slice(0, MAX_BUTTONS);
}

/** Small and of strokes, with another as high beside it, nearer than what one clicks stands: `e` between `g` and `r`. */
function isLetter(part: Part, parts: readonly Part[], scale: number): boolean {
  if (part.fill > LETTER.fill || Math.max(part.width, part.height) > LETTER.most * scale) return false;
  return parts.some((other) => {
    const gap = Math.max(part.x - other.x - other.width, other.x - part.x - part.width);
    const shared = Math.min(part.y + part.height, other.y + other.height) - Math.max(part.y, other.y);
    return (
      gap >= 0 &&
      gap <= LETTER.gap * scale &&
      other.fill <= LETTER.fill &&
      other.height <= LETTER.times * part.height &&
      shared >= part.height / 2
    );
  });
}

/** Above, below or beside the label; letters that grew together have none. */
function evenPatch(image: ImageBuffer, rect: Rect): ProposedButton[] {
  const { x, y, width, height } = rect;
  const [long, low] = [width >> 1, Math.max(1, Math.min(4, height >> 3))];
  const [high, narrow] = [height >> 1, Math.max(1, Math.min(8, width >> 3))];
  const [left, top] = [x + (width >> 2), y + (height >> 2)];
  const patches = [
    { x: left, y: y + low, width: long, height: low },
    { x: left, y: y + height - 2 * low, width: long, height: low },
    { x: x + narrow, y: top, width: narrow, height: high },
    { x: x + width - 2 * narrow, y: top, width: narrow, height: high },
  ];
  for (const patch of patches) {
    const color = evenColor(image, patch);
    if (color !== null) return [{ rect, patch, color }];
  }
  return [];
}
