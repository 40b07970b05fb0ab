import type { Rect } from '../../src/core/geometry.js';
import type { ImageBuffer } from '../../src/image/index.js';
import {
  listEmpty,
  modalClosed,
  modalOpen,
  on,
  rowAdded,
  rowAdvanced,
  rowRemoved,
  swatchIs,
  tabActive,
} from '../../src/visual/evidence.js';
import type { Answer } from './answer.js';
import { type Sections, ask, sceneOf, spelled } from './scene.js';
import type { FrameTruth } from './truth.js';

const MARGIN = 8;
/** Of the rows that an empty list has at other times. */
const USUAL_HEIGHT = 40;

/** The predicates that tell a state from one picture. */
export function judgeFrame(image: ImageBuffer, truth: FrameTruth): Answer[] {
  const { lists = [], tabs } = truth;
  const names = Object.keys(tabs?.marks ?? {});
  const screens = new Map(names.map((name) => [name, tabActive(name)]));
  const scene = sceneOf({ now: image }, sectionsOf(truth), { screens });
  const list = lists.at(0);
  return [
    ...names.flatMap((name) => {
      const isActive = name === tabs?.active;
      return [
        ask(scene, tabActive(name), isActive),
        ask(scene, on(name), isActive),
        ask(scene, swatchIs(`tab.${name}`, 'active'), isActive),
        ask(scene, swatchIs(`tab.${name}`, 'inactive'), !isActive),
      ];
    }),
    ...(list === undefined ? [] : [ask(scene, listEmpty('list'), list.rows.length === 0)]),
  ];
}

/** The predicates that tell a popup and rows that went or came, with the truth of the picture before as the calibration. */
export function judgePair(
  before: ImageBuffer,
  now: ImageBuffer,
  {
    truth,
    popup,
    gone,
  }: Readonly<{ truth: FrameTruth; popup: Rect | null; gone: readonly number[] | undefined }>,
): Answer[] {
  const scene = sceneOf({ before, now }, sectionsOf(truth));
  const answers = [ask(scene, modalOpen(), popup !== null), ask(scene, modalClosed(), popup === null)];
  if (gone === undefined || truth.lists === undefined) return answers;
  // When time runs backwards, what went comes.
  const backwards = sceneOf({ before: now, now: before }, sectionsOf(truth));
  return [
    ...answers,
    ask(scene, rowAdvanced('list'), gone.length === 1 && gone[0] === 0),
    ask(scene, rowRemoved('list'), gone.length === 1),
    ask(backwards, rowAdded('list'), gone.length === 1),
    ask(scene, rowAdded('list'), false),
    ask(backwards, rowAdvanced('list'), false),
    ask(backwards, rowRemoved('list'), false),
  ];
}

/** The file that somebody who knows the application would write. */
export function sectionsOf({ lists = [], tabs }: FrameTruth): Sections {
  const marks = Object.entries(tabs?.marks ?? {});
  const named = <T>(values: readonly (readonly [string, T])[]): Record<string, T> =>
    Object.fromEntries(values);
  const list = lists.at(0);
  const whole = (list?.rows ?? []).filter(({ partial }) => partial !== true).map((row) => row.height);
  const heights = whole.length > 0 ? whole : [USUAL_HEIGHT];
  const rows = {
    first: list?.rows[0]?.y ?? list?.region.y,
    minHeight: Math.max(8, Math.min(...heights) - MARGIN),
    maxHeight: Math.max(...heights) + MARGIN,
  };
  return {
    points: named(marks.map(([name, { x, y }]) => [`tab.${name}`, { at: [x, y] }])),
    regions: list === undefined ? {} : { list: { rect: spelled(list.region) } },
    swatches: named(
      marks.map(([name, mark]) => [`tab.${name}`, { rect: spelled(mark), states: tabs!.colors }]),
    ),
    tabs: named(
      marks.map(([name]) => [
        name,
        { click: `tab.${name}`, mark: { swatch: `tab.${name}`, state: 'active' } },
      ]),
    ),
    lists: list === undefined ? {} : { list: { region: 'list', rows } },
  };
}
