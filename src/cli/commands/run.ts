import { Option, type Command } from 'commander';
import type { Size } from '../../core/index.js';
import { parseNumber, parseSize, parseUrl, parseWhole } from '../arguments.js';
import { requireSound, spellFinding } from '../lint-calibration.js';
import { loadFlow } from '../load-flow.js';
import { SENSORS, type SensorName } from '../open-sensor.js';
import { MODES, type Mode } from '../../visual/index.js';
import { createOutput } from '../output.js';
import { runAndReport, spellReport } from '../run-and-report.js';

interface RunCommandOptions {
  readonly url?: string;
  readonly calibration?: string;
  readonly viewport?: Size;
  readonly deviceScaleFactor?: number;
  readonly sensor: SensorName;
  readonly mode: Mode;
  readonly attach?: string;
  readonly data: string;
  readonly headed?: boolean;
  readonly placebo?: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addRunCommand(program: Command): void {
  program
    .command('run')
    .description('one run of a flow')
    .argument('<flow>', 'flow file, .ts or .js')
    .option('--url <url>', "where the application is (default: the flow's)", parseUrl)
    .option('--calibration <file>', "calibration file (default: the flow's)")
    .option('--viewport <w>x<h>', "window's size in CSS pixels (default: the calibration's)", parseSize)
    .option(
      '--device-scale-factor <n>',
      "device pixels per CSS pixel (default: the calibration's)",
      parseNumber({ min: 0.25, max: 8 }),
    )
    .addOption(new Option('--sensor <name>', 'frame source').choices(SENSORS).default('auto'))
    .addOption(
      new Option('--mode <mode>', 'trust the calibration, the pixels, or one after the other')
        .choices(Object.keys(MODES))
        .default('hybrid'),
    )
    .option('--attach <address>', 'a running browser: ws://… or http://host:port')
    .option('--data <folder>', 'runs, timelines and pictures', '.pixelproof')
    .option('--headed', 'show the browser')
    .option(
      '--placebo <n>',
      'send nothing, and count in n windows how often a step is called proved',
      parseWhole({ min: 1, max: 1_000_000 }),
    )
    .option('--dry-run', 'check flow and calibration, start nothing')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: RunCommandOptions) => {
      const output = createOutput({ json: options.json === true });
      const { calibration, deviceScaleFactor } = options;
      const viewport = {
        ...options.viewport,
        ...(deviceScaleFactor === undefined ? {} : { deviceScaleFactor }),
      };
      const loaded = await loadFlow(file, { calibration, viewport });
      for (const finding of await requireSound(loaded)) {
        output.note(spellFinding(loaded.files.calibration, finding));
      }
      if (options.dryRun === true) {
        const { name, steps } = loaded.flow;
        const names = Object.keys(steps);
        output.result({ flow: name, steps: names, ok: true }, `${name}: ${names.length} steps, all checked`);
        return;
      }
      const { url, sensor, mode, attach, headed, placebo, data: dataDir } = options;
      const { report, exitCode } = await runAndReport(
        { loaded, url, sensor, mode, attach, headed, placebo, dataDir },
        output,
      );
      output.result(report, spellReport(report));
      process.exitCode = exitCode;
    });
}
