import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { toHex } from '../../probe/color/color.js';
import { type Assumption, isWrong } from '../check/assumption.js';
import { checkCalibration } from '../check/check-calibration.js';
import { parseCalibration } from '../file/parse-calibration.js';
import { type NamedList, type ProposedParts, proposeParts } from './propose-parts.js';
import { missingEdges } from './propose-regions.js';
import type { ProposedTabs } from './proposed-tabs.js';
import { resolveCalibration } from '../resolve.js';
import type { Side } from '../file/schema.js';
import type { Viewport } from '../screenshot-size.js';

/** Beside an action, so that a layout moved by a few pixels still has it in its columns. */
const COLUMN_ROOM_PX = 10;

interface About {
  readonly name: string;
  readonly viewport: Viewport;
  /** The entries of `madeBy`, as they stand in the file. */
  readonly madeBy: string;
}

/**
 * A first calibration for a picture of an application, as the text of a commented file: the bands that long lines part the
 * screen into, panels, lists with their columns, rows and the coloured action they share, tabs, and other boxes one may click as
 * points with a swatch each. What would not hold on this very picture is left out, and named in a comment at the end. The names
 * are numbers, for a person to replace. Colours of other states, popups and what tells rows apart are not on one picture and are
 * left to be added.
 *
 * Pure; the text has no trailing spaces and passes the lint without errors. Cost: 1280x720 about 300 ms.
 */
export function proposeCalibration(image: ImageBuffer, about: Readonly<About>): string {
  const parts = proposeParts(image, about.viewport.deviceScaleFactor);
  const text = spell(parts, about);
  const calibration = parseCalibration(text, { file: about.name });
  const wrong = checkCalibration(resolveCalibration(calibration, about.viewport), image).filter(isWrong);
  if (wrong.length === 0) return text;
  const names = wrong.map(({ name }) => name);
  return [spell(without(parts, names), about), ...leftOut(wrong)].join('\n');
}

function leftOut(wrong: readonly Assumption[]): string[] {
  return [
    '# Left out, and of regions the edges, because on this very picture it did not hold:',
    ...wrong.map(({ name, expected, found }) => `#   ${name}: expected ${expected}, found ${found}`),
    '',
  ];
}

/** `wrong`: names of assumptions, such as `regions.band.1` and `lists.list.rows`. */
function without({ regions, lists, tabs, buttons }: ProposedParts, wrong: readonly string[]): ProposedParts {
  return {
    regions: regions.map((region) =>
      wrong.includes(`regions.${region.name}`) ? { ...region, sides: [] } : region,
    ),
    lists: lists.filter(({ name }) => !wrong.some((each) => each.startsWith(`lists.${name}.`))),
    tabs: wrong.includes('tabs') ? null : tabs,
    buttons: buttons
      .map((button, i) => (wrong.includes(`regions.button.${i + 1}`) ? { ...button, sides: [] } : button))
      .filter((_, i) => !wrong.includes(`swatches.button.${i + 1}`)),
  };
}

function spell({ regions, lists, tabs, buttons }: ProposedParts, { name, viewport, madeBy }: About): string {
  const { width, height, deviceScaleFactor } = viewport;
  return [
    '# Proposed from one picture: every number was measured, every name is to be replaced by what it is.',
    '# Then: `pixelproof calibrate overlay` shows it, `check` holds it against other pictures.',
    'version: 1',
    `name: ${name}`,
    `viewport: { width: ${width}, height: ${height}, deviceScaleFactor: ${deviceScaleFactor} }`,
    `madeBy: { ${madeBy} }`,
    ...section('points', '# The middle of each tab and of each box that looks like a button.', [
      ...(tabs?.tabs ?? []).map(({ at }, i) => `tab.${i + 1}: { at: [${middleOf(at)}] }`),
      ...buttons.map((button, i) => `button.${i + 1}: { at: [${middleOf(button.rect)}] }`),
    ]),
    ...section(
      'regions',
      '# Edges are sides along which a line shows: `check` and `solve` measure by them.',
      [
        ...regions.map(({ name: region, rect, sides }) => `${region}: ${spellRegion(rect, sides)}`),
        ...buttons.flatMap(({ rect, sides }, i) =>
          sides.length === 0 ? [] : [`button.${i + 1}: ${spellRegion(rect, sides)}`],
        ),
      ],
    ),
    ...missingEdges([...regions, ...buttons]),
    ...section(
      'swatches',
      '# Of a button one state: add the colours of the others, such as `active` or `disabled`.',
      [
        ...(tabs?.tabs ?? []).map(({ mark }, i) => `tab.${i + 1}: ${spellTabSwatch(mark, tabs!)}`),
        ...buttons.map(
          ({ patch, color }, i) =>
            `button.${i + 1}: { rect: [${corners(patch)}], states: { shown: '${toHex(color)}' } }`,
        ),
      ],
    ),
    ...section(
      'tabs',
      '# In order; the colours of the active one and of the others are known.',
      (tabs?.tabs ?? []).map(
        (_, i) => `tab.${i + 1}: { click: tab.${i + 1}, mark: { swatch: tab.${i + 1}, state: active } }`,
      ),
    ),
    ...section(
      'lists',
      '# Add `identity` (the columns that tell rows apart) and the colour of a disabled action. Begin below titles that look like a row.',
      lists.flatMap(spellList),
    ),
    '',
  ].join('\n');
}

function section(name: string, comment: string, entries: readonly string[]): string[] {
  return entries.length === 0
    ? []
    : ['', `${name}:`, `  ${comment}`, ...entries.map((entry) => `  ${entry}`)];
}

const spellRegion = (rect: Rect, sides: readonly Side[]): string =>
  `{ rect: [${corners(rect)}]${sides.length === 0 ? '' : `, edges: [${sides.join(', ')}]`} }`;

const spellTabSwatch = (mark: Rect, { colors: { active, inactive } }: ProposedTabs): string =>
  `{ rect: [${corners(mark)}], states: { active: '${toHex(active)}', inactive: '${toHex(inactive)}' } }`;

function spellList({ name, rect, rows, action }: NamedList): string[] {
  const { first, pitch, minHeight, maxHeight } = rows;
  const spelledPitch = pitch === null ? '' : `pitch: ${pitch}, `;
  return [
    `${name}:`,
    `  region: ${name}`,
    `  rows: { first: ${first}, ${spelledPitch}minHeight: ${minHeight}, maxHeight: ${maxHeight} }`,
    ...(action === null ? [] : [`  action: ${spellAction(action, rect)}`]),
  ];
}

function spellAction({ columns, color, minArea }: NonNullable<NamedList['action']>, list: Rect): string {
  const left = Math.max(list.x, columns.x - COLUMN_ROOM_PX);
  const right = Math.min(list.x + list.width, columns.x + columns.width + COLUMN_ROOM_PX);
  return `{ columns: [${left}, ${right - left}], enabled: '${color}', minArea: ${minArea} }`;
}

const corners = ({ x, y, width, height }: Rect): string => [x, y, width, height].join(', ');

function middleOf({ x, y, width, height }: Rect): string {
  const inside = { x: Math.floor(x + width / 2), y: Math.max(0, Math.floor(y + height / 2)) };
  return `${inside.x}, ${inside.y}`;
}
