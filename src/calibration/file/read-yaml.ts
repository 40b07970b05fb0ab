import { type Document, isScalar, parseDocument, visit } from 'yaml';

import { findExcess } from './find-excess.js';
import { type Locator, createLocator } from './create-locator.js';
import type { Finding } from './finding.js';
import { showText, showValue } from './show-value.js';

/** A calibration of a large application is below 30 KB; of the worst inputs, this much took 1.7 s of CPU time. */
export const MAX_CALIBRATION_BYTES = 256 * 1024;
/** Swatches of one kind share their colours by an alias; aliases of aliases multiply (the "billion laughs"). */
const MAX_ALIASES = 100;

/** A YAML text as plain data, and where in the text each part of it stands. */
export interface YamlData {
  readonly kind: 'data';
  readonly value: unknown;
  readonly offsetOf: Locator;
}

/**
 * Reads one YAML 1.2 document (JSON is one too) that may come from anywhere. Refused, beyond what YAML itself refuses:
 * more than 256 KiB, mappings or lists of more than 2000 entries, more than 32 levels, aliases that multiply, unknown
 * tags, a second document, and the key `__proto__`, which a copy of the data would lose silently.
 */
export function readYaml(
  text: string,
): YamlData | { readonly kind: 'findings'; readonly findings: Finding[] } {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > MAX_CALIBRATION_BYTES) return refused(tooLarge(`${sizeBytes} bytes`));
  const excess = findExcess(text);
  if (excess !== undefined) return refused(excess);
  const document: Document = parseDocument(text, {
    prettyErrors: false,
    stringKeys: true,
    // Its own check compares each key with each; findBadKey does not.
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  // A warning is a tag that would be dropped: content lost, hence an error here.
  const errors = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (errors.length > 0) {
    return { kind: 'findings', findings: errors.map(({ pos, message }) => notYaml(text, pos[0], message)) };
  }
  const badKey = findBadKey(document);
  if (badKey !== undefined) return refused(badKey);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { kind: 'data', value, offsetOf: createLocator(document) };
  } catch (error) {
    return refused(badAlias(document, error));
  }
}

/** What is wrong with a file beyond the size cap, whether it was read whole or not. */
export function tooLarge(received: string): Finding {
  const expected = `at most ${MAX_CALIBRATION_BYTES} bytes`;
  return { offset: 0, problem: 'the file is too large', expected, received };
}

function refused(finding: Finding): { readonly kind: 'findings'; readonly findings: Finding[] } {
  return { kind: 'findings', findings: [finding] };
}

function notYaml(text: string, offset: number, message: string): Finding {
  const rest = /^[^\r\n]*/.exec(text.slice(offset, offset + 100))![0];
  return {
    offset,
    problem: showText(message, 200),
    expected: 'one valid YAML 1.2 document',
    received: rest === '' ? 'the end of the line' : `"${showText(rest)}"`,
  };
}

function findBadKey(document: Document): Finding | undefined {
  let finding: Finding | undefined;
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const twice = seen.has(key.value);
        if (twice || key.value === '__proto__') {
          finding = {
            offset: key.range![0],
            problem: twice ? 'a key that is there already' : 'a key no mapping may have',
            expected: 'another name',
            received: showValue(key.value),
          };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return finding;
}

/** An alias nobody anchored before it, or aliases that multiply: the library says which, but not where. */
function badAlias(document: Document, error: unknown): Finding {
  const anchors = new Set<string>();
  let dangling: number | undefined;
  let last = 0;
  visit(document, {
    Alias(_, { source, range }) {
      last = range![0];
      if (!anchors.has(source)) dangling ??= last;
    },
    Value(_, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
  });
  return {
    offset: dangling ?? last,
    problem: 'bad alias',
    expected: `aliases of anchors set before them, each used at most ${MAX_ALIASES} times`,
    received: showText(error instanceof Error ? error.message : String(error)),
  };
}
