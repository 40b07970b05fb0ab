import type { Command } from 'commander';
import { addCheckCommand } from './calibrate/check.js';
import { addInitCommand } from './calibrate/init.js';
import { addLintCommand } from './calibrate/lint.js';
import { addOverlayCommand } from './calibrate/overlay.js';
import { addSolveCommand } from './calibrate/solve.js';

export function addCalibrateCommand(program: Command): void {
  const calibrate = program.command('calibrate').description('makes, checks and repairs calibration files');
  for (const add of [addInitCommand, addLintCommand, addOverlayCommand, addCheckCommand, addSolveCommand]) {
    add(calibrate);
  }
}
