import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { type Ink, type InkRun, clearedOf, inkContrast, inkOf, inkRuns } from './ink-columns.js';
import { mostFrequentColor } from './color/most-frequent-color.js';
import { caretKind, caretShape, isThin, sameCaret, wholeCaret } from './ink-growth/ink-caret.js';
import { requireSameSize } from './same-size.js';

export interface InkGrowthOptions {
  /** The inside of a text field of one line, without its border; the whole picture by default. */
  readonly region?: Rect;
}

export interface InkGrowth {
  /** `grew`: new ink after the old, which is as it was. `same`: no new ink. `changed`: old ink went, or new came amid it. */
  readonly state: 'grew' | 'same' | 'changed' | 'unsure';
  /** How many new glyphs stand apart: letters that touch are one, a quotation mark is two, spaces are not seen. */
  readonly glyphs: number;
  /** Columns with new ink. */
  readonly columns: number;
  /** How far the caret, or the end of the ink, went to the right, pixels. 0 unless both ends are known. */
  readonly advance: number;
  /** Where the new ink is, image pixels. */
  readonly box: Rect | null;
  /** 0..1. */
  readonly margin: number;
  readonly reason:
    | 'new-ink'
    | 'no-new-ink'
    | 'caret'
    | 'old-ink-gone'
    | 'new-ink-amid-old'
    | 'not-at-caret'
    | 'other-background'
    | 'bar-alone';
}

/** Ink stands out by this share of the strongest contrast: the ringing and bleeding of a codec do not, nor does a placeholder. */
const INK_SHARE = 0.4;
const MIN_CONTRAST = 24;
/** How far left of the caret a letter may begin, pixels and by the caret's height; a space is wider. */
const OVERHANG = { pixels: 1, share: 0.06 };

/**
 * What was typed between two frames of a text field, without reading it: the ink that came after the old ink. Ink is what
 * stands out from the most frequent colour by 0.4 of the strongest contrast in either frame, so a pale placeholder is none
 * once darker text is there.
 *
 * A caret is no ink, blink or move as it may: a bar or a block that reaches below the line the letters stand on, or what was at
 * the end of the ink before, solid, and is there in the same size further right. Where it is seen the new ink has to come between where it was and where
 * it is: what begins before it took the place of a space, and what comes after it was not typed.
 *
 * A thin bar as all that is new may be an l, and an underline at the end an underscore, or a caret that was not to be seen before: `unsure`.
 * Text that scrolls in a full field is `changed`, and so is what is centred or written from right to left. Cost: a few passes over
 * the region. Errors: PXP_IMAGE_SIZE when sizes differ, PXP_RECT for a region outside.
 *
 * @example
 * const { state, glyphs } = inkGrowth(before, after, { region: nameField });
 */
export function inkGrowth(
  before: ImageBuffer,
  after: ImageBuffer,
  options: InkGrowthOptions = {},
): InkGrowth {
  const { region = sizeRect(before) } = options;
  requireSameSize(before, after);
  requireInside(before, region);
  const background = mostFrequentColor(before, region);
  const ground = mostFrequentColor(after, region);
  if (background.some((value, channel) => Math.abs(value - ground[channel]) > MIN_CONTRAST)) {
    return answer('changed', 'other-background', { margin: 1 });
  }
  const strongest = Math.max(inkContrast(before, region, background), inkContrast(after, region, background));
  if (strongest < MIN_CONTRAST) return answer('same', 'no-new-ink', { margin: 1 });
  const levels = Math.max(MIN_CONTRAST, INK_SHARE * strongest);
  const was = inkOf(before, region, { background, levels });
  const now = inkOf(after, region, { background, levels });
  const lost = inkRuns(without(was, now));
  const columns = lost.length === 0 ? null : { from: lost[0].from, to: lost[lost.length - 1].to };
  const went = columns === null ? null : caretShape(was, wholeCaret(was, columns));
  if (columns !== null && went === null) return answer('changed', 'old-ink-gone', { margin: 1 });
  return judge({ was, now, went, region });
}

