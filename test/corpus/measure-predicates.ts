import {
  parseCalibration,
  type ResolvedCalibration,
  resolveCalibration,
} from '../../src/calibration/index.js';
import { type Rect, sizeRect } from '../../src/core/geometry.js';
import type { ImageBuffer } from '../../src/image/index.js';
import { AmbientMap } from '../../src/visual/ambient-map.js';
import {
  type Evidence,
  listEmpty,
  modalClosed,
  modalOpen,
  rowAdvanced,
  rowRemoved,
  tabActive,
} from '../../src/visual/evidence.js';
import { judge } from '../../src/visual/judge.js';
import { Look } from '../../src/visual/look.js';
import type { Scene } from '../../src/visual/predicates/scene.js';
import type { Answer } from './measure-probes.js';
import type { FrameTruth, PairTruth } from './truth.js';

const MARGIN = 8;
/** Of the rows that an empty list has at other times. */
const USUAL_HEIGHT = 40;

/** The predicates that tell a state from one picture. */
export function judgeFrame(image: ImageBuffer, truth: FrameTruth): Answer[] {
  const scene = sceneOf(image, truth);
  const { lists = [], tabs } = truth;
  const list = lists.at(0);
  return [
    ...Object.keys(tabs?.marks ?? {}).map((name) => ask(scene, tabActive(name), name === tabs?.active)),
    ...(list === undefined ? [] : [ask(scene, listEmpty('list'), list.rows.length === 0)]),
  ];
}

/** The predicates that tell a change, with the truth of the picture before as the calibration. */
export function judgePair(
  before: ImageBuffer,
  after: ImageBuffer,
  { truth, pair: { popup, gone } }: { readonly truth: FrameTruth; readonly pair: PairTruth },
): Answer[] {
  const scene = sceneOf(after, truth, before);
  const answers = [ask(scene, modalOpen(), popup !== null), ask(scene, modalClosed(), popup === null)];
  if (gone === undefined || truth.lists === undefined) return answers;
  return [
    ...answers,
    ask(scene, rowAdvanced('list'), gone.length === 1 && gone[0] === 0),
    ask(scene, rowRemoved('list'), gone.length === 1),
  ];
}

function ask(scene: Scene, evidence: Evidence, isTrue: boolean): Answer {
  const { predicate, truth: answer, reason } = judge(evidence, scene);
  return {
    asked: evidence.kind,
    truth: isTrue ? 'holds' : 'fails',
    answer,
    where: `${predicate}: ${reason}`,
  };
}

function sceneOf(now: ImageBuffer, truth: FrameTruth, before?: ImageBuffer): Scene {
  const look = (image: ImageBuffer): Look => new Look(image, sizeRect(image));
  return {
    before: before === undefined ? null : look(before),
    now: look(now),
    calibration: calibrationOf(now, truth),
    screens: new Map(),
    ambient: new AmbientMap(now),
    reach: 'near',
  };
}

/** The file that somebody who knows the application would write. */
function calibrationOf(
  { width, height }: ImageBuffer,
  { lists = [], tabs }: FrameTruth,
): ResolvedCalibration {
  const rect = ({ x, y, width: w, height: h }: Rect): number[] => [x, y, w, h];
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
  const text = JSON.stringify({
    ...{ version: 1, name: 'golden', viewport: { width, height } },
    points: named(marks.map(([name, { x, y }]) => [`tab.${name}`, { at: [x, y] }])),
    regions: list === undefined ? {} : { list: { rect: rect(list.region) } },
    swatches: named(marks.map(([name, mark]) => [`tab.${name}`, { rect: rect(mark), states: tabs!.colors }])),
    tabs: named(
      marks.map(([name]) => [
        name,
        { click: `tab.${name}`, mark: { swatch: `tab.${name}`, state: 'active' } },
      ]),
    ),
    lists: list === undefined ? {} : { list: { region: 'list', rows } },
  });
  return resolveCalibration(parseCalibration(text, { file: 'golden.json' }), {
    width,
    height,
    deviceScaleFactor: 1,
  });
}
