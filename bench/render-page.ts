import { type Html, html } from '../src/report/html.js';
import { barChart } from './bar-chart.js';
import type { BenchCase, BenchRatio, BenchResult } from './result.js';

/** A chart for each distinct answer of `chart`, in order of appearance; its bars are named by what is left. */
interface Section {
  readonly title: string;
  readonly about: string;
  /** Title of the chart a case belongs to and the label of its bar; null when the case is of another section. */
  readonly place: (name: string) => readonly [chart: string, bar: string] | null;
}

const SECTIONS: readonly Section[] = [
  {
    title: 'Click to proof',
    about:
      'From the call that clicks to the picture of the row that shows the effect. A side’s browser is its own; they take turns.',
    place: (name) =>
      split(name, /^(click-to-proof):(.+)$/, 'page still') ??
      split(name, /^(click-to-proof-animated):(.+)$/, 'page moving'),
  },
  {
    title: 'Nothing changed',
    about: 'How long a sensor takes to know that a row still looks as in its last frame of it.',
    place: (name) => split(name, /^(no-change):(.+)$/, 'page still'),
  },
  {
    title: 'Collector',
    about: 'Rows per second of a whole loop: lossless picture on disk, click, proof. More is better.',
    place: (name) => split(name, /^(collector-rows-per-second):(.+)$/, 'rows per second'),
  },
  {
    title: 'Capture',
    about: 'From the call to the bytes: waiting for frames, encoding, transport. Decoding is apart, below.',
    place: (name) => regroup(name, /^capture:(.+):(frame|row):(\w+)$/),
  },
  {
    title: 'The same bytes, decoded',
    about: 'What the reader pays for each format, with the decoder that is used by default.',
    place: (name) => regroup(name, /^decode-captured:(.+):(frame|row):(\w+)$/),
  },
  {
    title: 'Size of the same bytes',
    about: 'What crosses the pipe.',
    place: (name) => regroup(name, /^bytes:(.+):(frame|row):(\w+)$/),
  },
  {
    title: 'Decoders',
    about: 'One picture each, checked against the portable decoder first.',
    place: (name) => split(name, /^decode:(.+):(.+)$/),
  },
  {
    title: 'Probes',
    about:
      'On pictures nobody has looked at yet: a drawn list before and after its first row went, and a photograph.',
    place: (name) =>
      split(name, /^(compare):(.+)-1280x720$/, 'how much differs, 1280x720') ??
      split(name, /^(probes):transition-(.+)$/, 'all probes of one transition') ??
      swap(split(name, /^probe:(.+?)-(row|1280x720.*)$/)),
  },
  {
    title: 'In parallel',
    about: 'Sessions with a browser each, driven by one Node process.',
    place: (name) => split(name, /^parallel-(.+):(\d+)$/),
  },
  {
    title: 'Soak',
    about: 'Many transitions in a row on one page.',
    place: (name) => split(name, /^(soak|soak-memory):(.+)$/),
  },
];

