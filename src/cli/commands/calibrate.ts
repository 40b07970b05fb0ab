import type { Command } from 'commander';
import { addCheckCommand } from './calibrate/check.js';
import { addInitCommand } from './calibrate/init.js';
import { addLintCommand } from './calibrate/lint.js';
import { addOverlayCommand } from './calibrate/overlay.js';
import { addReadCommand } from './calibrate/read.js';
import { addSolveCommand } from './calibrate/solve.js';

export function addCalibrateCommand(program: Command): void {
  const calibrate = program.command('calibrate').description('makes, checks and repairs calibration files');
  const parts = [
    addInitCommand,
    addLintCommand,
    addOverlayCommand,
    addReadCommand,
    addCheckCommand,
    addSolveCommand,
  ];
  for (const add of parts) add(calibrate);
}
