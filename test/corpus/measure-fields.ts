import { type ImageBuffer, crop } from '../../src/image/index.js';
import { inkGrowth } from '../../src/probe/ink-growth.js';
import { learnDigits, readNumber } from '../../src/probe/read-number.js';
import { textGrew } from '../../src/visual/evidence.js';
import type { Answer } from './answer.js';
import { UNSURE } from './confusion.js';
import { ask, sceneOf, spelled } from './scene.js';
import type { Shots } from './shot.js';
import type { NumbersTruth, TypedTruth } from './truth.js';

/** Asked for where nothing was typed. */
const SOME = [1, 5];

/** What was typed into a field: whether text came after the old, and how much. */
export function measureTyped({ before, after }: Shots, typed: TypedTruth): Answer[] {
  const { region, shifted = false } = typed;
  const [was, is] = shown(typed);
  const { state, reason, glyphs } = inkGrowth(before, after, { region });
  const more = glyphsOf(is) - glyphsOf(was);
  const grew = is.startsWith(was) && more > 0;
  const truth = shifted || !is.startsWith(was) ? 'changed' : grew ? 'grew' : 'same';
  const scene = sceneOf({ before, now: after }, { regions: { field: { rect: spelled(region) } } });
  // What was typed, with one key lost, and much more.
  const asked = grew ? [more, more + 1, 2 * more + 2] : SOME;
  return [
    { asked: 'inkGrowth', truth, answer: state, where: `"${was}" to "${is}": ${reason}, ${glyphs} glyphs` },
    ...asked.map((count) => ask(scene, textGrew('field', { glyphs: count }), grew && count === more)),
  ];
}

function shown({ was, is, masked = false }: TypedTruth): readonly [was: string, is: string] {
  const dots = (text: string): string => text.replaceAll(/./g, '•');
  return masked ? [dots(was), dots(is)] : [was, is];
}

function glyphsOf(text: string): number {
  return text.replaceAll(' ', '').length;
}

/** Digits are learnt from the clean picture. */
export function measureNumbers(
  image: ImageBuffer,
  clean: ImageBuffer,
  { digits, written }: NumbersTruth,
): Answer[] {
  const shapes = learnDigits(crop(clean, digits));
  return written.map(({ value: truth, ...region }) => {
    const { value } = readNumber(image, { region, digits: shapes });
    const other = truth === null ? 'none' : UNSURE;
    return {
      ...{ asked: 'readNumber', truth: truth === null ? 'none' : 'number' },
      answer: value === null ? other : value === truth ? 'number' : 'another',
      where: `${truth ?? 'no number'} at ${region.x}, ${region.y}, read ${value ?? 'nothing'}`,
    };
  });
}
