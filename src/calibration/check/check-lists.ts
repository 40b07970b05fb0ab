import { type Rect, enclosing, inflate, intersect, sizeRect, translate } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Component, components } from '../../probe/components.js';
import { rowBands } from '../../probe/row-bands.js';
import { type Assumption, MOVED_PX, placeMargin } from './assumption.js';
import { type MeasureOptions, measureEdges } from '../measure/measure-edges.js';
import type { ResolvedAction, ResolvedList } from '../resolved-calibration.js';

type How = Pick<MeasureOptions, 'reach' | 'predict'>;
type ComponentAction = Extract<ResolvedAction, { kind: 'component' }>;

/**
 * A list's first row and pitch, by its row bands, and the coloured components of its action, which have to lie in their
 * columns. A list shows when an action of it does, or without coloured actions when two rows do; else, and where `optional`,
 * both are `not-visible`.
 */
export function checkList(
  image: ImageBuffer,
  {
    list,
    optional,
    topShows,
    ...how
  }: Readonly<{ list: ResolvedList; optional: boolean; topShows: boolean }> & How,
): readonly Assumption[] {
  const action = list.action?.kind === 'component' ? list.action : null;
  const found = action === null ? [] : findActions(image, list, action);
  const rows = checkRows(image, { list, topShows, mustShow: found.length > 0, ...how });
  const shows = !optional && (action === null ? rows.state !== 'broken' : found.length > 0);
  return [
    shows ? rows : hidden(rows),
    ...(action === null ? [] : [checkAction(list.name, action, { found, shows, reach: how.reach })]),
  ];
}

function hidden(assumption: Assumption): Assumption {
  const { name, kind, rect, expected } = assumption;
  return { name, kind, rect, expected, state: 'not-visible', found: 'the list does not show', margin: 0 };
}

function checkRows(
  image: ImageBuffer,
  {
    list,
    topShows,
    mustShow,
    ...how
  }: Readonly<{ list: ResolvedList; topShows: boolean; mustShow: boolean }> & How,
): Assumption {
  const { name, rect, rows } = list;
  const { first, pitch } = rows;
  const expected = `first row at ${first}${pitch === null ? '' : `, pitch ${round(pitch)}`}`;
  const base = { name: `lists.${name}.rows`, kind: 'list', rect, expected } as const;
  const region = intersect(
    translate(rect, { x: 0, y: topShows ? topOffset(image, rect, how) : 0 }),
    sizeRect(image),
  );
  const bands = rowBands(image, { region, minHeight: rows.minHeight, maxHeight: rows.maxHeight });
  const seen = bands.rows.filter(({ partial, y }) => !partial || y <= region.y + 1);
  if (seen.length < (mustShow ? 1 : 2)) {
    return { ...base, state: 'broken', found: 'no rows', margin: 0 };
  }
  const at = seen[0].y;
  const offset = { x: 0, y: at - first };
  const pitchOff = pitch === null || bands.pitch === null ? 0 : Math.abs(bands.pitch - pitch);
  const found = `first row at ${at}${pitch === null ? '' : `, pitch ${bands.pitch ?? '-'}`}`;
  if (Math.abs(offset.y) < MOVED_PX && pitchOff < MOVED_PX) {
    return { ...base, state: 'held', found, margin: placeMargin({ x: pitchOff, y: offset.y }) };
  }
  const state = Math.abs(offset.y) <= how.reach ? 'drifted' : 'broken';
  return { ...base, state, found, offset, margin: 0, foundRect: translate(rect, offset) };
}

function topOffset(image: ImageBuffer, rect: Rect, how: How): number {
  const edge = measureEdges(image, { rect, sides: ['top'], ...how }).at(0);
  return edge?.found == null ? 0 : edge.found - edge.expected;
}

/** Of a layout at another scale, down to 0.7 of its lengths, the actions still count. */
const SMALLER = 0.5;

/**
 * Components of the action's colours in the list, its columns and beside them, no higher than a row and no wider than the columns. What
 * is above and below the list, as a tab of that colour, is none of its actions.
 */
function findActions(image: ImageBuffer, list: ResolvedList, action: ComponentAction): readonly Component[] {
  const { x, width } = inflate(enclosing([list.rect, action.rect]), BESIDE_PX);
  const region = intersect({ ...list.rect, x, width }, sizeRect(image));
  const { tolerance, minArea } = action;
  const limits = {
    minArea: minArea * SMALLER,
    maxHeight: list.rows.maxHeight,
    maxWidth: action.rect.width * 1.5,
  };
  return [action.enabled, ...(action.disabled === null ? [] : [action.disabled])].flatMap((near) =>
    components(image, { region, color: { near, tolerance }, ...limits }),
  );
}

/** How far beside its list and columns an action is looked for, pixels. */
const BESIDE_PX = 32;

function checkAction(
  name: string,
  { rect }: ComponentAction,
  { found, shows, reach }: Readonly<{ found: readonly Component[]; shows: boolean; reach: number }>,
): Assumption {
  const expected = `within ${rect.x} to ${rect.x + rect.width}`;
  const base = { name: `lists.${name}.action`, kind: 'action', rect, expected } as const;
  if (!shows) return { ...base, state: 'not-visible', found: 'the list does not show', margin: 0 };
  const left = Math.min(...found.map(({ x }) => x));
  const right = Math.max(...found.map(({ x, width }) => x + width));
  const spelled = `from ${left} to ${right}`;
  const [before, after] = [left - rect.x, rect.x + rect.width - right];
  if (before >= 0 && after >= 0) {
    const margin = before + after === 0 ? 1 : (2 * Math.min(before, after)) / (before + after);
    return { ...base, state: 'held', found: spelled, margin };
  }
  const offset = { x: Math.round((left + right) / 2 - (rect.x + rect.width / 2)), y: 0 };
  return {
    ...base,
    state: Math.abs(offset.x) <= reach ? 'drifted' : 'broken',
    found: spelled,
    offset,
    margin: 0,
    foundRect: translate(rect, offset),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
