import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { type Ink, type InkRun, inkContrast, inkOf, inkRuns } from './ink-columns.js';
import { mostFrequentColor } from './color/most-frequent-color.js';
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
    | 'other-background'
    | 'bar-alone';
}

/** Ink stands out by this share of the strongest contrast: the ringing and bleeding of a codec do not, nor does a placeholder. */
const INK_SHARE = 0.4;
const MIN_CONTRAST = 24;
/** A caret is a bar at most so wide, in pixels and by its height. */
const BAR = { width: 6, share: 0.25, fill: 0.85 };
/** Letters stand on a line and a caret goes below it, by at least this much. */
const BELOW = 2;

/**
 * What was typed between two frames of a text field, without reading it: the ink that came after the old ink. Ink is what
 * stands out from the most frequent colour by 0.4 of the strongest contrast in either frame, so a pale placeholder is none
 * once darker text is there. A caret is a bar that reaches below the line the letters stand on, or that stood elsewhere
 * before, at the same height; it is no ink, blink or move as it may.
 *
 * A thin bar as all that is new may be an l, or a caret that was not to be seen before: `unsure`, unless it reaches below the line. Text that scrolls in a full field is `changed`,
 * and so is what is written from right to left. Cost: three passes over the region. Errors: PXP_IMAGE_SIZE when sizes
 * differ, PXP_RECT for a region outside.
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
  const gained = inkRuns(without(now, was));
  const oldCaret = lost.length === 1 && isThin(lost[0]) ? lost[0] : null;
  if (lost.length > 0 && oldCaret === null) return answer('changed', 'old-ink-gone', { margin: 1 });
  const old = inkRuns(was).filter(
    (run) => oldCaret === null || run.from < oldCaret.from || run.to > oldCaret.to,
  );
  return judge({ old, gained, now, oldCaret, region });
}

function judge({
  old,
  gained,
  now,
  oldCaret,
  region,
}: {
  readonly old: readonly InkRun[];
  readonly gained: readonly InkRun[];
  readonly now: Ink;
  readonly oldCaret: InkRun | null;
  readonly region: Rect;
}): InkGrowth {
  const last = gained.at(-1);
  if (last === undefined) return answer('same', oldCaret === null ? 'no-new-ink' : 'caret', { margin: 1 });
  const letters = [...old, ...gained.slice(0, -1)];
  const bar = whole(last, now);
  const kind = isBar(bar) ? barKind(bar, { letters, oldCaret }) : 'glyph';
  if (kind === 'unclear' && gained.length === 1) return answer('unsure', 'bar-alone');
  const caret = kind === 'caret' ? last : null;
  const added = caret === null ? gained : gained.slice(0, -1);
  const [from, to] = [oldCaret?.from ?? old.at(-1)?.to, caret?.from ?? added.at(-1)?.to];
  const advance = from === undefined || to === undefined ? 0 : to - from;
  if (added.length === 0) return answer('same', 'caret', { margin: 1, advance });
  const end = old.at(-1)?.to ?? 0;
  if (added[0].from < end - 1) return answer('changed', 'new-ink-amid-old', { margin: 1 });
  const columns = added.reduce((sum, { from, to }) => sum + to - from, 0);
  // Of the ink that is there now: a glyph that stands where the caret was is new in parts.
  const glyphs = inkRuns(now).filter((run) =>
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

/** With its ink next to old ink, which is not counted as new: a caret may touch the letter before it. */
function whole({ from, to }: InkRun, { mask, width, height }: Ink): InkRun {
  const columns = Uint8Array.from(mask, (ink, i) => (i % width >= from && i % width < to ? ink : 0));
  return inkRuns({ mask: columns, width, height })[0];
}

/** A caret, or what a letter that came in its place left of it. */
function isThin({ from, to, top, bottom }: InkRun): boolean {
  return to - from <= Math.min(BAR.width, Math.max(2, BAR.share * (bottom - top)));
}

function isBar(run: InkRun): boolean {
  return isThin(run) && run.bottom - run.top >= 3 * (run.to - run.from) && run.fill >= BAR.fill;
}

function barKind(
  bar: InkRun,
  { letters, oldCaret }: { readonly letters: readonly InkRun[]; readonly oldCaret: InkRun | null },
): 'caret' | 'glyph' | 'unclear' {
  if (oldCaret !== null) {
    const same = Math.abs(bar.top - oldCaret.top) < BELOW && Math.abs(bar.bottom - oldCaret.bottom) < BELOW;
    if (same) return 'caret';
  }
  if (letters.length === 0) return oldCaret === null ? 'unclear' : 'glyph';
  const bottoms = letters.map(({ bottom }) => bottom).sort((a, b) => a - b);
  // Some letters go below the line, hardly any end above it.
  const line = bottoms[bottoms.length >> 2];
  const tall = bar.top <= Math.min(...letters.map(({ top }) => top)) + 1;
  if (tall && bar.bottom >= line + BELOW) return 'caret';
  return oldCaret === null ? 'unclear' : 'glyph';
}

function boxOf(runs: readonly InkRun[], region: Rect): Rect {
  const top = Math.min(...runs.map((run) => run.top));
  const bottom = Math.max(...runs.map((run) => run.bottom));
  const { from } = runs[0];
  const { to } = runs[runs.length - 1];
  return { x: region.x + from, y: region.y + top, width: to - from, height: bottom - top };
}