/** One self-contained page: what was measured where, the ratios, a plot per question, every number in a table. */
export function renderPage({ machine, cases, ratios, notes }: BenchResult, date: string): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>pixelproof bench ${machine.commit}</title>
      ${{ markup: `<style>${STYLE}</style>` }}
    </head>
    <body>
      <header>
        <h1>pixelproof bench</h1>
        <p>
          ${date}, commit ${machine.commit}. ${machine.browser}, Node ${machine.node}, ${machine.cpus} x
          ${machine.model}, ${machine.memoryMB} MB, ${machine.platform}.
        </p>
        <p>
          A bar ends at the median; the line over it goes from the least value to the 95th percentile. Trust
          ratios, not milliseconds: the sides of a comparison took turns in one run.
        </p>
      </header>
      ${ratioSection(ratios)} ${SECTIONS.map((section) => sectionOf(section, cases))} ${noteSection(notes)}
      ${table(cases)}
    </body>
  </html>`;
  return `<!doctype html>\n${page.markup}\n`;
}

function ratioSection(ratios: readonly BenchRatio[]): Html {
  return html`<section>
    <h2>Ratios</h2>
    <p>
      Median of the first over median of the second. Below 1 the first takes less; for rates, above 1 it does
      more.
    </p>
    <ul class="ratios">
      ${ratios.map(({ name, value }) => html`<li><b>${value}</b> <span>${name}</span></li>`)}
    </ul>
  </section>`;
}

function sectionOf({ title, about, place }: Section, cases: readonly BenchCase[]): Html {
  const charts = new Map<string, { label: string; case: BenchCase }[]>();
  for (const each of cases) {
    const placed = place(each.name);
    if (placed === null) continue;
    const [chart, label] = placed;
    charts.set(chart, [...(charts.get(chart) ?? []), { label, case: each }]);
  }
  if (charts.size === 0) return html``;
  return html`<section>
    <h2>${title}</h2>
    <p>${about}</p>
    <div class="charts">
      ${[...charts].map(
        ([name, bars]) =>
          html`<figure>
            <figcaption>${name}</figcaption>
            ${barChart(bars)}
          </figure>`,
      )}
    </div>
  </section>`;
}

function noteSection(notes: readonly string[]): Html {
  if (notes.length === 0) return html``;
  return html`<section>
    <h2>Notes</h2>
    <ul>
      ${notes.map((note) => html`<li>${note}</li>`)}
    </ul>
  </section>`;
}

function table(cases: readonly BenchCase[]): Html {
  return html`<section>
    <h2>Every case</h2>
    <table>
      <thead>
        <tr>
          <th>case</th>
          <th>unit</th>
          <th>n</th>
          <th>min</th>
          <th>p50</th>
          <th>p95</th>
        </tr>
      </thead>
      <tbody>
        ${cases.map(
          ({ name, unit, n, min, p50, p95 }) =>
            html`<tr>
              <td>${name}</td>
              <td>${unit}</td>
              <td>${n}</td>
              <td>${min}</td>
              <td>${p50}</td>
              <td>${p95}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

type Placed = readonly [chart: string, bar: string] | null;

function split(name: string, pattern: RegExp, chart?: string): Placed {
  const match = pattern.exec(name);
  return match === null ? null : [chart ?? match[1], match[2]];
}

function swap(placed: Placed): Placed {
  return placed === null ? null : [placed[1], placed[0]];
}

/** A chart per region and page, a bar for the rest. */
function regroup(name: string, pattern: RegExp): Placed {
  const match = pattern.exec(name);
  return match === null ? null : [`${match[2]}, ${match[3]} page`, match[1].replace(':', ' ')];
}

const STYLE = `
:root { --page: #f6f7f9; --card: #fff; --ink: #1c232c; --quiet: #5d6876; --line: #d9dee5; --ours: #2563c9; --theirs: #8a94a3; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171b; --card: #1c2026; --ink: #e2e6ec; --quiet: #96a1b0; --line: #313842; --ours: #5b95f0; --theirs: #76818f; }
}
body { margin: 0 auto; max-width: 1240px; padding: 24px 20px 60px; background: var(--page); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 26px; } h2 { margin: 0; font-size: 17px; }
p { margin: 4px 0; color: var(--quiet); max-width: 90ch; }
section { margin-top: 28px; }
.ratios { list-style: none; margin: 10px 0 0; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(285px, 1fr)); gap: 8px; }
.ratios li { background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 8px 12px; }
.ratios b { font-size: 20px; font-variant-numeric: tabular-nums; display: block; } .ratios span { color: var(--quiet); font-size: 12px; overflow-wrap: anywhere; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(380px, 1fr)); gap: 12px; margin-top: 10px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 10px 12px; }
figcaption { font-weight: 600; margin-bottom: 4px; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } svg .value { fill: var(--quiet); font-variant-numeric: tabular-nums; }
.ours { fill: var(--ours); } .theirs { fill: var(--theirs); } .spread { stroke: var(--ink); stroke-opacity: .55; fill: none; } .base { stroke: var(--line); }
table { border-collapse: collapse; margin-top: 10px; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 2px 10px; border-bottom: 1px solid var(--line); } th:first-child, td:first-child { text-align: left; }
ul { padding-left: 20px; }
`;
