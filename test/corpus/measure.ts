import { type ImageBuffer, decode } from '../../src/image/index.js';
import type { Answer } from './answer.js';
import { cached } from './cached.js';
import { type Confusion, count } from './confusion.js';
import { marksOfPair } from './marks-of-pair.js';
import { judgeScreens, measureMark } from './measure-anchors.js';
import { measureNumbers, measureTyped } from './measure-fields.js';
import { measureBlank, measurePlaces } from './measure-places.js';
import { judgeFrame, judgePair } from './measure-predicates.js';
import { probeFrame, probeVeil } from './measure-probes.js';
import { measureScroll } from './measure-scrolls.js';
import { scaleFrame, scalePair } from './scale-truth.js';
import type { Shots } from './shot.js';
import { type FrameTruth, type PairTruth, loadCorpus, readFrame } from './truth.js';
import { type Variant, variantsOf } from './variants.js';

export interface Measured {
  readonly confusion: Confusion;
  /** What was not right, one line each. */
  readonly findings: readonly string[];
}

/** Asks every probe and predicate on every picture of the corpus and its variants. About twenty-five seconds of processor. */
export function measureCorpus(): Measured {
  const confusion: Confusion = {};
  const findings: string[] = [];
  for (const [folder, { frames, pairs = [] }] of loadCorpus()) {
    const take = (name: string, variant: Variant, answers: readonly Answer[]): void => {
      for (const { asked, truth, answer, where = '' } of answers) {
        count(confusion, asked, variant.name, { truth, answer });
        if (truth !== answer)
          findings.push(`${asked}: ${folder}/${name}, ${variant.name}: ${truth} > ${answer} (${where})`);
      }
    };
    const stored = cached((name: string) => decode(readFrame(folder, name), { decoder: 'canvas' }).image);
    const looks = cached((key: string) => {
      const [name, seed] = key.split(' ');
      return cached((variant: Variant) => variant.apply(stored(name), Number(seed)));
    });
    const look = (name: string, variant: Variant, { again = false } = {}): ImageBuffer =>
      // Only noise is not the same twice.
      looks(`${name} ${again && variant.isRandom === true ? SEED + 1 : SEED}`)(variant);
    const clean = (name: string, variant: Variant): ImageBuffer =>
      variant.scale === 1 ? stored(name) : look(name, variant);
    for (const [name, truth] of Object.entries(frames)) {
      for (const variant of variantsOf(name, stored(name))) {
        const shown = look(name, variant);
        const scaled = scaleFrame(truth, variant.scale);
        take(name, variant, [...probeFrame(shown, scaled, variant.scale), ...judgeFrame(shown, scaled)]);
        const { numbers, blank } = scaled;
        if (numbers !== undefined) take(name, variant, measureNumbers(shown, clean(name, variant), numbers));
        if (blank) take(name, variant, [measureBlank(shown, look(name, variant, { again: true }))]);
      }
    }
    for (const pair of pairs) {
      for (const variant of variantsOf(pair.after, stored(pair.after))) {
        const shots = {
          before: look(pair.before, variant),
          after: look(pair.after, variant, { again: true }),
          clean: { before: clean(pair.before, variant), after: clean(pair.after, variant) },
        };
        const truth = scaleFrame(frames[pair.before] ?? {}, variant.scale);
        const answers = answersOfPair(shots, {
          pair: scalePair(pair, variant.scale),
          truth,
          variant,
        });
        take(`${pair.before} to ${pair.after}`, variant, answers);
      }
    }
  }
  return { confusion, findings };
}

const SEED = 1;

function answersOfPair(
  shots: Shots,
  { pair, truth, variant }: Readonly<{ pair: PairTruth; truth: FrameTruth; variant: Variant }>,
): Answer[] {
  const { popup, gone, places, scrolled, typed } = pair;
  const { before, after } = shots;
  const list = truth.lists?.at(0);
  // A list of which no row went, and that was not scrolled, stands where it stood.
  const isStill = popup === null && gone?.length === 0;
  const moved = scrolled ?? (isStill && list !== undefined ? { region: list.region, by: 0 } : null);
  // Places and marks are many, and other levels say the same of them as the stored ones.
  const isAsked = !variant.hasOtherLevels;
  const marks = isAsked ? marksOfPair(pair, truth, before) : [];
  return [
    ...(popup === undefined
      ? []
      : [
          probeVeil(before, after, popup, variant.scale),
          ...judgePair(before, after, { truth, popup, gone }),
        ]),
    ...(popup === undefined || popup === null ? [] : judgeScreens(shots, { truth, popup })),
    ...(places !== undefined && isAsked ? measurePlaces(shots, places) : []),
    ...(moved === null ? [] : measureScroll(shots, moved)),
    ...(typed === undefined ? [] : measureTyped(shots, typed)),
    ...marks.flatMap((mark) => measureMark(shots, mark)),
  ];
}
