import type { Rect } from '../core/index.js';
import type { ResolvedCalibration } from '../calibration/index.js';
import { rowBands } from '../probe/index.js';
import type { Look } from './look.js';
import { openModalBoxes } from './predicates/modal.js';
import type { RowBox } from './row-shift.js';
import { uncoveredSpans } from './uncovered-spans.js';

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
/** How far the first row may stand from its calibrated place, as when a layout moved a little. */
const FIRST_ROW_SLACK = 8;

/** Reads the list's rows from the frame; where the frame is unclear, from the calibrated first row and pitch. */
export function readRows(look: Look, calibration: ResolvedCalibration, name: string): RowsReading {
  return look.reading(`rows ${name}`, () => {
    const { rect: region, rows: expected } = calibration.list(name);
    // Rows go from side to side, so those beside a popup tell of those below it.
    const spans = uncoveredSpans(region, openModalBoxes(look, calibration));
    const [from, to] = [...spans].sort((a, b) => b[1] - b[0] - (a[1] - a[0]))[0] ?? [region.x, region.x];
    if (to - from < MIN_WIDTH) return { rows: [], endsInside: false, foundBy: 'pixels' };
    const { rows: bands } = rowBands(look.image, {
      region: look.toImage({ ...region, x: from, width: to - from }),
      minHeight: expected.minHeight,
      maxHeight: expected.maxHeight,
    });
    const found = bands.map(({ y, height, partial }) => ({ y: y + look.rect.y, height, partial }));
    // What begins where the first row begins is whole, however short it looks next to the others.
    const isFirst = ({ y, height }: RowBox): boolean =>
      Math.abs(y - expected.first) <= FIRST_ROW_SLACK && height >= expected.minHeight;
    const whole = found.filter((row) => !row.partial || isFirst(row)).map(({ y, height }) => ({ y, height }));
    if (whole.length > 0) return { rows: whole, endsInside: endsInside(found, region), foundBy: 'pixels' };
    return { rows: byPitch(region, expected), endsInside: false, foundBy: 'calibrated' };
  });
}

function endsInside(bands: readonly (RowBox & { partial: boolean })[], region: Rect): boolean {
  const last = bands[bands.length - 1];
  return !last.partial && region.y + region.height - (last.y + last.height) > last.height / 2;
}

function byPitch(
  region: Rect,
  { first, pitch }: Readonly<{ first: number; pitch: number | null }>,
): readonly RowBox[] {
  if (pitch === null) return [];
  const rows: RowBox[] = [];
  for (let y = first; y + pitch <= region.y + region.height; y += pitch) {
    rows.push({ y: Math.round(y), height: Math.round(pitch) });
  }
  return rows;
}
