import type { Rect } from '../../src/core/geometry.js';
import { decode } from '../../src/image/index.js';
import { type Confusion, count } from './confusion.js';
import { judgeFrame, judgePair } from './measure-predicates.js';
import { type Answer, probeFrame, probePair } from './measure-probes.js';
import { type FrameTruth, type PairTruth, loadCorpus, readFrame } from './truth.js';
import { type Variant, variantsOf } from './variants.js';

export interface Measured {
  readonly confusion: Confusion;
  /** What was not right, one line each. */
  readonly findings: readonly string[];
}

/** Asks every probe and predicate on every picture of the corpus and its variants. About fifteen seconds. */
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
    for (const [name, truth] of Object.entries(frames)) {
      for (const variant of variantsOf(name, stored(name))) {
        const shown = looks(`${name} ${SEED}`)(variant);
        const scaled = scaleFrame(truth, variant.scale);
        take(name, variant, [...probeFrame(shown, scaled, variant.scale), ...judgeFrame(shown, scaled)]);
      }
    }
    for (const pair of pairs) {
      for (const variant of variantsOf(pair.after, stored(pair.after))) {
        const then = looks(`${pair.before} ${SEED}`)(variant);
        // Only noise is not the same twice.
        const now = looks(`${pair.after} ${variant.isRandom ? SEED + 1 : SEED}`)(variant);
        const scaled = scalePair(pair, variant.scale);
        const truth = scaleFrame(frames[pair.before] ?? {}, variant.scale);
        const answers = judgePair(then, now, { truth, pair: scaled });
        take(`${pair.before} to ${pair.after}`, variant, [
          probePair(then, now, scaled, variant.scale),
          ...answers,
        ]);
      }
    }
  }
  return { confusion, findings };
}

const SEED = 1;

function cached<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function scaleFrame({ lists, buttons, tabs }: FrameTruth, by: number): FrameTruth {
  return {
    lists: lists?.map(({ region, rows }) => ({
      region: scale(region, by),
      rows: rows.map((row) => ({ ...row, y: by * row.y, height: by * row.height })),
    })),
    buttons: buttons?.map((button) => ({ ...button, ...scale(button, by) })),
    ...(tabs === undefined
      ? {}
      : {
          tabs: {
            ...tabs,
            marks: Object.fromEntries(
              Object.entries(tabs.marks).map(([name, mark]) => [name, scale(mark, by)]),
            ),
          },
        }),
  };
}

function scalePair(pair: PairTruth, by: number): PairTruth {
  return { ...pair, popup: pair.popup === null ? null : scale(pair.popup, by) };
}

function scale({ x, y, width, height }: Rect, by: number): Rect {
  return { x: by * x, y: by * y, width: by * width, height: by * height };
}
