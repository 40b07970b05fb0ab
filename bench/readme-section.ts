import { formatValue } from './format-value.js';
import type { BenchResult } from './result.js';

const BEGIN = '<!-- bench: written by scripts/readme-bench.mjs -->';
const END = '<!-- bench end -->';

/** Rows of the table: what a person asks, and the cases that answer, ours first. */
const ROWS: readonly (readonly [question: string, cases: Readonly<Record<string, string>>])[] = [
  ['Click to proof, one row of a page', sides('click-to-proof', 'frame-control', 'screencast')],
  ['The same on a page that moves', sides('click-to-proof-animated', 'frame-control', 'screencast')],
  [
    'Rows collected, each with a picture of now on disk before its click',
    {
      'frame-control': 'collector-rows-per-second:pixelproof',
      playwright: 'collector-rows-per-second:playwright',
    },
  ],
  [
    '“Nothing has changed”',
    { 'frame-control': 'no-change:frame-control', screencast: 'no-change:screencast' },
  ],
];
const COLUMNS = ['frame-control', 'screencast', 'playwright', 'puppeteer'] as const;

/** The README's table of medians from one result, with the markers it stands between. */
export function renderReadmeSection({ machine, cases }: BenchResult, file: string): string {
  const medianOf = (name: string | undefined): string => {
    const found = cases.find((each) => each.name === name);
    return found === undefined ? '–' : formatValue(found.p50, found.unit);
  };
  const lines = [
    `| median | ${COLUMNS.map((column) => (column.includes('-') || column === 'screencast' ? `pixelproof, ${column}` : column)).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(COLUMNS.length)}`,
    ...ROWS.map(
      ([question, names]) =>
        `| ${question} | ${COLUMNS.map((column) => medianOf(names[column])).join(' | ')} |`,
    ),
  ];
  const about = `${machine.browser}, Node ${machine.node}, ${machine.cpus} processors (${machine.model}), no GPU; sides interleaved in one run: [${file}](bench/results/${file}).`;
  return [BEGIN, '', ...lines, '', about, '', END].join('\n');
}

/** The README with its section replaced. Throws when it has none. */
export function withReadmeSection(readme: string, section: string): string {
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the README has no ${BEGIN}`);
  return readme.slice(0, from) + section + readme.slice(to + END.length);
}

function sides(what: string, ...ours: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...ours, 'playwright', 'puppeteer'].map((side) => [side, `${what}:${side}`]));
}
