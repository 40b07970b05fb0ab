import type { ImageBuffer } from '../../image/image-buffer.js';
import { deltaE } from '../../probe/color/color.js';
import type { FlatPart } from './flat-parts.js';
import { hasLabel, labelledTabs } from './labelled-tabs.js';
import { type ProposedTabs, patchIn } from './proposed-tabs.js';

/** CSS pixels. */
const STRIP = { minHeight: 2, maxHeight: 8, minWidth: 20, maxWidth: 360, gap: 24 };
const BOX = { minHeight: 18, maxHeight: 64, minWidth: 36, maxWidth: 360, gap: 4 };
/** The middle of a tab's label above its strip. */
const LABEL_ABOVE = 17;
/** ΔE: one colour, and two that tell states apart. */
const SAME = 5;
const OTHER = 16;
const MIN_TABS = 3;

/**
 * The tabs of a picture: boxes or strips of one size side by side of which one has another colour, or the strip below one label of a row
 * of labels. Null when there are none. Of two boxes nothing tells which is the active one.
 */
export function findTabs(image: ImageBuffer, parts: readonly FlatPart[], scale: number): ProposedTabs | null {
  const strips = sized(parts, STRIP, scale);
  const drawn = [
    ...rowsOf(strips, STRIP.gap * scale).map((row) => ({ row, above: LABEL_ABOVE * scale })),
    ...rowsOf(sized(parts, BOX, scale), BOX.gap * scale).map((row) => ({ row, above: 0 })),
  ];
  for (const { row, above } of drawn) {
    const odd = oddOne(row);
    if (odd === null || (above > 0 && !row.every((strip) => hasLabel(image, strip, scale)))) continue;
    const tabs = row.map((part) => ({
      at: above === 0 ? part : { ...part, y: part.y - 2 * above, height: 2 * above },
      mark: patchIn(part, above === 0),
      active: part === odd,
    }));
    const inactive = row.find((part) => part !== odd)!.color;
    return { tabs, colors: { active: odd.color, inactive } };
  }
  for (const strip of strips) {
    const found = labelledTabs(image, strip, scale);
    if (found !== null) return found;
  }
  return null;
}

function sized(parts: readonly FlatPart[], size: typeof BOX, scale: number): readonly FlatPart[] {
  return parts.filter(
    ({ width, height, fill }) =>
      fill > 0.7 &&
      height >= size.minHeight * scale &&
      height <= size.maxHeight * scale &&
      width >= size.minWidth * scale &&
      width <= size.maxWidth * scale,
  );
}

/** Parts of about one height side by side. */
function rowsOf(parts: readonly FlatPart[], gap: number): readonly (readonly FlatPart[])[] {
  const rows: FlatPart[][] = [];
  for (const part of [...parts].sort((a, b) => a.x - b.x)) {
    const row = rows.find((each) => {
      const last = each[each.length - 1];
      const between = part.x - last.x - last.width;
      return (
        between >= 0 &&
        between <= gap &&
        Math.abs(part.y + part.height - last.y - last.height) <= 2 &&
        Math.abs(part.height - last.height) <= 3
      );
    });
    if (row === undefined) rows.push([part]);
    else row.push(part);
  }
  return rows.filter(({ length }) => length >= MIN_TABS);
}

/** The one of another colour than all the others, which have one. */
function oddOne(row: readonly FlatPart[]): FlatPart | null {
  const odd = row.filter(
    ({ color }) => row.filter((other) => deltaE(color, other.color) <= SAME).length === 1,
  );
  const others = row.filter((part) => part !== odd.at(0));
  const isOne = odd.length === 1 && others.every(({ color }) => deltaE(color, others[0].color) <= SAME);
  return isOne && deltaE(odd[0].color, others[0].color) >= OTHER ? odd[0] : null;
}
