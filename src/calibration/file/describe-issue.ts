import type { z } from 'zod';

import type { PathFinding } from './finding.js';
import { nearestName } from '../../core/nearest-name.js';
import { showValue } from './show-value.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  tuple: 'a list',
  int: 'a whole number',
  number: 'a finite number',
  string: 'a text',
};

/**
 * An issue of the calibration schema (made with `reportInput`) in the words of the file. One issue may be several
 * findings: each unknown key is one, and of the alternatives of a union those of the nearest are taken.
 */
export function describeIssue(issue: Issue, parent: Path = []): PathFinding[] {
  const path = [...parent, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], issue.message, key));
    case 'invalid_union':
      return nearest(issue.errors.map((issues) => issues.flatMap((each) => describeIssue(each, path))));
    case 'invalid_key': {
      const expected = issue.issues[0].message;
      return [{ path, part: 'key', problem: 'not a name', expected, received: showValue(path.at(-1)) }];
    }
    case 'invalid_type': {
      // YAML reads 80608030308058e8, and any text of digits alone, as a number.
      const isNumber = issue.expected === 'string' && typeof issue.input === 'number';
      const expected = isNumber ? 'a text, in quotes' : (TYPE_NAMES[issue.expected] ?? issue.expected);
      return [wrongValue(path, expected, issue.input)];
    }
    case 'invalid_value':
      return [wrongOption(path, issue.values.map(String), issue.input)];
    case 'too_small':
      return [
        wrongValue(
          path,
          bound(issue, `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`),
          issue.input,
        ),
      ];
    case 'too_big':
      return [wrongValue(path, bound(issue, `at most ${issue.maximum}`), issue.input)];
    default:
      return [wrongValue(path, issue.message, issue.input)];
  }
}

function unknownKey(path: Path, known: string, key: string): PathFinding {
  const meant = nearestName(key, known.split(', '));
  return {
    path,
    part: 'key',
    problem: 'unknown key',
    expected: `one of ${known}`,
    received: showValue(key),
    ...(meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }),
  };
}

/** The alternative with the fewest findings: the one the author most likely meant. The first of equals. */
function nearest(alternatives: PathFinding[][]): PathFinding[] {
  return alternatives.reduce((best, each) => (each.length < best.length ? each : best));
}

function wrongOption(path: Path, options: readonly string[], input: unknown): PathFinding {
  const meant = typeof input === 'string' ? nearestName(input, options) : undefined;
  return {
    ...wrongValue(path, options.join(' | '), input),
    ...(meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }),
  };
}

function wrongValue(path: Path, expected: string, input: unknown): PathFinding {
  const name = `\`${path.map(String).join('.')}\``;
  if (input === undefined)
    return { path, part: 'missing', problem: `${name} is missing`, expected, received: 'nothing' };
  return { path, part: 'value', problem: `${name} is not valid`, expected, received: showValue(input) };
}

/** Lists count items; texts say their rule as a whole; numbers are bare. */
function bound({ origin, message }: { origin: string; message: string }, limit: string): string {
  if (origin === 'array') return `${limit} items`;
  return origin === 'string' ? message : limit;
}
