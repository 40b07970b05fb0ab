import { MODES } from '../../src/visual/index.js';
import { FORMATS, type ListTally } from './lists.js';
import type { PlaceboTally } from './placebo.js';
import type { Outcome, Survival } from './survival.js';
import type { Tally } from './verdicts.js';

const GRADES = ['right', 'false-proof', 'missed-effect', 'false-alarm', 'undecided'] as const;
/** Counts beside the grades of transitions. */
const WITHOUT_VERDICT = ['refused', 'unclaimed', 'failed'] as const;

const COLUMNS = [...GRADES, ...WITHOUT_VERDICT];

/** With what was measured, said in one place. */
export interface Circumstances {
  readonly date: string;
  readonly commit: string;
  readonly sensor: string;
}

const written = (name: string, { date, commit, sensor }: Circumstances): string =>
  `Written by \`npm run accuracy -- ${name}\` on ${date}, commit ${commit}, sensor ${sensor}.`;

export function renderVerdicts(tallies: readonly Tally[], circumstances: Circumstances): string {
  const line = ({ misbehaviour, transitions, runs, grades, verdicts, ...tally }: Tally): string =>
    `| ${[
      misbehaviour === '' ? 'none' : `\`${misbehaviour}\``,
      transitions,
      runs,
      ...GRADES.map((grade) => grades[grade] ?? 0),
      ...WITHOUT_VERDICT.map((each) => tally[each]),
      Object.entries(verdicts)
        .map(([verdict, count]) => `${count} ${verdict}`)
        .join(', '),
    ].join(' | ')} |`;
  return [
    '## Verdicts',
    '',
    `${written('verdicts', circumstances)} The bundled application misbehaves as told; each verdict is held against what`,
    'its server says the click did.',
    '',
    '- **false-proof**: `proved`, and it did not happen, or happened twice. None is allowed.',
    '- **missed-effect**: `no-effect`, and something happened. None is allowed.',
    '- **false-alarm**: `wrong-effect`, and exactly the right thing happened, or nothing did.',
    '- **undecided**: left to a person, who can look at the pictures.',
    '',
    'Beside these transitions:',
    '',
    '- **refused**: a step that sent nothing, or a look that stayed unsure, left to a person.',
    '- **unclaimed**: a click that had an effect, and no verdict. None is allowed.',
    '- **failed**: a run that ended with an error, not with a step left to a person.',
    '',
    `| misbehaviour | transitions | runs | ${COLUMNS.join(' | ')} | verdicts |`,
    `| --- | ---: | ---: | ${COLUMNS.map(() => '---:').join(' | ')} | --- |`,
    ...tallies.map(line),
    '',
    ...findingsOf(tallies),
  ].join('\n');
}

function findingsOf(tallies: readonly Tally[]): string[] {
  const all = tallies.flatMap(({ misbehaviour, findings }) =>
    findings.map((finding) => `- \`${misbehaviour}\`, ${finding}`),
  );
  return all.length === 0 ? [] : ['### What was not right', '', ...all.slice(0, 40), ''];
}

export function renderPlacebo(tallies: readonly PlaceboTally[], circumstances: Circumstances): string {
  return [
    '## Placebo',
    '',
    `${written('placebo', circumstances)} The steps of each flow in turn, with nothing sent. Each window lasts as long as the step`,
    'waits for its own input, with whatever moves by itself.',
    '',
    '| application | windows | called proved | passed over |',
    '| --- | ---: | ---: | --- |',
    ...tallies.map(({ application, windows, confirmed, skipped }) => {
      const over = Object.entries(skipped).map(([step, why]) => `${step} (${why})`);
      return `| ${application} | ${windows} | ${confirmed} | ${over.join(', ') || 'none'} |`;
    }),
  ].join('\n');
}

export function renderSurvival(survivals: readonly Survival[], circumstances: Circumstances): string {
  const modes = Object.keys(MODES) as (keyof typeof MODES)[];
  const cell = ({ survived, outcome, collected, error }: Outcome, rows: number): string =>
    survived ? 'yes' : `**no**: ${outcome}, ${collected} of ${rows}${error === null ? '' : `, ${error}`}`;
  return [
    '## Survival by mode',
    '',
    `${written('survival', circumstances)} One run of the ledger's flow in each mode: whether it ended by itself with each row`,
    'collected once, by what the server says. What no mode can bear, it is to refuse.',
    '',
    `| the application | rows | ${modes.join(' | ')} |`,
    `| --- | ---: | ${modes.map(() => '---').join(' | ')} |`,
    ...survivals.map(
      ({ situation, rows, byMode }) =>
        `| ${situation === '' ? 'as it was calibrated' : `\`${situation}\``} | ${rows} | ${modes.map((mode) => cell(byMode[mode], rows)).join(' | ')} |`,
    ),
  ].join('\n');
}

export function renderLists(tallies: readonly ListTally[], circumstances: Circumstances): string {
  const counts = FORMATS.map((format) =>
    (['right', 'wrong', 'unsure'] as const).map((grade) => (tally: ListTally) => tally.grades[format][grade]),
  ).flat();
  const sum = (of: (tally: ListTally) => number): number =>
    tallies.reduce((all, tally) => all + of(tally), 0);
  const findings = tallies.flatMap((tally) => tally.findings.map((finding) => `- \`${finding}\``));
  return [
    '## Rows of lists',
    '',
    `${written('lists', circumstances)} Lists drawn by a browser in these looks, each with other words, fonts, sizes, themes,`,
    "a selected row and scrolled by a part of one; `rowBands` without heights is held against the document's boxes.",
    '',
    '- **right**: each whole row found within 2 pixels, none invented.',
    '- **wrong**: not so, with a confidence of 0.8 or more. **unsure**: not so, and below.',
    '',
    '| look | lists | right | wrong | unsure | JPEG 60: right | wrong | unsure |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...tallies.map(
      (tally) => `| ${[tally.look, tally.lists, ...counts.map((of) => of(tally))].join(' | ')} |`,
    ),
    `| all | ${[sum(({ lists }) => lists), ...counts.map(sum)].join(' | ')} |`,
    '',
    ...(findings.length === 0 ? [] : ['### Lists that were not right', '', ...findings.slice(0, 40), '']),
  ].join('\n');
}
