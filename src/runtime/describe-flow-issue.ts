import type { z } from 'zod';
import { nearestName } from '../core/index.js';
import { printableName } from '../image/index.js';

/** What is wrong with a flow at one place. */
interface FlowFinding {
  readonly where: string;
  readonly expected: string;
  readonly received: string;
  readonly hint?: string;
}

/**
 * An issue of the flow's schema in the words of flows. Of what is there only a word that should be another word, a key, or a number
 * out of bounds is shown: the rest may be long, and it may be secret.
 */
export function describeFlowIssue(issue: z.core.$ZodIssue, flow: unknown): FlowFinding {
  const value = valueAt(flow, issue.path);
  const finding = {
    where: issue.path.join('.') || 'default export',
    expected: issue.message,
    received: nameOf(value),
  };
  switch (issue.code) {
    case 'invalid_type':
      // Where the schema has words of its own, those.
      return issue.message.startsWith('Invalid input') ? { ...finding, expected: issue.expected } : finding;
    case 'unrecognized_keys':
      return {
        ...finding,
        expected: `one of ${issue.message}`,
        ...word(issue.keys[0], issue.message.split(', ')),
      };
    case 'invalid_value': {
      const words = issue.values.map(String);
      return { ...finding, expected: words.join(' or '), ...word(value, words) };
    }
    case 'invalid_union':
      // By its kind, as an evidence or an action.
      return 'options' in issue && issue.options !== undefined
        ? { ...finding, ...word(value, issue.options.map(String)) }
        : finding;
    case 'too_small':
      return {
        ...finding,
        ...bound(issue, `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`, value),
      };
    case 'too_big':
      return { ...finding, ...bound(issue, `at most ${issue.maximum}`, value) };
    case 'invalid_format':
      return issue.format === 'regex' ? { ...finding, expected: `text like ${issue.pattern}` } : finding;
    case 'custom':
      return typeof value === 'number' ? { ...finding, received: String(value) } : finding;
    default:
      return finding;
  }
}

function word(value: unknown, words: readonly string[]): Partial<FlowFinding> {
  if (typeof value === 'number') return { received: String(value) };
  if (typeof value !== 'string') return {};
  const meant = nearestName(value, words);
  const received = `"${printableName(value.slice(0, 64))}"`;
  return meant === undefined ? { received } : { received, hint: `did you mean \`${meant}\`?` };
}

const UNITS: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' };

function bound({ origin }: { origin: string }, limit: string, value: unknown): Partial<FlowFinding> {
  const expected = `${limit}${UNITS[origin] ?? ''}`;
  return typeof value === 'number' ? { expected, received: String(value) } : { expected };
}

/** What a value is, in one or two words. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'null' : Array.isArray(value) ? `${value.length} entries` : typeof value;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}
