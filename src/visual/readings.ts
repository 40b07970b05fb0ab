import type { Rect } from '../core/index.js';
import { type ResolvedCalibration, noSuchName } from '../calibration/index.js';
import { signature } from '../probe/index.js';
import type { Truth } from './judgement.js';
import type { Look } from './look.js';
import { judgeListEmpty } from './predicates/list-empty.js';
import { judgeMark, judgeSwatch } from './predicates/mark.js';
import { readCounter } from './list/read-counter.js';
import { readRows } from './list/read-rows.js';
import { rowActions } from './list/row-actions.js';

/**
 * What one frame shows, read when it is asked for and kept. Nothing in it looks again: a value is of that frame however late
 * it is read. Errors of each: PXP_CALIBRATION_NAME for a name the calibration lacks.
 */
export interface Readings {
  /** Names of the tabs whose marks show: one, none or several. */
  readonly tabs: readonly string[];
  /** Names of the modals whose marks show. */
  readonly modals: readonly string[];
  /** The whole rows of a list, top to bottom. */
  rows(list: string): readonly RowReading[];
  /** The actions of a list's rows, top to bottom, by their colours within their columns, those of cut rows too. The list has to have such. */
  actions(list: string): readonly ActionReading[];
  /** Whether the list shows no rows: `holds`, `fails` or `unsure`. */
  isEmpty(list: string): Truth;
  /** The number a counter shows, null where it cannot be told. */
  counter(name: string): number | null;
  /** The state a swatch is in, null when none of its states explains it. */
  swatch(name: string): string | null;
  /** What tells a region's picture from another: a label that was renamed has another one. 64 hex digits, of the exact pixels. */
  signature(region: string): string;
}

export interface RowReading {
  /** Viewport device pixels. */
  readonly rect: Rect;
  /** Of the columns that tell rows apart: rows of one signature look the same. 16 hex digits of a 64-bit difference hash. */
  readonly signature: string;
}

export interface ActionReading {
  /** Its coloured component, viewport device pixels. */
  readonly rect: Rect;
  readonly state: 'enabled' | 'disabled';
}

export function readingsOf(now: Look, calibration: ResolvedCalibration): Readings {
  const showing = (marked: ResolvedCalibration['tabs'] | ResolvedCalibration['modals']): readonly string[] =>
    [...marked.values()].filter(({ mark }) => judgeMark(now, mark).truth === 'holds').map(({ name }) => name);
  return {
    get tabs() {
      return now.reading('showing tabs', () => showing(calibration.tabs));
    },
    get modals() {
      return now.reading('showing modals', () => showing(calibration.modals));
    },
    rows: (name) =>
      now.reading(`row readings ${name}`, () => {
        const { rect, identity } = calibration.list(name);
        const { x, width } = identity ?? rect;
        return readRows(now, calibration, name).rows.map(({ y, height }) => ({
          rect: { x: rect.x, y, width: rect.width, height },
          signature: signature(now.image, { region: now.toImage({ x, y, width, height }) }).dhash,
        }));
      }),
    actions: (name) =>
      now.reading(`action readings ${name}`, () => {
        const { action } = calibration.list(name);
        if (action?.kind !== 'component') throw noColouredAction(name, calibration);
        const { enabled, disabled } = rowActions(now, action.rect, action);
        const as = (state: ActionReading['state']) => (rect: Rect) => ({ rect, state });
        return [...enabled.map(as('enabled')), ...disabled.map(as('disabled'))].sort(
          (a, b) => a.rect.y - b.rect.y,
        );
      }),
    isEmpty: (name) => judgeListEmpty({ now, calibration }, name).truth,
    counter: (name) => readCounter(now, calibration, name).value,
    swatch(name) {
      const calibrated = calibration.swatch(name);
      const states = Object.keys(calibrated.states);
      return states.find((state) => judgeSwatch(now, calibrated, state).truth === 'holds') ?? null;
    },
    signature: (name) =>
      now.reading(
        `signature ${name}`,
        () => signature(now.image, { region: now.toImage(calibration.region(name)) }).sha256,
      ),
  };
}

function noColouredAction(name: string, { name: calibration, lists }: ResolvedCalibration): Error {
  const names = [...lists.values()]
    .filter(({ action }) => action?.kind === 'component')
    .map((list) => list.name);
  return noSuchName(name, { calibration, section: 'lists.*.action.enabled', names });
}
