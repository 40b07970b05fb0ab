import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { deltaE } from '../../probe/color/color.js';
import { evenColor } from './even-color.js';
import type { FlatPart } from './flat-parts.js';
import { type ProposedTab, type ProposedTabs, patchIn } from './proposed-tabs.js';
import { columnGroups, inkedColumns } from './row-columns.js';

/** Where above its strip the label of a tab is looked for; labels of less width are none; words of one; one tab to the next. CSS pixels. */
const LABEL = { from: 30, to: 4, minWidth: 14, gap: 14, between: 240 };
/** A label is in the middle of its strip. */
const OFF_MIDDLE = 8;
/** ΔE: one colour, and two that tell states apart. */
const SAME = 5;
const OTHER = 16;
/** A line over the strip would be all of it. */
const MOST_OF_STRIP = 0.95;

/** Whether one label is above the strip, and nothing else: there is more above a progress bar or a rule. */
export function hasLabel(image: ImageBuffer, { x, y, width }: Rect, scale: number): boolean {
  const top = Math.round(y - LABEL.from * scale);
  const height = Math.round((LABEL.from - LABEL.to) * scale);
  if (top < 0) return false;
  const labels = columnGroups([inkedColumns(image, { x, y: top, width, height })], LABEL.gap * scale);
  return labels.length === 1 && labels[0].to - labels[0].from < MOST_OF_STRIP * width;
}

/** The labels in a row with the one above `strip`, as far as what is below them is of one colour. */
export function labelledTabs(image: ImageBuffer, strip: FlatPart, scale: number): ProposedTabs | null {
  const top = Math.round(strip.y - LABEL.from * scale);
  const bottom = Math.round(strip.y - LABEL.to * scale);
  if (top < 0) return null;
  const band = { x: 0, y: top, width: image.width, height: bottom - top };
  const labels = columnGroups([inkedColumns(image, band)], LABEL.gap * scale).filter(
    ({ from, to }) => to - from >= LABEL.minWidth * scale,
  );
  const own = labels.findIndex(
    ({ from, to }) =>
      from >= strip.x - 2 &&
      to <= strip.x + strip.width + 2 &&
      Math.abs(from + to - 2 * strip.x - strip.width) <= OFF_MIDDLE * scale,
  );
  if (own === -1) return null;
  const patch = patchIn(strip, false);
  const tabOf = ({ from, to }: { from: number; to: number }): ProposedTab => {
    const shift = Math.round((from + to - labels[own].from - labels[own].to) / 2);
    const at = { x: from, y: top, width: to - from, height: bottom - top };
    return { at, mark: { ...patch, x: patch.x + shift }, active: shift === 0 };
  };
  const neighbour = labels.at(own + 1) ?? labels.at(own - 1);
  if (neighbour === undefined) return null;
  const inactive = evenColor(image, tabOf(neighbour).mark);
  if (inactive === null || deltaE(inactive, strip.color) < OTHER) return null;
  const onwards = (step: 1 | -1): ProposedTab[] => {
    const found: ProposedTab[] = [];
    for (let i = own + step; i >= 0 && i < labels.length; i += step) {
      const [left, right] = step === 1 ? [labels[i - 1], labels[i]] : [labels[i], labels[i + 1]];
      const color = evenColor(image, tabOf(labels[i]).mark);
      const belongs = color !== null && deltaE(color, inactive) <= SAME;
      if (right.from - left.to > LABEL.between * scale || !belongs) break;
      found.push(tabOf(labels[i]));
    }
    return found;
  };
  const tabs = [...onwards(-1).reverse(), tabOf(labels[own]), ...onwards(1)];
  return tabs.length < 2 ? null : { tabs, colors: { active: strip.color, inactive } };
}
