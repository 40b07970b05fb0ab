import { EDGE_SLACK, type Cell, heightOf } from '../row-cell.js';
import { type InkCluster, inkLines } from '../profile/row-clusters.js';
import type { Member, RowGroups } from './row-groups.js';
import { middleOfMarks } from './row-beside.js';
import {
  FRINGE,
  LINE_HEIGHT,
  baseline,
  bodyMiddle,
  median,
  middle,
  mostInk,
  withoutDirt,
} from '../profile/row-ink.js';
import { LETTERS } from './row-uneven.js';
import type { RowProfile } from '../profile/row-profile.js';

/** A place where one row ends and the next begins, and how far the grid may be moved to meet it. */
export interface Anchor {
  readonly y: number;
  readonly within: number;
  /** By so much of the ink's height where it is the first or the last row's: the middle of letters is not the row's. */
  readonly lean: number;
}

/** So many rows fill a region by no chance, and so few have a pitch that is not known exactly. */
const FEWEST_FILLING = 4;
const FEW_FILLING = 6;
/** The first and the last of these lines are as far apart as their rows, but for this share of one. */
const SPAN = 0.13;
/** Letters are off their middle by this share of a row, in pixels. */
const LOWER = { least: 4, share: 0.15, most: 8 };
/** However high the ink of rows is, letters move its middle by no more. Pixels. */
const MOST_LEAN = 4;
/** Of the rows, this share has the same icon or button. */
const FRAMED = 0.8;
/** Rows off an even grid by more than letters explain are of unequal height; fewer rows do not tell. Pixels. */
const UNEVEN = 0.8;
const FEWEST_UNEVEN = 4;
/** A list's border lies this near to the end of the region; what it cuts is this much lower than any other. */
const BORDER = 8;
const CUT = 0.7;
/** So many empty rows are no gap between groups. */
const STRAY = 3;
/** Of so few, none is stray. */
const FEW = 3;

/**
 * Rows of the ink groups of a stretch on the grids of one pitch, each cell centred on what most of them have in common. What the
 * stretch's end cuts says nothing of the place: its row is the one beside the others.
 */
export function placeRows(
  profile: RowProfile,
  groups: readonly InkCluster[],
  {
    pitch,
    anchor,
    stretch,
    grouped,
  }: {
    readonly pitch: number;
    readonly anchor?: Anchor;
    readonly stretch: Cell;
    readonly grouped?: RowGroups;
  },
): Cell[] {
  const place = (inks: readonly InkCluster[]): Cell[] =>
    chains(withoutStray(inks, pitch), pitch).flatMap((chain) => placeChain(profile, chain, pitch, anchor));
  const uncut = uncutInks(groups, stretch);
  const cells = grouped === undefined ? place(uncut) : placeGroups(profile, grouped, { anchor, stretch });
  if (cells.length === 0) return place(groups);
  const [first, last] = [cells[0].top, cells[cells.length - 1].bottom];
  const beside = [
    { top: Math.round(first - pitch), bottom: first },
    { top: last, bottom: Math.round(last + pitch) },
  ];
  const cut = groups.filter((ink) => !uncut.includes(ink));
  const ends = beside.filter((cell) =>
    cut.some(({ top, bottom }) => top >= cell.top - 1 && bottom <= cell.bottom + 1),
  );
  return ends.length < cut.length ? place(groups) : [...cells, ...ends].sort((a, b) => a.top - b.top);
}

/**
 * Without ink that the end of its stretch cuts through, or the list's own border a few pixels before it, or between its lines: that is
 * nearer to the end than the others are high, and lower than all of them.
 */
export function uncutInks(inks: readonly InkCluster[], stretch: Cell): InkCluster[] {
  return inks.filter((ink) => {
    const room = Math.min(ink.top - stretch.top, stretch.bottom - ink.bottom);
    if (room <= 0) return false;
    const others = inks.filter((other) => other !== ink).map(heightOf);
    const lacks = others.length === 0 ? 0 : Math.min(...others) - heightOf(ink);
    return room > Math.max(BORDER, lacks) || others.some((height) => heightOf(ink) >= CUT * height);
  });
}

/** A row this far off a multiple of the pitch belongs to another grid. */
export function tolerance(pitch: number): number {
  return Math.max(4, 0.15 * pitch);
}

/** Rows on one grid; a group heading or a wider gap starts the next one. */
function chains(groups: readonly InkCluster[], pitch: number): Member[][] {
  const result: Member[][] = [];
  let chain: Member[] = [];
  for (const ink of groups) {
    const last = chain.at(-1);
    const distance = last === undefined ? 0 : middle(ink) - middle(last.ink);
    const times = Math.round(distance / pitch);
    if (last !== undefined && times >= 1 && Math.abs(distance - times * pitch) <= tolerance(pitch)) {
      chain.push({ index: last.index + times, ink });
    } else {
      chain = [{ index: 0, ink }];
      result.push(chain);
    }
  }
  return result;
}

