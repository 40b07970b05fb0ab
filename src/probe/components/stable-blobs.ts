import { type Rect, sidesApart } from '../../core/geometry.js';
import type { LabelledRuns } from '../color/label-runs.js';
import type { Blob, Limits } from './blobs.js';
import { ZoneTree } from './zone-tree.js';

/** A blob that keeps its box while its tolerance grows this many times is one thing; an edge's or a gradient's keeps it less. */
const STABLE = 1.3;
/** Pixels that each side of it moves by meanwhile: softened edges. */
const MOVED = 1;
/** Of the region's edges: what reaches so many is what the buttons are on. */
const EDGES = 2;
/** Class that a codec moves a fill by. */
const NOISE = 2;

interface Options {
  readonly region: Rect;
  readonly connectivity: 4 | 8;
  readonly limits: Limits;
  /** ΔE of each class of the runs, ascending, and at the end one beyond. */
  readonly tolerances: readonly number[];
  /** ΔE: what has no part within it is of another colour. */
  readonly most: number;
}

/** A blob that keeps its box over a range of tolerances, and the chains that had ended within it. */
interface Chain {
  readonly from: number;
  readonly first: Blob;
  /** The largest of them within `most`. */
  last: Blob;
  /** And its class. */
  level: number;
  readonly of: Chain[];
  /** How many times the tolerance grew. */
  span: number;
}

/**
 * Of the blobs that the runs make as their classes, which are distances to a colour, are added one by one, those that stay as they
 * are over the widest range: maximally stable extremal regions. Where one lies within another the more stable counts, but what
 * reaches two edges of the region is what its stable parts are on, or, where it is not of the colour itself, no blob. Where nothing
 * is stable, the largest. Answers the blobs, and for each run the number of its blob, or -1.
 *
 * Source: Matas, Chum, Urban and Pajdla, "Robust wide baseline stereo from maximally stable extremal regions", BMVC 2002.
 */
export function stableBlobs(
  runs: LabelledRuns,
  options: Options,
): { readonly blobs: readonly Blob[]; readonly ofRun: Int32Array } {
  const { connectivity, tolerances } = options;
  const tree = new ZoneTree(runs, { connectivity, levels: tolerances.length - 1 });
  const kept = growChains(tree, options).flatMap((chain) => choose(chain, options.region));
  const blobs = kept.map(({ last }, i) => ({ ...last, kind: 0, label: i }));
  const ofRun = tree.membership(kept.map(({ last, level }) => ({ root: last.label, level })));
  return { blobs, ofRun };
}

/** The chains that lie in no other. */
function growChains(tree: ZoneTree, { limits, tolerances, most }: Options): readonly Chain[] {
  // Of each root: what still grows, and what has ended and lies in nothing yet.
  const growing = new Lists<Chain>();
  const ended = new Lists<Chain>();
  const end = (chain: Chain, level: number): Chain =>
    Object.assign(chain, { span: tolerances[level - 1] / tolerances[chain.from - 1] });
  const levels = tolerances.length - 1;
  for (let level = 1; level <= levels; level++) {
    const grown = tree.grow(level, (child, root) => {
      growing.add(root, growing.take(child));
      ended.add(root, ended.take(child));
    });
    for (const root of grown) {
      const blob = tree.extents.blob(root, limits);
      const chains = growing.take(root);
      const same =
        blob === null ? undefined : largest(chains.filter(({ first }) => sidesApart(first, blob) <= MOVED));
      const others = chains.filter((chain) => chain !== same);
      ended.add(
        root,
        others.map((chain) => end(chain, level)),
      );
      if (blob === null || (tolerances[level - 1] > most && same === undefined && !ended.has(root))) continue;
      const chain = same ?? { from: level, first: blob, last: blob, level, of: [], span: 0 };
      if (tolerances[level - 1] <= most) Object.assign(chain, { last: blob, level });
      chain.of.push(...ended.take(root));
      growing.add(root, [chain]);
    }
  }
  return [...growing.all().map((chain) => end(chain, levels + 1)), ...ended.all()];
}

function largest(chains: readonly Chain[]): Chain | undefined {
  return chains.reduce<Chain | undefined>(
    (best, chain) => (best === undefined || chain.last.area > best.last.area ? chain : best),
    undefined,
  );
}

/** The chain, or what it is made of. */
function choose(chain: Chain, region: Rect): readonly Chain[] {
  const parts = chain.of.flatMap((part) => choose(part, region)).filter(isStable);
  const ground = isGround(chain.last, region);
  if (parts.length > 0 && (ground || !isStable(chain))) return parts;
  if (ground && chain.from > NOISE) return [];
  return parts.every((part) => part.span <= chain.span) ? [chain] : parts;
}

function isStable({ span }: Chain): boolean {
  return span >= STABLE;
}

function isGround({ x, y, width, height }: Rect, region: Rect): boolean {
  const reached = [
    x <= region.x,
    y <= region.y,
    x + width >= region.x + region.width,
    y + height >= region.y + region.height,
  ];
  return reached.filter(Boolean).length >= EDGES;
}

/** Lists by number. */
class Lists<T> {
  readonly #of = new Map<number, T[]>();

  has(at: number): boolean {
    return this.#of.has(at);
  }

  add(at: number, items: readonly T[]): void {
    if (items.length === 0) return;
    const list = this.#of.get(at);
    if (list === undefined) this.#of.set(at, [...items]);
    else list.push(...items);
  }

  take(at: number): readonly T[] {
    const list = this.#of.get(at) ?? [];
    this.#of.delete(at);
    return list;
  }

  all(): readonly T[] {
    return [...this.#of.values()].flat();
  }
}
