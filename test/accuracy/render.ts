import type { Tally } from './measure.js';

const GRADES = ['right', 'false-proof', 'missed-effect', 'false-alarm', 'undecided'] as const;

/** The page of docs/accuracy.md. */
export function renderAccuracy(
  tallies: readonly Tally[],
  { date, commit, sensor }: Readonly<{ date: string; commit: string; sensor: string }>,
): string {
  const line = ({ misbehaviour, transitions, runs, grades, verdicts }: Tally): string =>
    `| ${[
      misbehaviour === '' ? 'none' : `\`${misbehaviour}\``,
      transitions,
      runs,
      ...GRADES.map((grade) => grades[grade] ?? 0),
      Object.entries(verdicts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(', '),
    ].join(' | ')} |`;
  return [
    '# Accuracy',
    '',
    `Written by \`npm run accuracy\` on ${date}, commit ${commit}, sensor ${sensor}. The bundled application misbehaves as told; each`,
    'verdict is held against what its server says the click did.',
    '',
    '- **false-proof**: `proved`, and it did not happen, or happened twice. None is allowed.',
    '- **missed-effect**: `no-effect`, and something happened. None is allowed.',
    '- **false-alarm**: `wrong-effect`, and exactly the right thing happened, or nothing did.',
    '- **undecided**: left to a person, who can look at the pictures.',
    '',
    `| misbehaviour | transitions | runs | ${GRADES.join(' | ')} | verdicts |`,
    `| --- | ---: | ---: | ${GRADES.map(() => '---:').join(' | ')} | --- |`,
    ...tallies.map(line),
    '',
    ...findingsOf(tallies),
  ].join('\n');
}

function findingsOf(tallies: readonly Tally[]): string[] {
  const all = tallies.flatMap(({ misbehaviour, findings }) =>
    findings.map((finding) => `- \`${misbehaviour}\`, ${finding}`),
  );
  return all.length === 0 ? [] : ['## What was not right', '', ...all.slice(0, 40), ''];
}
