import { type Rect, containsRect, enclosing } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { toHex } from '../probe/color.js';
import { type Component, components } from '../probe/components.js';
import { rowBands } from '../probe/row-bands.js';
import { findLines } from './find-lines.js';
import { measureEdges } from './measure-edges.js';
import type { Viewport } from './screenshot-size.js';

/** A list, not a form: fewer rows repeat by chance. */
const MIN_ROWS = 3;
/** Beside an action, so that a layout moved by a few pixels still has it in its columns. */
const COLUMN_ROOM_PX = 10;
/** A line that parts the screen goes over this share of its width. */
const PARTING_SHARE = 0.6;
const MIN_BAND_PX = 20;
/** The strip below an active tab: lower than anything one clicks, and as wide as a word. */
const STRIP = { maxHeight: 8, minWidth: 40 };
const MAX_BUTTONS = 24;

/**
 * A first calibration for a picture of an application, as the text of a commented file: the bands that long lines part the
 * screen into, the list with its rows and the coloured action they share, the strip of an active tab, other coloured
 * buttons as points with a swatch each. It holds on this picture; the names are numbers, for a person to replace. Colours of other
 * states, popups and what tells rows apart are not on one picture and are left to be added.
 *
 * Pure; the text has no trailing spaces and passes the lint without errors. Cost: 1280x720 about 60 ms.
 */
export function proposeCalibration(
  image: ImageBuffer,
  { name, viewport, madeBy }: Readonly<{ name: string; viewport: Viewport; madeBy: string }>,
): string {
  const buttons = components(image, { minHeight: 3 });
  const list = findList(image, buttons);
  const others = buttons.filter((button) => list === null || !containsRect(list.rect, button));
  const strip = others.find(({ width, height }) => height <= STRIP.maxHeight && width >= STRIP.minWidth);
  const clickable = others.filter(({ height }) => height > STRIP.maxHeight).slice(0, MAX_BUTTONS);
  const bands = findBands(image, list?.rect ?? null);
  const { width, height, deviceScaleFactor } = viewport;
  return [
    '# Proposed from one picture: every number was measured, every name is to be replaced by what it is.',
    '# Then: `pixelproof calibrate overlay` shows it, `check` holds it against other pictures.',
    'version: 1',
    `name: ${name}`,
    `viewport: { width: ${width}, height: ${height}, deviceScaleFactor: ${deviceScaleFactor} }`,
    `madeBy: { ${madeBy} }`,
    ...section('points', '# The middle of each coloured thing that looks like a button.', [
      ...(strip === undefined ? [] : [`tab.1: { at: [${middleOf({ ...strip, y: strip.y - 20 })}] }`]),
      ...clickable.map((button, i) => `button.${i + 1}: { at: [${middleOf(button)}] }`),
    ]),
    ...section(
      'regions',
      '# Edges are sides along which a line shows: `check` and `solve` measure by them.',
      [
        ...bands.map((rect, i) => `band.${i + 1}: ${spellRegion(image, rect)}`),
        ...(list === null ? [] : [`list: ${spellRegion(image, list.rect)}`]),
      ],
    ),
    ...section(
      'swatches',
      '# One state each: add the colours of the others, such as `inactive` or `disabled`.',
      [
        ...(strip === undefined ? [] : [`tab.1: ${spellSwatch(strip, 'active')}`]),
        ...clickable.flatMap((button, i) =>
          isEven(button) ? [`button.${i + 1}: ${spellSwatch(button, 'shown')}`] : [],
        ),
      ],
    ),
    ...section(
      'tabs',
      '# The one that is active now; each further tab needs a point and a swatch of its own.',
      [...(strip === undefined ? [] : ['tab.1: { click: tab.1, mark: { swatch: tab.1, state: active } }'])],
    ),
    ...section(
      'lists',
      '# Add `identity` (the columns that tell rows apart) and the colour of a disabled action.',
      [...(list === null ? [] : spellList(list))],
    ),
    '',
  ].join('\n');
}

interface ProposedList {
  readonly rect: Rect;
  readonly pitch: number | null;
  readonly heights: readonly number[];
  readonly action: { readonly columns: Rect; readonly color: string; readonly minArea: number } | null;
}