/** `went`: what has a caret's shape and is no more where it was. The texts are compared without their carets. */
function judge({
  was,
  now,
  went,
  region,
}: {
  readonly was: Ink;
  readonly now: Ink;
  readonly went: InkRun | null;
  readonly region: Rect;
}): InkGrowth {
  const old = went === null ? was : clearedOf(was, went);
  const letters = inkRuns(old);
  const gained = inkRuns(without(now, old));
  const caret =
    went === null ? newCaret(now, { letters, gained }) : sameCaret(went, { now, runs: inkRuns(now), gained });
  if (caret === 'unclear') return answer('unsure', 'bar-alone');
  const bare = caret === null ? now : clearedOf(now, caret);
  // What comes to light below a bar that touched the last letter is that letter's.
  const isTouching = went !== null && isThin(went) && (letters.at(-1)?.to ?? -Infinity) >= went.from;
  const text = isTouching ? clearedOf(bare, went) : bare;
  const added = inkRuns(without(text, old));
  if (went !== null) {
    const kind = caretKind(went, [...letters, ...added]);
    const isCaret =
      kind === 'caret' ||
      (caret !== null && caret.from > went.from) ||
      (kind === 'unclear' && added.length === 0);
    if (!isCaret) return answer('changed', 'old-ink-gone', { margin: 1 });
  }
  const end = letters.at(-1)?.to;
  const [from, to] = [went?.from ?? end, caret?.from ?? added.at(-1)?.to];
  const advance = from === undefined || to === undefined ? 0 : to - from;
  if (added.length === 0) {
    const isStill = went === null && caret === null;
    return answer('same', isStill ? 'no-new-ink' : 'caret', { margin: 1, advance: isStill ? 0 : advance });
  }
  if (added[0].from < (end ?? 0) - 1) return answer('changed', 'new-ink-amid-old', { margin: 1 });
  if (!isAtCaret(added, { went, caret, isFirst: letters.length === 0 }))
    return answer('changed', 'not-at-caret', { margin: 1 });
  const columns = added.reduce((sum, { from, to }) => sum + to - from, 0);
  // Of the ink that is there now: a glyph that touches an old one is new in parts.
  const glyphs = inkRuns(text).filter((run) =>
    added.some(({ from }) => from >= run.from && from < run.to),
  ).length;
  return answer('grew', 'new-ink', {
    glyphs,
    columns,
    advance,
    box: boxOf(added, region),
    margin: Math.min(1, columns / 4),
  });
}

/** Of a caret that was not seen before: what is new at the end, by its shape and the letters. */
function newCaret(
  now: Ink,
  { letters, gained }: { readonly letters: readonly InkRun[]; readonly gained: readonly InkRun[] },
): InkRun | 'unclear' | null {
  const last = gained.at(-1);
  if (last === undefined) return null;
  // With its ink next to old ink, which is not counted as new: a caret may touch the letter before it.
  const bar = caretShape(now, last);
  if (bar === null) return null;
  const kind = caretKind(bar, [...letters, ...gained.slice(0, -1)]);
  if (kind === 'caret') return bar;
  return kind === 'unclear' || (gained.length === 1 && isThin(bar)) ? 'unclear' : null;
}

/** Typed text begins where the caret was and ends where it is. The first in a centred field begins left of it. */
function isAtCaret(
  added: readonly InkRun[],
  {
    went,
    caret,
    isFirst,
  }: { readonly went: InkRun | null; readonly caret: InkRun | null; readonly isFirst: boolean },
): boolean {
  if (caret !== null && added[added.length - 1].from >= caret.to) return false;
  if (went === null || isFirst) return true;
  const overhang = Math.max(OVERHANG.pixels, OVERHANG.share * (went.bottom - went.top));
  return added[0].from >= went.from - overhang;
}

function answer(
  state: InkGrowth['state'],
  reason: InkGrowth['reason'],
  found: Partial<InkGrowth> = {},
): InkGrowth {
  return { glyphs: 0, columns: 0, advance: 0, box: null, margin: 0, ...found, state, reason };
}

/** Ink of one that has none of the other's within a pixel: edges flicker, letters do not. */
function without({ mask, width, height }: Ink, other: Ink): Ink {
  const left = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (mask[i] === 0 || other.mask[i] !== 0) continue;
      left[i] = hasNear(other, x, y) ? 0 : 1;
    }
  }
  return { mask: left, width, height };
}

function hasNear({ mask, width, height }: Ink, x: number, y: number): boolean {
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      if (mask[row * width + column] !== 0) return true;
    }
  }
  return false;
}

function boxOf(runs: readonly InkRun[], region: Rect): Rect {
  const top = Math.min(...runs.map((run) => run.top));
  const bottom = Math.max(...runs.map((run) => run.bottom));
  const { from } = runs[0];
  const { to } = runs[runs.length - 1];
  return { x: region.x + from, y: region.y + top, width: to - from, height: bottom - top };
}
