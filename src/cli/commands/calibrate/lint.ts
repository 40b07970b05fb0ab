import type { Command } from 'commander';
import { lintFile } from '../../../calibration/index.js';
import { EXIT, createOutput } from '../../output.js';

export function addLintCommand(calibrate: Command): void {
  calibrate
    .command('lint')
    .description('what is wrong with a calibration file, and what will mislead')
    .argument('<file>', 'calibration file')
    .option('--json', 'print the findings as JSON')
    .action(async (file: string, { json = false }: { readonly json?: boolean }) => {
      const findings = await lintFile(file);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      const lines = findings.map(
        ({ line, severity, where, message }) => `${file}:${line}: ${severity}: ${where} ${message}`,
      );
      const end = `${file}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`;
      createOutput({ json }).result({ file, valid: errors === 0, findings }, [...lines, end].join('\n'));
      process.exitCode = errors === 0 ? EXIT.ok : EXIT.usage;
    });
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
