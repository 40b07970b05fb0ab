import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { lintFile } from '../../../calibration/index.js';
import { isPixelproofError } from '../../../core/index.js';
import { clickedBy, spellFinding } from '../../lint-calibration.js';
import { loadFlow } from '../../load-flow.js';
import { EXIT, type Output, createOutput } from '../../output.js';

interface LintCommandOptions {
  readonly flow?: string;
  readonly json?: boolean;
}

export function addLintCommand(calibrate: Command): void {
  calibrate
    .command('lint')
    .description('what is wrong with a calibration file, and what will mislead')
    .argument('<file>', 'calibration file')
    .option('--flow <file>', 'the flow that uses it (default: flow.ts and twins.ts beside it)')
    .option('--json', 'print the findings as JSON')
    .action(async (file: string, { flow, json = false }: LintCommandOptions) => {
      const output = createOutput({ json });
      await lintFile(file);
      const clicked =
        flow === undefined
          ? await clickedBeside(file, output)
          : clickedBy((await loadFlow(flow, { calibration: file })).flow);
      const findings = await lintFile(file, { clicked });
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      const lines = findings.map((finding) => spellFinding(file, finding));
      const end = `${file}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`;
      output.result({ file, valid: errors === 0, findings }, [...lines, end].join('\n'));
      process.exitCode = errors === 0 ? EXIT.ok : EXIT.usage;
    });
}

/** A pack's flow, and its clicks that must not be proved. */
const BESIDE = ['flow.ts', 'twins.ts'];

/** What the flows beside the file click; undefined where there are none of it, or one does not load. */
async function clickedBeside(file: string, output: Output): Promise<ReadonlySet<string> | undefined> {
  const there = await readdir(dirname(file));
  const paths = BESIDE.filter((name) => there.includes(name)).map((name) => join(dirname(file), name));
  try {
    const loaded = await Promise.all(paths.map((path) => loadFlow(path)));
    const own = loaded.filter(({ files }) => files.calibration === resolve(file));
    return own.length === 0 ? undefined : new Set(own.flatMap(({ flow }) => [...clickedBy(flow)]));
  } catch (error) {
    if (!isPixelproofError(error)) throw error;
    output.note(`warning: what the flow uses is not known: ${error.message}`);
    return undefined;
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
