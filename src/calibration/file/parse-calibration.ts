import { PixelproofError } from '../../core/errors.js';
import { printableName } from '../../image/printable-name.js';
import { checkPlaces } from './check-places.js';
import { checkReferences } from './check-references.js';
import { describeIssue } from './describe-issue.js';
import type { Finding, PathFinding } from './finding.js';
import { type YamlData, readYaml } from './read-yaml.js';
import { type Calibration, calibrationSchema } from './schema.js';
import { showValue } from './show-value.js';

/**
 * The calibration a YAML or JSON text holds, with every default filled in, every reference between its parts resolvable
 * and every place inside the reference screenshot. A leading byte-order mark and CRLF line ends are accepted. At most
 * 256 KiB; milliseconds for real files, under two seconds of CPU time for the worst text of that size found.
 *
 * Errors: PXP_CALIBRATION for the first problem in the text, with `what` (the file), `where` (`line:column`, both from 1),
 * `expected`, `received` and, for a misspelt key or name, the one that was probably meant; its message says how many more
 * problems there are.
 *
 * @example
 * const calibration = parseCalibration(text, { file: 'calibration.yaml' });
 */
export function parseCalibration(text: string, { file }: Readonly<{ file: string }>): Calibration {
  return parseLocated(text, { file }).calibration;
}

/** The same, with the place of each of its parts in the text, for what is found wrong later. */
export function parseLocated(
  text: string,
  { file }: Readonly<{ file: string }>,
): { readonly calibration: Calibration; readonly locate: (path: readonly PropertyKey[]) => string } {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const yaml = readYaml(body);
  if (yaml.kind === 'findings') throw calibrationError(file, body, yaml.findings);
  if (yaml.value === null || typeof yaml.value !== 'object' || Array.isArray(yaml.value)) {
    throw calibrationError(file, body, [notMapping(yaml.value)]);
  }
  const result = calibrationSchema.safeParse(yaml.value, { reportInput: true });
  const findings = result.success
    ? [...checkReferences(result.data), ...checkPlaces(result.data)]
    : result.error.issues.flatMap((issue) => describeIssue(issue));
  if (result.success && findings.length === 0) {
    return {
      calibration: result.data,
      locate: (path) => lineAndColumn(body, yaml.offsetOf(path, 'value')),
    };
  }
  throw calibrationError(file, body, inOrder(yaml, findings));
}

/** The error for a list of findings that is not empty: its first one, and how many follow. */
export function calibrationError(file: string, text: string, findings: readonly Finding[]): PixelproofError {
  const [{ offset, problem, expected, received, hint }, ...others] = findings;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return new PixelproofError('PXP_CALIBRATION', `${problem}${more}`, {
    what: printableName(file),
    where: lineAndColumn(text, offset),
    expected,
    received,
    ...(hint === undefined ? {} : { hint }),
  });
}

function notMapping(value: unknown): Finding {
  const problem = value === null ? 'the file is empty' : 'not a calibration';
  return {
    offset: 0,
    problem,
    expected: 'a mapping with `version: 1`',
    received: value === null ? 'nothing' : showValue(value),
  };
}

/**
 * As they stand in the text, what is missing last: a misspelt key explains the missing one. Of a file of another version
 * nothing else is worth saying.
 */
function inOrder(yaml: YamlData, findings: readonly PathFinding[]): Finding[] {
  const version = findings.filter(({ path }) => path[0] === 'version');
  return (version.length > 0 ? version : findings)
    .map(({ path, part, ...rest }) => ({
      ...rest,
      missing: part === 'missing',
      offset: yaml.offsetOf(path, part === 'key' ? 'key' : 'value'),
    }))
    .sort((a, b) => Number(a.missing) - Number(b.missing) || a.offset - b.offset);
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${line}:${offset - before.lastIndexOf('\n')}`;
}
