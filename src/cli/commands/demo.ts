import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Command, Option } from 'commander';
import { PixelproofError } from '../../core/index.js';
import { parseWhole } from '../arguments.js';
import { loadFlow } from '../load-flow.js';
import { SENSORS, type SensorName } from '../open-sensor.js';
import { EXIT, createOutput } from '../output.js';
import { PACKAGE_FOLDER } from '../package-info.js';
import { runAndReport, spellReport } from '../run-and-report.js';

/** What the bundled application's server offers; it is plain JavaScript outside of the build. */
interface LedgerServer {
  readonly url: string;
  truth(): { clicks: { row: string | null }[]; collected: string[]; doubles: number };
  close(): Promise<void>;
}
interface LedgerModule {
  readonly startLedgerServer: (
    options: Readonly<{ port: number; seed: number; rows: number; misbehave: string }>,
  ) => Promise<LedgerServer>;
}

interface DemoOptions {
  readonly rows: number;
  readonly seed: number;
  readonly misbehave: string;
  readonly data: string;
  readonly sensor: SensorName;
  readonly headed?: boolean;
  readonly json?: boolean;
}

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('the main job on the bundled canvas application')
    .option('--rows <n>', 'rows of its list', parseWhole({ min: 1, max: 5000 }), 200)
    .option(
      '--seed <n>',
      'what its rows look like and when it misbehaves',
      parseWhole({ min: 0, max: 2 ** 31 }),
      1,
    )
    .option('--misbehave <list>', 'lost=0.05,delay=1000,…: see calibrations/ledger/README.md', '')
    .option('--data <folder>', 'runs, timelines and pictures', join('.pixelproof', 'demo'))
    .addOption(new Option('--sensor <name>', 'frame source').choices(SENSORS).default('auto'))
    .option('--headed', 'show the browser')
    .option('--json', 'print the result as JSON')
    .action(async ({ rows, seed, misbehave, data, sensor, headed, json = false }: DemoOptions) => {
      const output = createOutput({ json });
      const ledger = join(PACKAGE_FOLDER, 'calibrations', 'ledger');
      const { startLedgerServer } = (await import(
        pathToFileURL(join(ledger, 'app', 'server.mjs')).href
      )) as LedgerModule;
      const loaded = await loadFlow(join(ledger, 'flow.ts'));
      const server = await startLedgerServer({ port: 0, seed, rows, misbehave }).catch(asUsage);
      try {
        const run = await runAndReport({ loaded, url: server.url, dataDir: data, sensor, headed }, output);
        const application = countClicks(server.truth(), rows);
        const agrees = application.collected === run.report.units;
        const counters: readonly (readonly [string, string])[] = [
          [
            'app says',
            `${application.collected} of ${rows} rows collected, ${application.rowClicks} row clicks,`,
          ],
          ['', `${application.clickedTwice} rows clicked twice, ${application.doubles} fired twice`],
        ];
        output.result({ ...run.report, application }, spellReport(run.report, counters));
        if (!agrees)
          output.note(`the run counted ${run.report.units} units, the application ${application.collected}`);
        process.exitCode = run.exitCode === EXIT.ok && !agrees ? EXIT.failed : run.exitCode;
      } finally {
        await server.close();
      }
    });
}

/** The application says which option it does not understand. */
function asUsage(error: unknown): never {
  if (!(error instanceof Error && error.name === 'OptionError')) throw error;
  throw new PixelproofError('PXP_USAGE', error.message, { what: '--misbehave', cause: error });
}

/** The application's own counters, read after the run; the engine never sees them. */
function countClicks({ clicks, collected, doubles }: ReturnType<LedgerServer['truth']>, rows: number) {
  const perRow = new Map<string, number>();
  for (const { row } of clicks) if (row !== null) perRow.set(row, (perRow.get(row) ?? 0) + 1);
  const counts = [...perRow.values()];
  return {
    rows,
    collected: collected.length,
    rowClicks: counts.reduce((sum, n) => sum + n, 0),
    clickedTwice: counts.filter((n) => n > 1).length,
    doubles,
  };
}
