#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addBenchCommand } from './commands/bench.js';
import { addCalibrateCommand } from './commands/calibrate.js';
import { addCaptureCommand } from './commands/capture.js';
import { addDemoCommand } from './commands/demo.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addProbeCommand } from './commands/probe.js';
import { addReplayCommand } from './commands/replay.js';
import { addReportCommand } from './commands/report.js';
import { addRunCommand } from './commands/run.js';
import { addTimelineCommand } from './commands/timeline.js';
import { PixelproofError } from '../core/index.js';
import { EXIT, exitCodeOf, reportError } from './output.js';
import { VERSION } from './package-info.js';

/** What the command leaves behind by mistake does not keep the process: the exit is bounded. */
const EXIT_MS = 5000;

// A reader that went away (a closed pipe) is no crash; there is nobody left to tell.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const program = new Command('pixelproof')
  .description('automates applications whose state exists only as pixels')
  .version(VERSION)
  .configureOutput({
    outputError: (text) => {
      const said = text.replace(/^error: /, '').trim();
      reportError(new PixelproofError('PXP_USAGE', said, { hint: '--help shows what there is' }));
    },
  })
  .exitOverride();
for (const add of [
  addDemoCommand,
  addRunCommand,
  addCaptureCommand,
  addProbeCommand,
  addCalibrateCommand,
  addDoctorCommand,
  addTimelineCommand,
  addReportCommand,
  addReplayCommand,
  addBenchCommand,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has said what is wrong; help and version are not wrong.
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    reportError(error);
    process.exitCode = exitCodeOf(error);
  }
}
setTimeout(() => process.exit(), EXIT_MS).unref();
