import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { findRun, openStores } from '../open-stores.js';
import { createOutput } from '../output.js';
import { writeReport } from '../write-report.js';

export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description("a run's self-contained HTML report")
    .argument('<run>', 'its id, or last')
    .option('--data <folder>', 'runs, timelines and pictures', '.pixelproof')
    .option('--out <file>', 'default: report.html in the folder of the run')
    .option('--json', 'print {file} as JSON')
    .action(
      async (
        wanted: string,
        { data, out, json = false }: Readonly<{ data: string; out?: string; json?: boolean }>,
      ) => {
        const stores = await openStores(data, { mustExist: true });
        try {
          const { runId } = await findRun(stores.store, wanted);
          const file = resolve(out ?? join(data, 'runs', runId, 'report.html'));
          await writeReport({ runId, file, ...stores });
          createOutput({ json }).result({ file }, file);
        } finally {
          await stores.store.close();
        }
      },
    );
}
