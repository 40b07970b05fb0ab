import { type CST, Parser } from 'yaml';

import type { Finding } from './finding.js';

const MAX_ENTRIES = 2000;
const MAX_DEPTH = 32;
const MAX_ALIASES = 1000;

/**
 * What makes a YAML text dangerous to read: a collection nested deeper than 32 levels or of more than 2000 entries, or more
 * than 1000 aliases. It looks at tokens only, with a stack of its own, because what comes after recurses: a composer near
 * the end of the call stack can abort the whole process (V8 cannot compile a regular expression there), and it searches
 * the document once for every alias.
 */
export function findExcess(text: string): Finding | undefined {
  let aliases = 0;
  for (const root of new Parser().parse(text)) {
    const open: { token: CST.Token; depth: number }[] = [];
    if (root.type === 'document' && root.value) open.push({ token: root.value, depth: 1 });
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { token, depth } = next;
      const { offset } = token;
      if (token.type === 'alias' && ++aliases > MAX_ALIASES) {
        return { offset, problem: 'too many aliases', expected: `at most ${MAX_ALIASES}`, received: 'more' };
      }
      if (!('items' in token)) continue;
      const { items } = token;
      if (depth > MAX_DEPTH) {
        return {
          offset,
          problem: 'nested too deeply',
          expected: `at most ${MAX_DEPTH} levels`,
          received: 'more',
        };
      }
      if (items.length > MAX_ENTRIES) {
        return {
          offset,
          problem: 'too many entries',
          expected: `at most ${MAX_ENTRIES}`,
          received: `${items.length}`,
        };
      }
      for (const { key, value } of items) {
        if (key) open.push({ token: key, depth: depth + 1 });
        if (value) open.push({ token: value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