/** The pitch at which rows fill the region, as those of a drop-down list do; of a few it is not known exactly. Null where they do not. */
function fillingPitch(profile: RowProfile, chain: readonly Member[], pitch: number): number | null {
  const [first, last] = [chain[0], chain[chain.length - 1]];
  const { height } = profile;
  const count = last.index + 1;
  const off = Math.abs(count * pitch - height);
  const areEven = Math.abs(first.ink.top - (height - last.ink.bottom)) <= LETTERS + pitch / 4;
  const span = baseline(profile, last.ink) - baseline(profile, first.ink);
  const isSpan = Math.abs(span - (last.index * height) / count) <= Math.max(EDGE_SLACK, SPAN * pitch);
  const isFilled = off <= 1 || (count <= FEW_FILLING && off <= count && areEven && isSpan);
  return chain.length >= FEWEST_FILLING && chain.length === count && isFilled ? height / count : null;
}

/** Without what lies far below the last row: a label over the list's end, which tells how many rows there are. */
function withoutStray(inks: readonly InkCluster[], pitch: number): readonly InkCluster[] {
  if (inks.length <= FEW) return inks;
  const [before, last] = inks.slice(-2);
  return middle(last) - middle(before) > STRAY * pitch ? inks.slice(0, -1) : inks;
}

function placeChain(
  profile: RowProfile,
  chain: readonly Member[],
  pitch: number,
  anchor: Anchor | undefined,
): Cell[] {
  const shifts = commonShifts(profile, chain, pitch);
  const spread = Math.sqrt(shifts.reduce((sum, shift) => sum + shift * shift, 0) / shifts.length);
  if (chain.length >= FEWEST_UNEVEN && spread > UNEVEN) {
    const home = median(chain.map(({ index, ink }) => middle(ink) - index * pitch));
    return between(chain.map(({ index }, i) => home + index * pitch + shifts[i]));
  }
  return placeOnGrid(profile, chain, pitch, anchor);
}

function placeOnGrid(
  profile: RowProfile,
  chain: readonly Member[],
  pitch: number,
  hint: Anchor | undefined,
): Cell[] {
  const beside = middleOfMarks(profile, chain, pitch);
  const few = chain.length < 3;
  const highest = highestOf(chain);
  const framed = isFramed(profile, highest);
  // A picture is where it is.
  const isPicture = framed && chain.every(({ ink }) => isOnePiece(profile, ink));
  const isLetters = beside === null && !isPicture;
  const filling = isLetters ? fillingPitch(profile, chain, pitch) : null;
  const within = Math.min(LOWER.most, Math.max(LOWER.least, LOWER.share * pitch));
  const anchor = filling === null ? hint : { y: 0, within, lean: 0 };
  const plain = few || framed;
  const rough = median(
    (framed ? highest : chain).map(
      ({ index, ink }) => (few ? bodyMiddle(profile, ink) : middle(ink)) - index * pitch,
    ),
  );
  const home = beside ?? rough + (plain ? 0 : commonMiddle(profile, chain, { pitch, rough }));
  let top = home - pitch / 2;
  if (anchor !== undefined) {
    const { index, ink } = chain[chain.length - 1];
    // Below headings the last rows are not whole rows from the first.
    const off = anchor.y - top - (anchor.y > ink.top ? index : 0) * pitch;
    const times = Math.round(off / pitch);
    const shift = off - times * pitch;
    const isAtEnd = times === (anchor.y > ink.top ? 1 : 0);
    const height = median(chain.map(({ ink }) => ink.bottom - ink.top));
    const lean = Math.min(MOST_LEAN, anchor.lean * height);
    const letters = isPicture ? 0 : beside === null ? lean : Math.min(EDGE_SLACK, lean);
    if (Math.abs(shift) <= Math.max(anchor.within, isAtEnd ? letters : 0)) top += shift;
  }
  const step = filling ?? pitch;
  return chain.map(({ index }) => ({
    top: Math.round(top + index * step),
    bottom: Math.round(top + (index + 1) * step),
  }));
}

/** Each row where it lies from the first one; a heading has what its neighbours leave, and at an end as much room on both sides. */
function placeGroups(
  profile: RowProfile,
  { pitch, rows, headings }: RowGroups,
  { anchor, stretch }: { readonly anchor: Anchor | undefined; readonly stretch: Cell },
): Cell[] {
  const [first, last] = [rows[0].ink, rows[rows.length - 1].ink];
  const isBeyond = ({ top }: InkCluster): boolean =>
    anchor !== undefined && (anchor.y <= first.top ? top < first.top : top > last.top);
  const cells = placeOnGrid(profile, rows, pitch, headings.some(isBeyond) ? undefined : anchor);
  const placed = headings.map((ink) => {
    const above = rows.findLastIndex((row) => row.ink.top < ink.top);
    const [top, bottom] = [cells.at(above)?.bottom, cells.at(above + 1)?.top];
    const over = above < 0 ? bottom! - ink.bottom : ink.top - top!;
    const under = above + 1 === cells.length ? over : bottom! - ink.bottom;
    return {
      top: Math.max(stretch.top, Math.round(ink.top - over)),
      bottom: Math.min(stretch.bottom, Math.round(ink.bottom + under)),
    };
  });
  return [...cells, ...placed].sort((a, b) => a.top - b.top);
}

