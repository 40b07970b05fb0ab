import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** What the ink of a row differs from its ground by, levels. */
const INK_LEVELS = 24;
/** Columns of text nearer than this are one, and a list begins so far beside its first. CSS pixels. */
const GAP = 16;
const BESIDE = 8;
/** A column of a list has ink in this share of its rows: cells may be empty. */
const REPEATED_SHARE = 0.6;

/**
 * The columns that belong to the rows of a list: from the first to the last whose ink comes again in most of them. What stands beside
 * the list does not. All of them when nothing is beside, unless that is the page, whose margins are none of its lists'.
 */
export function rowColumns(
  image: ImageBuffer,
  rows: readonly Rect[],
  { scale, isPage }: Readonly<{ scale: number; isPage: boolean }>,
): Pick<Rect, 'x' | 'width'> {
  const inked = rows.map((row) => inkedColumns(image, row));
  const groups = columnGroups(inked, GAP * scale);
  const repeated = groups.filter((group) => group.rows >= REPEATED_SHARE * rows.length);
  const [first, last] = [repeated.at(0), repeated.at(-1)];
  if (first === undefined || last === undefined || (!isPage && repeated.length === groups.length)) {
    return rows[0];
  }
  const from = Math.max(0, first.from - BESIDE * scale);
  const to = Math.min(rows[0].width, last.to + BESIDE * scale);
  return { x: rows[0].x + Math.round(from), width: Math.round(to) - Math.round(from) };
}

/** Per column whether anything is drawn in it; what the row above and below differ by, the ends of the row, is not looked at. */
export function inkedColumns({ data, width }: ImageBuffer, row: Rect): readonly boolean[] {
  const [top, bottom] = [row.y + 3, row.y + row.height - 3];
  return Array.from({ length: row.width }, (_, i) => {
    for (let y = top + 1; y < bottom; y++) {
      const p = 4 * (y * width + row.x + i);
      for (let channel = 0; channel < 3; channel++) {
        if (Math.abs(data[p + channel] - data[p - 4 * width + channel]) > INK_LEVELS) return true;
      }
    }
    return false;
  });
}

/** Inked columns nearer to each other than `gap`, and in how many of the rows there is ink in them. */
export function columnGroups(inked: readonly (readonly boolean[])[], gap: number) {
  const groups: { from: number; to: number; rows: number }[] = [];
  for (let x = 0; x < (inked.at(0)?.length ?? 0); x++) {
    if (!inked.some((row) => row[x])) continue;
    const last = groups.at(-1);
    if (last !== undefined && x - last.to < gap) last.to = x + 1;
    else groups.push({ from: x, to: x + 1, rows: 0 });
  }
  return groups.map((group) => ({
    ...group,
    rows: inked.filter((row) => row.slice(group.from, group.to).includes(true)).length,
  }));
}
