import { type Rect, area, containsRect, enclosing, overlaps, sizeRect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type RowBand, rowBands } from '../../probe/row-bands.js';
import type { FlatPart } from './flat-parts.js';
import { withOpenEnds } from './open-ends.js';
import { rowColumns } from './row-columns.js';
import { type RowLimits, strokeColumns } from './row-strokes.js';
import { withoutHeadings } from './without-headings.js';

export interface ProposedList {
  readonly rect: Rect;
  /** The rows that no end of it cuts off. */
  readonly full: readonly Rect[];
  readonly rows: {
    readonly first: number;
    readonly pitch: number | null;
    readonly minHeight: number;
    readonly maxHeight: number;
  };
}

type Limits = RowLimits & { readonly alike?: number };

/** A list, not a form: fewer rows repeat by chance. */
const MIN_ROWS = 3;
/** Rows are alike whose heights differ by no more than this share: of one line and of two. */
const ALIKE = 0.4;
/** Between drawn boundaries rows may be so much higher than others, when there are so many, and so many more than are alike: one is a heading. */
const UNEVEN = { times: 3, minRows: 4, more: 2 };
const MAX_LISTS = 4;
/** CSS pixels. */
const ROW = { minHeight: 14, maxHeight: 160, minWidth: 100 };
const PANEL = { width: 160, height: 80 };

/**
 * The lists of a picture, greatest first, none over another: where the boundaries of rows are drawn, between the columns these begin and end
 * at; elsewhere, in each panel and on the page, the rows by their ink, between the columns whose ink comes again in
 * row after row. `scale`: device pixels of a CSS pixel. Cost: the row bands of each place that may be a list, 10 to 50 ms each.
 */
export function findLists(
  image: ImageBuffer,
  parts: readonly FlatPart[],
  scale: number,
): readonly ProposedList[] {
  const limits: RowLimits = {
    minHeight: ROW.minHeight * scale,
    maxHeight: ROW.maxHeight * scale,
    minWidth: ROW.minWidth * scale,
  };
  const panels = parts
    .filter(({ width, height }) => width >= PANEL.width * scale && height >= PANEL.height * scale)
    .sort((a, b) => area(a) - area(b));
  const lists: ProposedList[] = [];
  /** To the end of its panel, when more rows follow there: of flat rows only the sides of one that is selected are drawn. */
  const goingOn = (list: ProposedList): ProposedList => {
    const { rect, full } = list;
    const panel = panels.find((each) => containsRect(each, rect)) ?? sizeRect(image);
    const region = { ...rect, height: panel.y + panel.height - rect.y };
    const further = bodyIn(image, region, limits, scale).find((each) => each.full[0].y === full[0].y);
    return further !== undefined && further.full.length > full.length + 1 ? further : list;
  };
  const isFree = (rect: Rect): boolean => lists.every((list) => !overlaps(list.rect, rect));
  const drawn = strokeColumns(parts, limits, scale)
    .flatMap((column) => {
      const region = withOpenEnds(image, column);
      const even = bodyIn(image, region, limits, scale).map(goingOn);
      const uneven = bodyIn(image, region, { ...limits, alike: UNEVEN.times - 1 }, scale);
      const least = Math.max(UNEVEN.minRows, (even.at(0)?.full.length ?? 0) + UNEVEN.more);
      return uneven.some(({ full }) => full.length >= least) ? uneven : even;
    })
    .sort((a, b) => area(b.rect) - area(a.rect));
  for (const list of drawn) if (isFree(list.rect)) lists.push(list);
  for (const panel of [...panels, sizeRect(image)]) {
    if (!isFree(panel)) continue;
    const isPage = panel.width === image.width;
    for (const { rect, full } of bodyIn(image, panel, limits, scale)) {
      const columns = rowColumns(image, full, { scale, isPage });
      lists.push(...bodyIn(image, { ...rect, ...columns }, limits, scale));
    }
  }
  return lists.slice(0, MAX_LISTS);
}

/** The list in a region, without what stands above its first row and below its last one. */
function bodyIn(image: ImageBuffer, region: Rect, limits: Limits, scale: number): ProposedList[] {
  return listIn(image, region, limits).flatMap((list) => {
    const [rows, { rect }] = [withoutHeadings(image, list.full, scale), list];
    if (rows.length === list.full.length) return [list];
    const y = rows[0] === list.full[0] ? rect.y : rows[0].y;
    const end =
      rows.at(-1) === list.full.at(-1)
        ? rect.y + rect.height
        : rows[rows.length - 1].y + rows[rows.length - 1].height;
    return bodyIn(image, { ...rect, y, height: end - y }, limits, scale);
  });
}

/** The longest run of rows that meet and are alike, with those that an end of the list cuts off; none or one. */
function listIn(
  image: ImageBuffer,
  region: Rect,
  { minHeight, maxHeight, alike = ALIKE }: Limits,
): ProposedList[] {
  const { rows } = rowBands(image, { region, minHeight, maxHeight });
  let run: RowBand[] = [];
  let longest: RowBand[] = [];
  for (const row of rows.filter(({ partial }) => !partial)) {
    const last = run.at(-1);
    const isAlike = last !== undefined && Math.abs(last.height - row.height) <= alike * last.height;
    run = isAlike && meet(last, row) ? [...run, row] : [row];
    if (run.length > longest.length) longest = run;
  }
  if (longest.length < MIN_ROWS) return [];
  const heights = longest.map(({ height }) => height);
  const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
  const cut = rows.filter(
    (row) => row.height < lowest && (meet(row, longest[0]) || meet(longest[longest.length - 1], row)),
  );
  const across = ({ y, height }: RowBand): Rect => ({ x: region.x, y, width: region.width, height });
  const full = longest.map(across);
  const rect = enclosing([...full, ...cut.map(across)]);
  const spelled = { minHeight: Math.floor(lowest * 0.8), maxHeight: Math.ceil(highest * 1.2) };
  // Measured again as the calibration's readers will: in this region, with these heights.
  const again = rowBands(image, { region: rect, ...spelled });
  const seen = again.rows.filter(({ partial, y }) => !partial || y <= rect.y + 1);
  if (seen.length < MIN_ROWS) return [];
  return [{ rect, full, rows: { first: seen[0].y, pitch: again.pitch, ...spelled } }];
}

const meet = (above: RowBand, below: RowBand): boolean => Math.abs(above.y + above.height - below.y) <= 1;
