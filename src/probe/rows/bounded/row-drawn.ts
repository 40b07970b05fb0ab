import { type Heights, isFarTooHigh, isTooHigh } from '../row-heights.js';
import { middle, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf, type Cell } from '../row-cell.js';
import { type Ground, apart } from '../profile/row-runs.js';
import { mayRepeat } from './row-repeated.js';
import {
  CLEAR,
  LINE_SHARE,
  SAME_ROOM,
  type Stretch,
  lineDistance,
  spaceAbove,
  spaceBelow,
  typicalHeight,
} from './row-stretches.js';

/** So many stretches of two backgrounds in turn are stripes. */
const FEWEST_STRIPES = 4;
/** A selected row, and one under the pointer, have a background of their own. */
const MOST_OTHERS = 2;
/** Backgrounds that differ by so much, times the noise, are one. Levels. */
const ALIKE = 1;
/** Whole rows in one stripe leave so little over. Pixels. */
const OFF = 1;
/** So many rows between lines are a list. */
const FEWEST_LINED = 2;
/** So many lines that nothing parts are rows. */
const FEWEST_FLAT = 5;
/** So many rows tell how much room two leave between their inks. */
const FEWEST_USUAL = 2;
/** Rows of one list are at most so many times as high as its lowest. */
const FAR_HIGHER = 5;

/**
 * The stretches that are rows for certain, of whatever height, because each boundary of the list is drawn: stripes, or rows of unequal
 * height between lines.
 */
export function drawnRows(
  profile: RowProfile,
  stretches: readonly Stretch[],
  heights: Heights,
): ReadonlySet<Stretch> {
  const inked = stretches.filter(({ clusters }) => clusters.length > 0);
  const rows = [...stripedRows(profile, inked, heights), ...linedRows(profile, inked)];
  const isHigh = (row: Stretch): boolean => isTooHigh(row.openBottom ? withoutRest(row) : row, heights);
  const low = rows.filter((row) => !row.openBottom && !isHigh(row));
  // On a dense screen all of them may be higher than expected.
  const usual = low.length >= FEWEST_USUAL ? low : rows.filter((row) => !row.openBottom && !row.openTop);
  return new Set(rows.filter((row) => !isHigh(row) || isParagraph(row, usual, heights)));
}

/** Whether its lines are nowhere as far apart as those of two rows, so that it is one, although it is higher than rows are expected to be. */
function isParagraph(row: Stretch, usual: readonly Stretch[], heights: Heights): boolean {
  const seen = row.openBottom ? withoutRest(row) : row;
  if (usual.length < FEWEST_USUAL || isFarTooHigh(seen, heights)) return false;
  const room = Math.min(...usual.map((other) => spaceAbove(other) + spaceBelow(other)));
  return row.clusters.slice(1).every(({ top }, i) => top - row.clusters[i].bottom < room - SAME_ROOM);
}

/** Down to its ink: what is below the last row is none of its height. */
function withoutRest(row: Stretch): Stretch {
  return { ...row, bottom: row.clusters[row.clusters.length - 1].bottom };
}

/**
 * Stretches that have one of two backgrounds in turn. None where these are groups of rows that nothing else parts: their lines repeat, or
 * one background is that of single rows, all alike, and each stretch of the other is as high as some of them.
 */
function stripedRows(profile: RowProfile, inked: readonly Stretch[], { least }: Heights): readonly Stretch[] {
  // A heading of another background, lower than rows are said to be, is none.
  const stripes = stripesOf(profile, inked).filter(
    (stripe) => stripe.openBottom || heightOf(stripe) >= least,
  );
  if (stripes.length < FEWEST_STRIPES) return [];
  const rows = stripes.filter(({ openBottom }) => !openBottom);
  const [evens, odds] = [0, 1].map((turn) => rows.filter((stripe) => inked.indexOf(stripe) % 2 === turn));
  if (areGroups(rows) || areSingle(evens, odds) || areSingle(odds, evens)) return [];
  const closed = rows.filter(({ openTop }) => !openTop).map(heightOf);
  const usual = middleOf([...closed]);
  const isRegular = 2 * closed.filter((height) => Math.abs(height - usual) <= OFF).length > closed.length;
  const isOne = (stripe: Stretch): boolean => {
    const { openTop, openBottom } = stripe;
    if (!isRegular || openTop === openBottom) return true;
    return openTop ? !goesUp(stripe, usual) : !goesOn(stripe, usual);
  };
  // What is in the place of a stripe, with another background, is the selected row.
  const isOther = (row: Stretch): boolean => !row.openTop && !row.openBottom && heightOf(row) >= least;
  const others = inked.filter((row) => !stripes.includes(row) && isOther(row));
  return [...stripes.filter(isOne), ...others];
}

