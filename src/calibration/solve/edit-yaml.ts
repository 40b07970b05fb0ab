import {
  type Document,
  type Node,
  Scalar,
  type YAMLMap,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';

import type { PlaceEdit, PlacePath } from './move-places.js';

/**
 * The text with the values at these paths replaced, and nothing else: comments, order, quotes and line breaks stay as they are,
 * because the numbers are exchanged where they stand. A number the text does not have (a default) is left out, a word it does not
 * have (a pin) is added to its entry. What stands behind an alias is exchanged once, where its anchor is. The text is a valid calibration.
 */
export function editYaml(text: string, edits: readonly PlaceEdit[]): string {
  const document: Document = parseDocument(text, { keepSourceTokens: false, stringKeys: true });
  const replacements = new Map<number, { readonly end: number; readonly text: string }>();
  for (const { path, to } of edits) {
    const node = nodeAt(document, path);
    if (node === undefined) {
      const entry = nodeAt(document, path.slice(0, -1));
      if (typeof to !== 'string' || !isMap(entry)) continue;
      const { at, text: added } = addition(text, entry, `${path.at(-1)}`, to);
      replacements.set(at, { end: at, text: added });
      continue;
    }
    const values = typeof to === 'object' ? to : [to];
    const nodes = isSeq(node) ? node.items : [node];
    for (const [i, item] of nodes.entries()) {
      const scalar = isAlias(item) ? item.resolve(document) : item;
      if (!isScalar(scalar) || !scalar.range) continue;
      replacements.set(scalar.range[0], { end: scalar.range[1], text: spelled(values[i], scalar) });
    }
  }
  let edited = text;
  for (const [start, { end, text: value }] of [...replacements].sort(([a], [b]) => b - a)) {
    edited = edited.slice(0, start) + value + edited.slice(end);
  }
  return edited;
}

/** Quoted where what stands in its place, or beside it, is. */
function spelled(value: number | string, like: unknown): string {
  const isQuoted = isScalar(like) && like.type === Scalar.QUOTE_DOUBLE;
  return isQuoted ? JSON.stringify(value) : String(value);
}

/** Behind the last value of an entry in braces; above the first key of one in lines. */
function addition(text: string, entry: YAMLMap, key: string, value: string): { at: number; text: string } {
  const [first, last] = [entry.items[0].key, entry.items.at(-1)!.value];
  const pair = `${spelled(key, first)}: ${spelled(value, first)}`;
  if (entry.flow === true && isNode(last)) return { at: last.range![1], text: `, ${pair}` };
  const at = isNode(first) ? first.range![0] : 0;
  const indent = at - (text.lastIndexOf('\n', at - 1) + 1);
  return { at, text: `${pair}${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(indent)}` };
}

function nodeAt(document: Document, path: PlacePath): Node | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = node.items.find((item) => isScalar(item.key) && item.key.value === key)?.value;
    else node = isSeq(node) ? node.items[Number(key)] : undefined;
  }
  if (isAlias(node)) node = node.resolve(document);
  return isNode(node) ? node : undefined;
}
