import { type Document, type Node, type YAMLMap, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';

/** The offset of the value at `path`, or of its key; where there is no such value, of its nearest ancestor. */
export type Locator = (path: readonly PropertyKey[], part: 'key' | 'value') => number;

/**
 * Finds the parts of a document by their paths in the data. Each mapping is indexed on first use: for a file of a
 * thousand problems it is asked a thousand times.
 */
export function createLocator(document: Document): Locator {
  const indexes = new WeakMap<YAMLMap, Map<unknown, Entry>>();
  const entriesOf = (map: YAMLMap): Map<unknown, Entry> => {
    let entries = indexes.get(map);
    if (entries === undefined) indexes.set(map, (entries = index(map)));
    return entries;
  };
  return (path, part) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (let depth = 0; isNode(node); depth++) {
      offset = node.range?.[0] ?? offset;
      if (isAlias(node)) node = node.resolve(document);
      if (depth === path.length) break;
      const name = path[depth];
      if (isMap(node)) {
        const entry = entriesOf(node).get(name);
        if (part === 'key' && depth === path.length - 1) return entry?.key.range?.[0] ?? offset;
        node = entry?.value;
      } else {
        node = isSeq(node) ? node.items[Number(name)] : undefined;
      }
    }
    return offset;
  };
}

interface Entry {
  readonly key: Node;
  readonly value: unknown;
}

function index({ items }: YAMLMap): Map<unknown, Entry> {
  return new Map(
    items.flatMap(({ key, value }): [unknown, Entry][] =>
      isScalar(key) ? [[key.value, { key, value }]] : [],
    ),
  );
}