/** Whether what nothing closes below goes on with rows that nothing parts: ink begins anew at each row's height, as far below it as in the first row. */
export function goesOn({ top, clusters }: Stretch, height: number): boolean {
  const room = clusters[0].top - top;
  const isRow = (ink: Cell, i: number): boolean => {
    const at = top + Math.floor((middle(ink) - top) / height) * height;
    const begins = i === 0 || middle(clusters[i - 1]) < at;
    const isIn = ink.top >= at && ink.bottom <= at + height;
    return isIn && (!begins || Math.abs(ink.top - at - room) <= SAME_ROOM);
  };
  return clusters[clusters.length - 1].top >= top + height && clusters.every(isRow);
}

/** The same of what nothing closes above, where the end cuts its first line or it is as high as two: in rows counted from its lower end ink begins as far below each one's top as in the last one. */
function goesUp({ top, bottom, clusters }: Stretch, height: number): boolean {
  const topOf = (ink: Cell): number => bottom - Math.ceil((bottom - middle(ink)) / height) * height;
  const first = clusters.find((ink) => topOf(ink) === bottom - height);
  const isRow = (ink: Cell, i: number): boolean => {
    const at = topOf(ink);
    const isIn = ink.top >= Math.max(at, top) && ink.bottom <= at + height;
    const begins = i === 0 || topOf(clusters[i - 1]) < at;
    // Of a row that the end cuts the first line may be gone.
    return (
      isIn && (!begins || at < top || Math.abs(ink.top - at - (first!.top - bottom + height)) <= SAME_ROOM)
    );
  };
  const areSeveral = clusters[0].top <= top || bottom - top >= 2 * height;
  return areSeveral && first !== undefined && first !== clusters[0] && clusters.every(isRow);
}

/** Those that have one of two backgrounds in turn; none where these are few, or others many. */
export function stripesOf(profile: RowProfile, inked: readonly Stretch[]): readonly Stretch[] {
  if (inked.slice(1).some(({ top }, i) => top !== inked[i].bottom)) return [];
  const grounds = inked.map((stretch) => groundOf(profile, stretch));
  const [one, other] = [0, 1].map((turn) => middleColour(grounds.filter((_, i) => i % 2 === turn)));
  const most = ALIKE * profile.noise;
  if (!(apart(one, other, profile.noise) > most)) return [];
  const isInTurn = (ground: Ground, i: number): boolean =>
    apart(ground, i % 2 === 0 ? one : other, profile.noise) <= most;
  const stripes = inked.filter((_, i) => isInTurn(grounds[i], i));
  return stripes.length < FEWEST_STRIPES || inked.length - stripes.length > MOST_OTHERS ? [] : stripes;
}

/** Whether these are all of one height, which may be a fraction off, of which each of the others is a multiple, and not all the same. */
function areSingle(these: readonly Stretch[], others: readonly Stretch[]): boolean {
  if (these.length === 0) return false;
  const height = heightOf(these[0]);
  const times = others.map((other) => Math.round(heightOf(other) / height));
  return (
    times.some((each) => each > 1) &&
    these.every((each) => Math.abs(heightOf(each) - height) <= OFF) &&
    others.every(
      (other, i) =>
        times[i] >= 1 &&
        Math.abs(heightOf(other) - times[i] * height) <= OFF * times[i] &&
        mayRepeat(other, times[i], these),
    )
  );
}

/**
 * Stretches of unequal height between lines, too strong for a JPEG to swallow one, and not multiples of the lowest, and what is below
 * the last line where its own lines are as close as those of the others. None where they are groups.
 */
