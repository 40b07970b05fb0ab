import type { Cell } from '../row-cell.js';
import { median } from '../profile/row-ink.js';

/** What the room around a row depends on: how many lines it has, and whether a block is higher than these. */
export interface Kind {
  readonly lines: number;
  readonly isBlock: boolean;
}

interface Room {
  readonly above: number;
  readonly below: number;
}

/** Weights: rooms that no gap tells are like the others; what a gap tells, with a weight of 1, outweighs it. */
const ALIKE = 0.1;
const BLOCKS_ALIKE = 0.03;
/** The end of the list is the end of a row where this near to what the gaps tell, and tells it better. Pixels. */
const NEAR = 6;
const END = 3;

interface Equation {
  readonly factors: readonly number[];
  readonly value: number;
  readonly weight: number;
}

/** What is highest in a row. */
export type Ink = Cell & { readonly kind: Kind };
type End = Cell & { readonly openBottom: boolean };

/** How much room rows keep around what is highest in them, from the gaps between them and from where their stretches end. */
export function roomOf(stretches: readonly (readonly Ink[])[], ends: readonly End[]): (kind: Kind) => Room {
  const kinds = kindsOf(stretches.flat());
  // Last comes how much more text has above its capitals than below its baseline.
  const factorsOf = (kind: Kind, lean: number): readonly number[] => [
    ...kinds.map((each) => (isSame(each, kind) ? 1 : 0)),
    kind.isBlock ? 0 : lean,
  ];
  const above = (kind: Kind): readonly number[] => factorsOf(kind, 1);
  const below = (kind: Kind): readonly number[] => factorsOf(kind, -1);
  const gaps = new Map<string, { factors: readonly number[]; values: number[] }>();
  for (const [over, under] of stretches.flatMap((inks) => inks.slice(1).map((ink, i) => [inks[i], ink]))) {
    const factors = added(below(over.kind), above(under.kind));
    const alike = gaps.get(String(factors)) ?? { factors, values: [] };
    alike.values.push(under.top - over.bottom);
    gaps.set(String(factors), alike);
  }
  const equations: Equation[] = [
    { factors: [...kinds.map(() => 0), 1], value: 0, weight: ALIKE },
    ...kinds.slice(1).map((kind, i) => ({
      factors: kinds.map((_, at) => (at === i ? -1 : at === i + 1 ? 1 : 0)).concat(0),
      value: 0,
      weight: kind.isBlock === kinds[i].isBlock ? ALIKE : BLOCKS_ALIKE,
    })),
    ...[...gaps.values()].map(({ factors, values }) => ({ factors, value: median(values), weight: 1 })),
  ];
  const atEnds = stretches.flatMap((inks, i): Equation[] => {
    const [first, last, { top, bottom, openBottom }] = [inks.at(0), inks.at(-1), ends[i]];
    if (first === undefined || last === undefined) return [];
    const head = { factors: above(first.kind), value: first.top - top, weight: END };
    const tail = { factors: below(last.kind), value: bottom - last.bottom, weight: END };
    return openBottom ? [head] : [head, tail];
  });
  const rough = solved(equations);
  const near = atEnds.filter(({ factors, value }) => Math.abs(dot(factors, rough) - value) <= NEAR);
  const rooms = near.length > 0 ? solved([...equations, ...near]) : rough;
  return (kind) => ({ above: dot(above(kind), rooms), below: dot(below(kind), rooms) });
}

/** Each once: blocks after text, by how many lines there are. */
export function kindsOf(inks: readonly Ink[]): readonly Kind[] {
  const kinds: Kind[] = [];
  for (const { kind } of inks) if (!kinds.some((each) => isSame(each, kind))) kinds.push(kind);
  return kinds.sort((a, b) => Number(a.isBlock) - Number(b.isBlock) || a.lines - b.lines);
}

function isSame(one: Kind, other: Kind): boolean {
  return one.lines === other.lines && one.isBlock === other.isBlock;
}

function added(one: readonly number[], other: readonly number[]): number[] {
  return one.map((value, i) => value + other[i]);
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, i) => sum + value * other[i], 0);
}

/** Least squares by the normal equations; the equations that say what is alike keep them from being singular. */
function solved(equations: readonly Equation[]): readonly number[] {
  const size = equations[0].factors.length;
  const rows = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (__, j) => total(equations, ({ factors }) => factors[i] * factors[j])),
    total(equations, ({ factors, value }) => factors[i] * value),
  ]);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (j === i) continue;
      const share = rows[j][i] / rows[i][i];
      rows[j] = rows[j].map((value, at) => value - share * rows[i][at]);
    }
  }
  return rows.map((row, i) => row[size] / row[i]);
}

function total(equations: readonly Equation[], of: (equation: Equation) => number): number {
  return equations.reduce((sum, equation) => sum + equation.weight * of(equation), 0);
}
