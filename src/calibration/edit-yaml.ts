import { type Document, type Node, isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';

import type { PlaceEdit } from './move-places.js';

/**
 * The text with the values at these paths replaced, and nothing else: comments, order, quotes and line breaks stay as they are,
 * because the numbers are exchanged where they stand. A value the text does not have (a default) is left out. What stands
 * behind an alias is exchanged once, where its anchor is. The text is a valid calibration.
 */
export function editYaml(text: string, edits: readonly PlaceEdit[]): string {
  const document: Document = parseDocument(text, { keepSourceTokens: false, stringKeys: true });
  const replacements = new Map<number, { readonly end: number; readonly text: string }>();
  for (const { path, to } of edits) {
    const node = nodeAt(document, path);
    if (node === undefined) continue;
    const values = typeof to === 'number' ? [to] : to;
    const nodes = isSeq(node) ? node.items : [node];
    for (const [i, item] of nodes.entries()) {
      const scalar = isAlias(item) ? item.resolve(document) : item;
      if (!isScalar(scalar) || !scalar.range) continue;
      replacements.set(scalar.range[0], { end: scalar.range[1], text: String(values[i]) });
    }
  }
  let edited = text;
  for (const [start, { end, text: value }] of [...replacements].sort(([a], [b]) => b - a)) {
    edited = edited.slice(0, start) + value + edited.slice(end);
  }
  return edited;
}

function nodeAt(document: Document, path: PlaceEdit['path']): Node | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) node = node.items.find((item) => isScalar(item.key) && item.key.value === key)?.value;
    else node = isSeq(node) ? node.items[Number(key)] : undefined;
  }
  if (isAlias(node)) node = node.resolve(document);
  return isNode(node) ? node : undefined;
}
