import { type Rect, center, containsPoint, intersect } from '../../core/index.js';
import type { ResolvedCalibration, ResolvedList } from '../../calibration/index.js';
import type { Look } from '../look.js';
import { type Reach, reachesRegion } from '../reach.js';
import { readRows } from '../list/read-rows.js';
import { type ComponentAction, rowActions } from '../list/row-actions.js';
import type { Action } from '../step.js';
import type { Aim, SentAction } from '../transition-record.js';

export type Target = { readonly state: 'ready'; readonly action: SentAction } | NotReady;

type Aimed = { readonly state: 'ready'; readonly aim: Aim } | NotReady;

type NotReady =
  /** It is there and takes no clicks now: worth waiting for. */
  | { readonly state: 'disabled'; readonly reason: string; readonly box: Rect }
  | { readonly state: 'missing'; readonly reason: string };

interface Locating {
  readonly look: Look;
  readonly calibration: ResolvedCalibration;
  readonly reach: Reach;
  readonly attempt: number;
}

/**
 * What to send, from this look: for what the pointer does, a calibrated point, or the action of a list's first row by the coloured component that
 * is drawn there now: at its calibrated place, in its calibrated columns, or in all of the list, as far as the look reaches. `attempt` counts from 1; later attempts go through the fallback points and then start again.
 * What is dragged goes to the primary point of where it is dropped. A wheel turns in the middle of its list; text and keys go where the focus is.
 */
export function locateTarget(act: Action, locating: Locating): Target {
  const { calibration } = locating;
  switch (act.kind) {
    case 'click':
    case 'hover':
    case 'drag': {
      const found = locateAim(act.target, locating);
      if (found.state !== 'ready') return found;
      const { aim } = found;
      if (act.kind !== 'drag') return { state: 'ready', action: { ...act, ...aim } };
      const { at } = calibration.point(act.to);
      return { state: 'ready', action: { kind: 'drag', ...aim, to: at, toTarget: act.to } };
    }
    case 'scroll': {
      const { rect } = calibration.list(act.list);
      const { x, y } = center(rect);
      const point = { x: Math.floor(x), y: Math.floor(y) };
      return { state: 'ready', action: { kind: 'scroll', target: act.list, point, by: act.by, box: rect } };
    }
    case 'type': {
      const text = act.secret ? null : act.text;
      return { state: 'ready', action: { kind: 'type', text, length: Array.from(act.text).length } };
    }
    case 'press':
      return { state: 'ready', action: { kind: 'press', key: act.key } };
  }
}

function locateAim(target: string, { look, calibration, attempt, reach }: Locating): Aimed {
  const list = target.endsWith('.action')
    ? calibration.lists.get(target.slice(0, -'.action'.length))
    : undefined;
  if (list?.action?.kind === 'component') {
    return locateRowAction(list, list.action, { look, calibration, reach });
  }
  const place = list?.action?.kind === 'point' ? list.action.point : calibration.point(target);
  const candidates = [place.at, ...place.fallbacks];
  const index = (attempt - 1) % candidates.length;
  const foundBy = index === 0 ? 'point' : 'fallback';
  return { state: 'ready', aim: { target, point: candidates[index], foundBy, box: null } };
}

/** The first row's place on the list, viewport pixels; null when the look shows no whole row. */
export function firstRow(
  look: Look,
  { calibration, reach }: Readonly<{ calibration: ResolvedCalibration; reach: Reach }>,
  name: string,
): Rect | null {
  const row = readRows(look, calibration, name, reach).rows.at(0);
  const { rect } = calibration.list(name);
  return row === undefined ? null : { x: rect.x, y: row.y, width: rect.width, height: row.height };
}

function locateRowAction(
  list: ResolvedList,
  action: ComponentAction,
  { look, calibration, reach }: Omit<Locating, 'attempt'>,
): Aimed {
  const row = firstRow(look, { calibration, reach }, list.name);
  if (row === null) return { state: 'missing', reason: 'no-row' };
  const region = reachesRegion(reach)
    ? list.rect
    : reach === 'place'
      ? intersect(action.rect, row)
      : action.rect;
  const { enabled, disabled } = rowActions(look, region, action);
  // A selected row may have a colour near the action's, and is found where all of the list is looked at.
  const isRow = ({ width }: Rect): boolean =>
    width >= ROW_SHARE * list.rect.width && 2 * action.rect.width < list.rect.width;
  const found = [...enabled, ...disabled].filter((box) => !isRow(box)).sort((a, b) => a.y - b.y);
  const top = found.at(0);
  if (top === undefined) return { state: 'missing', reason: 'no-action' };
  // Rows and actions are found independently: where they disagree about what is first, nothing is clicked.
  if (!containsPoint(row, center(top))) return { state: 'missing', reason: 'first-action-not-in-first-row' };
  // Beside its calibrated columns a row may have other things of that colour.
  if (reachesRegion(reach) && found.some((other) => other !== top && containsPoint(row, center(other)))) {
    return { state: 'missing', reason: 'several-actions-in-first-row' };
  }
  if (!enabled.includes(top)) return { state: 'disabled', reason: 'action-disabled', box: top };
  const middle = center(reach === 'place' ? region : top);
  const point = { x: Math.floor(middle.x), y: Math.floor(middle.y) };
  if (!containsPoint(top, point)) return { state: 'missing', reason: 'action-not-in-its-place' };
  const foundBy = FOUND_BY[reach];
  return { state: 'ready', aim: { target: `${list.name}.action`, point, foundBy, box: top } };
}

/** What goes so far from side to side is the row, unless its action is calibrated to be that wide. */
const ROW_SHARE = 0.9;

const FOUND_BY = { place: 'point', near: 'component', region: 'region', wide: 'region' } as const;
