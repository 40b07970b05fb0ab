import type { Tally } from './measure.js';
import type { PlaceboTally } from './placebo.js';

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

const BEGIN = '<!-- placebo: npm run accuracy -- --placebo -->';
const END = '<!-- end of placebo -->';

/** The page with this placebo section in place of the one it has, or at its end. */
export function withPlacebo(page: string, section: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  return from < 0
    ? `${page.trimEnd()}\n\n${section}`
    : page.slice(0, from) + section + page.slice(to + END.length + 1);
}

/** The placebo section of a page, empty where it has none. */
export function placeboOf(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  return from < 0 ? '' : page.slice(from, to + END.length + 1);
}

export function renderPlacebo(
  tallies: readonly PlaceboTally[],
  { date, commit, sensor }: Readonly<{ date: string; commit: string; sensor: string }>,
): string {
  return [
    BEGIN,
    '',
    '## Placebo',
    '',
    `Written by \`npm run accuracy -- --placebo\` on ${date}, commit ${commit}, sensor ${sensor}: the steps of each flow in turn, with nothing sent.`,
    'Each window lasts as long as the step waits for its own input, with whatever moves by itself.',
    '',
    '| application | windows | called proved | passed over |',
    '| --- | ---: | ---: | --- |',
    ...tallies.map(({ application, windows, confirmed, skipped }) => {
      const over = Object.entries(skipped).map(([step, why]) => `${step} (${why})`);
      return `| ${application} | ${windows} | ${confirmed} | ${over.join(', ') || 'none'} |`;
    }),
    '',
    END,
    '',
  ].join('\n');
}