function linedRows({ noise }: RowProfile, inked: readonly Stretch[]): readonly Stretch[] {
  const rows = inked.filter(({ openBottom }) => !openBottom);
  const isDrawn = rows.every(({ strength }) => strength >= CLEAR * noise) && areLined(rows);
  const isFlat = inked.some((row) => row.openBottom && goesOnFlat(row, rows));
  const isList = rows.length >= FEWEST_LINED && !isFlat && !rows.some((row) => holdsSeveral(row, rows));
  if (!isDrawn || !isList || areGroups(rows)) return [];
  const least = Math.min(...rows.map(heightOf));
  const isMultiple = (row: Stretch): boolean =>
    Math.abs(heightOf(row) - Math.round(heightOf(row) / least) * least) <= OFF;
  const isSwallowed = noise > 1 && rows.every(isMultiple);
  if (isSwallowed || typicalHeight(rows)?.regular === true) return [];
  const within = Math.max(...rows.flatMap(lineDistances));
  return inked.filter(
    (row) => !row.openBottom || lineDistances(row).every((distance) => distance <= within + OFF),
  );
}

/** Whether lines bound them, but for a selected row and one under the pointer, and where their neighbours meet these. */
function areLined(rows: readonly Stretch[]): boolean {
  const others = rows.filter(({ lined }) => !lined);
  const own = others.filter(({ byLine }) => !byLine);
  return (
    own.length <= MOST_OTHERS &&
    others.length <= 3 * Math.max(1, own.length) &&
    (others.length === 0 || rows.length - others.length >= FEWEST_LINED)
  );
}

/**
 * Whether it is so much higher than the lowest row of the list that it holds several, or its lines repeat at the height of that:
 * above or below a selection, within the list's border.
 */
export function holdsSeveral(stretch: Stretch, rows: readonly Stretch[]): boolean {
  const lowest = rows.reduce((a, b) => (heightOf(b) < heightOf(a) ? b : a), stretch);
  if (heightOf(stretch) > FAR_HIGHER * heightOf(lowest)) return true;
  const distances = lineDistances(stretch);
  // Two lines may be of one row, which is as high as two only by chance.
  const isTwice = distances.length === 1 && Math.abs(heightOf(stretch) - 2 * heightOf(lowest)) <= OFF;
  return (
    (distances.length > 1 || isTwice) &&
    distances.every((distance) => Math.abs(distance - heightOf(lowest)) <= OFF) &&
    stretch.clusters.every((ink) => heightOf(ink) <= heightOf(lowest.clusters[0]) + SAME_ROOM)
  );
}

/** Whether many lines that nothing parts are as far apart as the lowest row is high, but for what letters and icons make: only the selected row has lines. */
function goesOnFlat(stretch: Stretch, rows: readonly Stretch[]): boolean {
  const clusters = stretch.clusters.filter(({ bottom }) => bottom < stretch.bottom);
  if (clusters.length < FEWEST_FLAT) return false;
  const least = Math.min(...rows.map(heightOf));
  const isEven = lineDistances({ clusters }).every((distance) => Math.abs(distance - least) <= SAME_ROOM);
  return isEven && Math.abs(lineDistance(clusters) - least) <= OFF;
}

function lineDistances({ clusters }: Pick<Stretch, 'clusters'>): number[] {
  return clusters.slice(1).map((ink, i) => middle(ink) - middle(clusters[i]));
}

/**
 * Whether most of those with several lines are rows that nothing parts: the lines repeat from end to end, with room for most of another
 * between them, as those of a paragraph have not.
 */
function areGroups(stretches: readonly Stretch[]): boolean {
  const repeats = (stretch: Stretch): boolean => {
    const { clusters } = stretch;
    const pitch = lineDistance(clusters);
    const isAt = (ink: Cell, i: number): boolean =>
      Math.abs(middle(ink) - middle(clusters[0]) - i * pitch) <= SAME_ROOM;
    const isFilled = Math.abs(clusters.length * pitch - heightOf(stretch)) <= pitch / 4;
    return isFilled && clusters.every(isAt) && LINE_SHARE * Math.max(...clusters.map(heightOf)) <= pitch;
  };
  const several = stretches.filter(({ clusters }) => clusters.length > 1);
  return 2 * several.filter(repeats).length > several.length;
}

/** The background that most of its pixel rows have. */
export function groundOf({ red, green, blue }: RowProfile, { top, bottom }: Cell): Ground {
  const rows = Array.from({ length: bottom - top }, (_, i) => top + i);
  return middleColour(rows.map((y) => ({ red: red[y], green: green[y], blue: blue[y] })));
}

function middleColour(colours: readonly Ground[]): Ground {
  const [red, green, blue] = (['red', 'green', 'blue'] as const).map((channel) =>
    middleOf(colours.map((colour) => colour[channel])),
  );
  return { red, green, blue };
}