/** The longest run of rows that meet, and the colour of which most of them have one component. */
function findList(image: ImageBuffer, buttons: readonly Component[]): ProposedList | null {
  const { rows, pitch } = rowBands(image);
  let run: typeof rows = [];
  let longest: typeof rows = [];
  for (const row of rows.filter(({ partial }) => !partial)) {
    const last = run.at(-1);
    const follows = last !== undefined && Math.abs(last.y + last.height - row.y) <= 1;
    const alike = last !== undefined && Math.abs(last.height - row.height) <= last.height / 3;
    run = follows && alike ? [...run, row] : [row];
    if (run.length > longest.length) longest = run;
  }
  if (longest.length < MIN_ROWS) return null;
  const end = longest[longest.length - 1].y + longest[longest.length - 1].height;
  // A row that the list's end cuts off is a part of the list, and no measure of its rows.
  const lowest = Math.min(...longest.map(({ height }) => height));
  const cut = rows.filter(({ y, height }) => Math.abs(y - end) <= 1 && height < lowest);
  const rect = enclosing(
    [...longest, ...cut].map(({ y, height }) => ({ x: 0, width: image.width, y, height })),
  );
  return { rect, pitch, heights: longest.map(({ height }) => height), action: findAction(buttons, rect) };
}

function findAction(buttons: readonly Component[], list: Rect): ProposedList['action'] {
  const groups = new Map<string, Component[]>();
  for (const button of buttons.filter((each) => containsRect(list, each) && each.height > STRIP.maxHeight)) {
    const key = `${toHex(button.color)} ${button.x} ${button.width}`;
    groups.set(key, [...(groups.get(key) ?? []), button]);
  }
  const most = [...groups.values()].sort((a, b) => b.length - a.length).at(0);
  if (most === undefined || most.length < MIN_ROWS) return null;
  const [{ color }] = most;
  const minArea = Math.floor(Math.min(...most.map(({ area }) => area)) / 2);
  return { columns: enclosing(most), color: toHex(color), minArea };
}

/** The parts of the screen between lines that go over most of its width, the list left out. */
function findBands(image: ImageBuffer, list: Rect | null): readonly Rect[] {
  const parting = findLines(image, 'y')
    .filter(({ length }) => length >= PARTING_SHARE * image.width)
    .map(({ at }) => Math.round(at));
  const ends = [0, ...parting, image.height];
  return ends.slice(1).flatMap((bottom, i) => {
    const rect = { x: 0, y: ends[i], width: image.width, height: bottom - ends[i] };
    const inList = list !== null && rect.y + rect.height > list.y && rect.y < list.y + list.height;
    return rect.height < MIN_BAND_PX || inList ? [] : [rect];
  });
}

function section(name: string, comment: string, entries: readonly string[]): string[] {
  return entries.length === 0
    ? []
    : ['', `${name}:`, `  ${comment}`, ...entries.map((entry) => `  ${entry}`)];
}

function spellRegion(image: ImageBuffer, rect: Rect): string {
  const sides = measureEdges(image, { rect, sides: ['left', 'top', 'right', 'bottom'], reach: 1 })
    .filter(({ expected, found }) => found === expected)
    .map(({ side }) => side);
  return `{ rect: [${corners(rect)}]${sides.length === 0 ? '' : `, edges: [${sides.join(', ')}]`} }`;
}

/** A patch near the top left of it, where a label is not: labels stand in the middle. */
function spellSwatch(thing: Component, state: string): string {
  const rect = {
    x: thing.x + Math.floor(thing.width / 4),
    y: thing.y + Math.min(4, Math.floor(thing.height / 4)),
    width: Math.max(1, Math.floor(thing.width / 2)),
    height: Math.max(1, Math.min(4, Math.floor(thing.height / 2))),
  };
  return `{ rect: [${corners(rect)}], states: { ${state}: '${toHex(thing.color)}' } }`;
}

/** A full box has its colour at the top; a ring or a letter may not. */
const isEven = ({ fill, height }: Component): boolean => fill > 0.6 && height >= 12;

function spellList({ rect, pitch, heights, action }: ProposedList): string[] {
  const [low, high] = [Math.floor(Math.min(...heights) * 0.8), Math.ceil(Math.max(...heights) * 1.2)];
  const spelledPitch = pitch === null ? '' : `pitch: ${pitch}, `;
  return [
    'list:',
    '  region: list',
    `  rows: { first: ${rect.y}, ${spelledPitch}minHeight: ${low}, maxHeight: ${high} }`,
    ...(action === null ? [] : [`  action: ${spellAction(action, rect)}`]),
  ];
}

function spellAction({ columns, color, minArea }: NonNullable<ProposedList['action']>, list: Rect): string {
  const left = Math.max(list.x, columns.x - COLUMN_ROOM_PX);
  const right = Math.min(list.x + list.width, columns.x + columns.width + COLUMN_ROOM_PX);
  return `{ columns: [${left}, ${right - left}], enabled: '${color}', minArea: ${minArea} }`;
}

const corners = ({ x, y, width, height }: Rect): string => [x, y, width, height].join(', ');

function middleOf({ x, y, width, height }: Rect): string {
  const inside = { x: Math.floor(x + width / 2), y: Math.max(0, Math.floor(y + height / 2)) };
  return `${inside.x}, ${inside.y}`;
}
