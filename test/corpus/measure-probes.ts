import type { Rect } from '../../src/core/geometry.js';
import type { ImageBuffer } from '../../src/image/index.js';
import { parseColor } from '../../src/probe/color/color.js';
import { type Component, components } from '../../src/probe/components.js';
import { emptiness } from '../../src/probe/emptiness.js';
import { type RowBand, rowBands } from '../../src/probe/row-bands.js';
import { swatch } from '../../src/probe/swatch.js';
import { veil } from '../../src/probe/veil.js';
import type { Answer } from './answer.js';
import { UNSURE } from './confusion.js';
import type { ButtonTruth, FrameTruth, ListTruth, TabsTruth } from './truth.js';
import { apart } from '../support/apart.js';

const ROW_SLACK = 2;
const BUTTON_SLACK = 3;
/** The box of a popup, with its rounded corners and its border. */
const BOX_SLACK = 6;

/** Every probe that answers from one picture. `slack` grows with the picture. */
export function probeFrame(image: ImageBuffer, truth: FrameTruth, slack: number): Answer[] {
  const { lists = [], buttons, tabs } = truth;
  return [
    ...lists.flatMap((list) => [
      ...rowAnswers(rowBands(image, { region: list.region }).rows, list, ROW_SLACK * slack),
      emptinessAnswer(image, list),
    ]),
    ...(buttons === undefined ? [] : buttonAnswers(image, buttons, BUTTON_SLACK * slack)),
    ...(tabs === undefined ? [] : swatchAnswers(image, tabs)),
  ];
}

/** A popup found where it is not counts as `elsewhere`. */
export function probeVeil(
  before: ImageBuffer,
  after: ImageBuffer,
  popup: Rect | null,
  slack: number,
): Answer {
  const { state, box, reason } = veil(before, after);
  const truth = popup === null ? 'none' : 'opened';
  const isThere = popup === null || (box !== null && apart(box, popup) <= BOX_SLACK * slack);
  const answer = { open: isThere ? 'opened' : 'elsewhere', closed: 'none', unsure: UNSURE }[state];
  return { asked: 'veil', truth, answer, where: reason };
}

/** Of each whole row whether it was found, within `slack` pixels, and of each found one that there is none. */
export function rowAnswers(found: readonly RowBand[], { rows }: ListTruth, slack = ROW_SLACK): Answer[] {
  const whole = found.filter(({ partial }) => !partial);
  const fits = (a: { y: number; height: number }, b: { y: number; height: number }): boolean =>
    Math.abs(a.y - b.y) <= slack && Math.abs(a.y + a.height - b.y - b.height) <= slack;
  const expected = rows.filter(({ partial, heading }) => partial !== true && heading !== true);
  const answers = expected.map((row) => ({
    ...{ asked: 'rowBands', truth: 'row', answer: whole.some((each) => fits(each, row)) ? 'row' : 'nothing' },
    where: `row at ${row.y}`,
  }));
  const invented = whole.filter(
    (each) => !rows.some((row) => (row.heading === true ? overlaps(each, row) : fits(each, row))),
  );
  return [
    ...answers,
    ...invented.map(({ y }) => ({
      asked: 'rowBands',
      truth: 'nothing',
      answer: 'row',
      where: `row at ${y}`,
    })),
  ];
}

function overlaps(a: { y: number; height: number }, b: { y: number; height: number }): boolean {
  return Math.abs(2 * a.y + a.height - 2 * b.y - b.height) < a.height;
}

function emptinessAnswer(image: ImageBuffer, { region, rows }: ListTruth): Answer {
  const { state, reason } = emptiness(image, { region });
  return { asked: 'emptiness', truth: rows.length > 0 ? 'populated' : 'empty', answer: state, where: reason };
}

/** Each colour is asked for by itself; a button that answers to another button's colour is taken for that. */
function buttonAnswers(image: ImageBuffer, buttons: readonly ButtonTruth[], slack: number): Answer[] {
  const colors = [...new Set(buttons.map(({ color }) => color))];
  const found = new Map<string | undefined, readonly Component[]>(
    colors.map((color) => [
      color,
      components(image, color === undefined ? {} : { color: { near: parseColor(color) } }),
    ]),
  );
  const name = (color: string | undefined): string =>
    color === undefined ? 'button' : `button ${colors.indexOf(color) + 1}`;
  return buttons.map((button) => {
    const hits = colors.filter((color) => found.get(color)!.some((blob) => apart(blob, button) <= slack));
    const hit =
      hits.length === 0
        ? 'nothing'
        : name(
            hits.includes(button.color) && hits.length === 1
              ? button.color
              : hits.find((color) => color !== button.color),
          );
    return {
      asked: 'components',
      truth: name(button.color),
      answer: hit,
      where: `button at ${button.x}, ${button.y}`,
    };
  });
}

function swatchAnswers(image: ImageBuffer, { marks, colors, active }: TabsTruth): Answer[] {
  const states = { active: parseColor(colors.active), inactive: parseColor(colors.inactive) };
  return Object.entries(marks).map(([name, region]) => ({
    ...{ asked: 'swatch', truth: name === active ? 'active' : 'inactive', where: `tab ${name}` },
    answer: swatch(image, { region, colors: states }).best ?? UNSURE,
  }));
}
