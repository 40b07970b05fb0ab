import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Rgb, deltaE } from '../../probe/color/color.js';
import { evenColor } from './even-color.js';
import type { ProposedTabs } from './proposed-tabs.js';
import { columnGroups, inkedColumns } from './row-columns.js';

/** Labels of less width are none; words nearer than `gap` are one. CSS pixels. */
const LABEL = { minWidth: 14, gap: 11, most: 240 };
/** By so much the room between labels, or else the way from one's middle to the next one's, differs within a row of tabs. CSS pixels. */
const UNEVEN = { room: 5, way: 2 };
/** ΔE of two colours that tell states apart, and of the part of it that colours of one state may be apart. */
const OTHER = 4;
const SAME = 1 / 3;
/** ΔE of the labels of one state. */
const SAME_INK = 20;
const MIN_TABS = 3;

/** Rows of pixels: those of the labels, and those where the mark of each is. */
export interface TabRows {
  readonly top: number;
  readonly bottom: number;
  readonly markY: number;
  readonly markHeight: number;
}

export interface LikelyTabs extends ProposedTabs {
  /** ΔE between the active one's mark and the others'. */
  readonly apart: number;
}

interface Label {
  readonly from: number;
  readonly to: number;
}

/**
 * The labels in a row, evenly spaced, of which one has another colour than all the others where their marks are: a box behind it, a
 * line below it, or a gap in the line below all of them.
 */
export function labelledTabs(image: ImageBuffer, rows: TabRows, scale: number): readonly LikelyTabs[] {
  if (rows.top < 0 || rows.markY + rows.markHeight > image.height) return [];
  const band = { x: 0, y: rows.top, width: image.width, height: rows.bottom - rows.top };
  const labels = columnGroups([inkedColumns(image, band)], LABEL.gap * scale).filter(
    ({ from, to }) => to - from >= LABEL.minWidth * scale,
  );
  return evenRuns(labels, scale).flatMap((run) => {
    const tabs = run.flatMap((label) => markedTab(image, rows, label) ?? []);
    return tabs.length < run.length ? [] : (withOneOdd(tabs) ?? []);
  });
}

/** As long as the room between them, or the way from middle to middle, is the same. */
function evenRuns(labels: readonly Label[], scale: number): readonly (readonly Label[])[] {
  const room = (a: Label, b: Label): number => b.from - a.to;
  const way = (a: Label, b: Label): number => (b.from + b.to - a.from - a.to) / 2;
  const runsBy = (measure: typeof room, uneven: number): readonly (readonly Label[])[] => {
    const runs: Label[][] = [];
    for (const label of labels) {
      const run = runs.at(-1);
      const [before, last] = [run?.at(-2), run?.at(-1)];
      const isNear = last !== undefined && room(last, label) <= LABEL.most * scale;
      const isEven =
        before === undefined || Math.abs(measure(last!, label) - measure(before, last!)) <= uneven * scale;
      if (isNear && isEven) run!.push(label);
      else runs.push(isNear ? [last, label] : [label]);
    }
    return runs.filter(({ length }) => length >= MIN_TABS);
  };
  return [...runsBy(room, UNEVEN.room), ...runsBy(way, UNEVEN.way)];
}

interface MarkedTab {
  readonly at: Rect;
  readonly mark: Rect;
  readonly color: Rgb;
  /** What differs most from that: the label's. */
  readonly ink: Rgb;
}

/** Null where the mark is not of one colour. */
function markedTab(
  image: ImageBuffer,
  { top, bottom, markY, markHeight }: TabRows,
  { from, to }: Label,
): MarkedTab | null {
  const width = to - from;
  const mark = { x: from + (width >> 2), y: markY, width: width >> 1, height: markHeight };
  const color = evenColor(image, mark);
  const at = { x: from, y: top, width, height: bottom - top };
  return color === null ? null : { at, mark, color, ink: farthest(image, at, color) };
}

function farthest({ data, width }: ImageBuffer, { x, y, width: columns, height }: Rect, from: Rgb): Rgb {
  let ink = from;
  let most = 0;
  for (let row = y; row < y + height; row++) {
    for (let p = 4 * (row * width + x); p < 4 * (row * width + x + columns); p += 4) {
      const apart =
        Math.abs(data[p] - from[0]) + Math.abs(data[p + 1] - from[1]) + Math.abs(data[p + 2] - from[2]);
      if (apart <= most) continue;
      most = apart;
      ink = [data[p], data[p + 1], data[p + 2]];
    }
  }
  return ink;
}

/** Null unless the mark of one has another colour than all the others, which are alike. */
function withOneOdd(tabs: readonly MarkedTab[]): LikelyTabs | null {
  const apart = Math.max(
    ...tabs.map(({ color }) => Math.max(deltaE(color, tabs[0].color), deltaE(color, tabs[1].color))),
  );
  const isLike = (a: MarkedTab, b: MarkedTab): boolean => deltaE(a.color, b.color) <= SAME * apart;
  const odd = tabs.find((tab) => tabs.filter((other) => isLike(tab, other)).length === 1);
  const others = tabs.filter((tab) => tab !== odd);
  if (apart < OTHER || odd === undefined) return null;
  if (!others.every((tab) => isLike(tab, others[0]) && deltaE(tab.ink, others[0].ink) <= SAME_INK))
    return null;
  return {
    tabs: tabs.map(({ at, mark }) => ({ at, mark, active: mark === odd.mark })),
    colors: { active: odd.color, inactive: others[0].color },
    apart,
  };
}