/**
 * How far each row lies off an even grid by its top, its bottom and its first baseline alike: letters move one or two of them, height
 * all.
 */
function commonShifts(profile: RowProfile, chain: readonly Member[], pitch: number): number[] {
  const measures = [
    ({ top }: InkCluster) => top,
    ({ bottom }: InkCluster) => bottom,
    (ink: InkCluster) => baseline(profile, ink),
  ];
  const shifts = measures.map((measure) => {
    const places = chain.map(({ index, ink }) => measure(ink) - index * pitch);
    const usual = median([...places]);
    return places.map((place) => place - usual);
  });
  return chain.map((_, i) => {
    const own = shifts.map((shift) => shift[i]);
    const isOneWay = own.every((shift) => shift > 0) || own.every((shift) => shift < 0);
    return isOneWay ? own.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a)) : 0;
  });
}

/** Cells that meet halfway between the middles of rows of unequal height. */
function between(middles: readonly number[]): Cell[] {
  const last = middles.length - 1;
  return middles.map((at, i) => {
    const above = i === 0 ? middles[1] - at : at - middles[i - 1];
    const below = i === last ? at - middles[last - 1] : middles[i + 1] - at;
    return { top: Math.round(at - above / 2), bottom: Math.round(at + below / 2) };
  });
}

/** The rows whose ink is as high as that of the highest, where most are, and the others lower by more than letters are: these lack a picture. */
function highestOf(chain: readonly Member[]): readonly Member[] {
  const most = Math.max(...chain.map(({ ink }) => heightOf(ink)));
  const isHighest = ({ ink }: Member): boolean => heightOf(ink) >= most - 1;
  const highest = chain.filter(isHighest);
  const areClear = chain.every((row) => isHighest(row) || heightOf(row.ink) < most - LETTERS);
  return areClear && highest.length > 2 && 2 * highest.length > chain.length ? highest : chain;
}

/** True when icons or buttons, not letters, are the highest and the lowest ink: they are at one place in every row. */
function isFramed(profile: RowProfile, chain: readonly Member[]): boolean {
  const { left, right } = profile;
  const boxes = chain.map(({ ink }) => withoutDirt(profile, ink));
  return [boxes.map(({ top }) => top), boxes.map(({ bottom }) => bottom - 1)].every((lines) =>
    [left, right].some((side) => inOneColumn(lines.map((y) => side[y]))),
  );
}

/** Higher than a line of text, and no lines: there is ink at every height. */
function isOnePiece(profile: RowProfile, ink: InkCluster): boolean {
  if (ink.bottom - ink.top <= LINE_HEIGHT) return false;
  const least = FRINGE * mostInk(profile, ink);
  const { top, bottom } = withoutDirt(profile, ink);
  return profile.ink.subarray(top, bottom).every((count) => count >= least);
}

function inOneColumn(columns: readonly number[]): boolean {
  const usual = median([...columns]);
  return columns.filter((x) => Math.abs(x - usual) <= 1).length >= FRAMED * columns.length;
}

/**
 * How far the middle of the ink that at least half of the rows share lies from the rough middle: ascenders and
 * descenders come and go from row to row, the letters' bodies, icons and buttons stay.
 */
function commonMiddle(
  profile: RowProfile,
  chain: readonly Member[],
  { pitch, rough }: { readonly pitch: number; readonly rough: number },
): number {
  const { ink } = profile;
  const half = Math.ceil(pitch / 2);
  const share = new Uint16Array(2 * half + 1);
  for (const { index, ink: box } of chain) {
    const center = rough + index * pitch;
    // Line by line: a short last line has little of the ink of a full one.
    for (const { top, bottom } of inkLines(profile, box)) {
      const least = FRINGE * mostInk(profile, { top, bottom });
      for (let y = top; y < bottom; y++) {
        const at = Math.round(y + 0.5 - center) + half;
        if (at >= 0 && at < share.length && ink[y] >= least) share[at]++;
      }
    }
  }
  let first = -1;
  let last = -1;
  for (let at = 0; at < share.length; at++) {
    if (2 * share[at] < chain.length) continue;
    if (first < 0) first = at;
    last = at;
  }
  return first < 0 ? 0 : (first + last) / 2 - half;
}
