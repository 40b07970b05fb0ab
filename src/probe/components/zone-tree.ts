import type { LabelledRuns } from '../color/label-runs.js';
import { Extents } from './blobs.js';

/** A component while only the first `level` classes are there; `root` is the zone it is known by. */
export interface Grown {
  readonly root: number;
  readonly level: number;
}

/**
 * Labelled zones of the classes 1, 2, … and how they join as class after class is added. The largest stays root, and what each was
 * joined to is kept, so that a component of any class can be told from the zones again.
 *
 * Source: Najman and Couprie, "Building the component tree in quasi-linear time", IEEE TIP 15(11), 2006, on runs.
 */
export class ZoneTree {
  /** Of each root, of all that is joined to it. */
  readonly extents: Extents;
  readonly #runs: LabelledRuns;
  readonly #zones: readonly (readonly number[])[];
  /** Zones that touch, two by two, by the higher class of the two. */
  readonly #touching: readonly (readonly number[])[];
  readonly #find: Int32Array;
  readonly #parent: Int32Array;
  readonly #joinedAt: Uint8Array;
  readonly #grownAt: Uint8Array;

  constructor(runs: LabelledRuns, { connectivity, levels }: { connectivity: 4 | 8; levels: number }) {
    this.#runs = runs;
    this.extents = new Extents(runs);
    this.#zones = zonesByClass(this.extents.kind, levels);
    this.#touching = touchingZones(runs, { reach: connectivity === 8 ? 1 : 0, levels });
    this.#find = new Int32Array(runs.components);
    for (let zone = 0; zone < runs.components; zone++) this.#find[zone] = zone;
    this.#parent = new Int32Array(runs.components).fill(-1);
    this.#joinedAt = new Uint8Array(runs.components);
    this.#grownAt = new Uint8Array(runs.components);
  }

  /** Adds the zones of a class; says which component became part of which, and answers the roots of all that grew. */
  grow(level: number, joined: (child: number, root: number) => void): readonly number[] {
    const touching = this.#touching[level];
    for (let i = 0; i < touching.length; i += 2) {
      const [a, b] = [this.#rootOf(touching[i]), this.#rootOf(touching[i + 1])];
      if (a === b) continue;
      const [root, child] = this.#isMore(a, b) ? [a, b] : [b, a];
      this.extents.add(child, root);
      this.#find[child] = this.#parent[child] = root;
      this.#joinedAt[child] = level;
      joined(child, root);
    }
    const grown: number[] = [];
    for (const zone of this.#zones[level]) {
      const root = this.#rootOf(zone);
      if (this.#grownAt[root] < level) grown.push(root);
      this.#grownAt[root] = level;
    }
    return grown;
  }

  /** For each run the number of the component it belongs to, or -1; of components none may lie within another. */
  membership(components: readonly Grown[]): Int32Array {
    const known = new Map<number, { readonly level: number; readonly number: number }[]>();
    components.forEach(({ root, level }, number) => {
      known.set(root, [...(known.get(root) ?? []), { level, number }]);
    });
    const { count, label, components: zones } = this.#runs;
    const ofZone = new Int32Array(zones);
    for (let zone = 0; zone < zones; zone++) ofZone[zone] = this.#componentOf(zone, known);
    const ofRun = new Int32Array(count);
    for (let run = 0; run < count; run++) ofRun[run] = ofZone[label[run]];
    return ofRun;
  }

  #componentOf(
    zone: number,
    known: ReadonlyMap<number, readonly { readonly level: number; readonly number: number }[]>,
  ): number {
    let since = this.extents.kind[zone];
    for (let root = zone; root >= 0; root = this.#parent[root]) {
      const until = this.#parent[root] < 0 ? Infinity : this.#joinedAt[root];
      const found = known.get(root)?.find(({ level }) => level >= since && level < until);
      if (found !== undefined) return found.number;
      since = until;
    }
    return -1;
  }

  /** Of two of one area that of the lower class: it was there first. */
  #isMore(a: number, b: number): boolean {
    const { area, kind } = this.extents;
    return area[a] === area[b] ? kind[a] < kind[b] : area[a] > area[b];
  }

  /** Path halving (Tarjan and van Leeuwen, JACM 31(2), 1984). */
  #rootOf(zone: number): number {
    const find = this.#find;
    let at = zone;
    while (find[at] !== at) {
      find[at] = find[find[at]];
      at = find[at];
    }
    return at;
  }
}

function zonesByClass(kind: Uint8Array, levels: number): readonly (readonly number[])[] {
  const zones: number[][] = Array.from({ length: levels + 1 }, () => []);
  for (let zone = 0; zone < kind.length; zone++) zones[kind[zone]].push(zone);
  return zones;
}

function touchingZones(
  { count, from, to, row, kind, label }: LabelledRuns,
  { reach, levels }: { readonly reach: number; readonly levels: number },
): readonly (readonly number[])[] {
  const touching: number[][] = Array.from({ length: levels + 1 }, () => []);
  let above = 0;
  for (let run = 0; run < count; run++) {
    const y = row[run];
    if (run > 0 && row[run - 1] === y && to[run - 1] === from[run]) {
      touching[Math.max(kind[run - 1], kind[run])].push(label[run - 1], label[run]);
    }
    while (row[above] < y - 1 || (row[above] < y && to[above] + reach <= from[run])) above++;
    for (let over = above; row[over] < y && from[over] < to[run] + reach; over++) {
      if (kind[over] !== kind[run]) touching[Math.max(kind[over], kind[run])].push(label[over], label[run]);
    }
  }
  return touching;
}
