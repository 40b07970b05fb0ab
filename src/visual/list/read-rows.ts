import type { Rect } from '../../core/index.js';
import type { ResolvedCalibration } from '../../calibration/index.js';
import { rowBands } from '../../probe/index.js';
import type { Look } from '../look.js';
import { openModalBoxes } from '../predicates/modal.js';
import type { Reach } from '../reach.js';
import type { RowBox } from './row-shift.js';
import { uncoveredSpans } from './uncovered-spans.js';
import { undimmed } from './undimmed.js';

/** The rows one frame shows of a list, viewport device pixels. */
export interface RowsReading {
  /** Whole rows, top to bottom. */
  readonly rows: readonly RowBox[];
  /** The list ends above its region's lower edge: nothing is hidden below. */
  readonly endsInside: boolean;
  /** `pixels`: found in the frame. `calibrated`: the frame did not say, the calibrated first row and pitch did. */
  readonly foundBy: 'pixels' | 'calibrated';
}

/** Narrower than this, what is left beside a popup says nothing about rows. */
const MIN_WIDTH = 80;
/** Levels by which the pixels of a place without a row may differ. */
const BLANK_LEVELS = 12;
/** How far the first row may stand from its calibrated place, as when a layout moved a little. */
const FIRST_ROW_SLACK = 8;

/**
 * Reads the list's rows from the frame; where the frame is unclear, from the calibrated first row and pitch. A look that
 * reaches for calibrated places takes those where there are any: rows of varying height have none.
 */
export function readRows(
  look: Look,
  calibration: ResolvedCalibration,
  name: string,
  reach: Reach = 'near',
): RowsReading {
  const isPlace = reach === 'place';
  return look.reading(`rows ${name} ${isPlace}`, () => {
    const { rect: region, rows: expected } = calibration.list(name);
    if (isPlace && expected.pitch !== null) return byPitch(look, region, expected);
    // Rows go from side to side, so those beside a popup tell of those below it.
    const popups = openModalBoxes(look, calibration);
    const spans = uncoveredSpans(region, popups);
    const [from, to] = [...spans].sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [region.x, region.x];
    if (to - from < MIN_WIDTH) return { rows: [], endsInside: false, foundBy: 'pixels' };
    const part = look.toImage({ ...region, x: from, width: to - from });
    const shown =
      popups.length === 0
        ? { image: look.image, region: part }
        : { image: undimmed(look.image, part), region: { ...part, x: 0, y: 0 } };
    const { minHeight, maxHeight } = expected;
    const { rows: bands } = rowBands(shown.image, { region: shown.region, minHeight, maxHeight });
    const top = region.y - shown.region.y;
    const found = bands.map(({ y, height, partial }) => ({ y: y + top, height, partial }));
    // What begins where the first row begins is whole, however short it looks next to the others.
    const isFirst = ({ y, height }: RowBox): boolean =>
      Math.abs(y - expected.first) <= FIRST_ROW_SLACK && height >= expected.minHeight;
    const whole = found.filter((row) => !row.partial || isFirst(row)).map(({ y, height }) => ({ y, height }));
    if (whole.length > 0) return { rows: whole, endsInside: endsInside(found, region), foundBy: 'pixels' };
    return byPitch(look, region, expected);
  });
}

function endsInside(bands: readonly (RowBox & { partial: boolean })[], region: Rect): boolean {
  const last = bands[bands.length - 1];
  return !last.partial && region.y + region.height - (last.y + last.height) > last.height / 2;
}

/** One tone, but for what codecs add. */
function isBlank(look: Look, row: Rect): boolean {
  const { x, y, width, height } = look.toImage(row);
  const luma = look.image.luma();
  const first = luma[y * look.image.width + x];
  for (let line = y; line < y + height; line++) {
    for (let at = line * look.image.width + x, end = at + width; at < end; at++) {
      if (Math.abs(luma[at] - first) > BLANK_LEVELS) return false;
    }
  }
  return true;
}

/** Calibrated places, as far as something is drawn in them. */
function byPitch(
  look: Look,
  region: Rect,
  { first, pitch }: Readonly<{ first: number; pitch: number | null }>,
): RowsReading {
  const places: RowBox[] = [];
  if (pitch !== null) {
    for (let y = first; y + pitch <= region.y + region.height; y += pitch) {
      places.push({ y: Math.round(y), height: Math.round(pitch) });
    }
  }
  const blank = places.findIndex((row) => isBlank(look, { ...row, x: region.x, width: region.width }));
  const rows = blank < 0 ? places : places.slice(0, blank);
  return { rows, endsInside: blank >= 0, foundBy: 'calibrated' };
}
