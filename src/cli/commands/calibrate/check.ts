import { join, parse } from 'node:path';
import type { Command } from 'commander';
import {
  type Assumption,
  type LoadedCalibration,
  assumptionShapes,
  checkCalibration,
  combineAssumptions,
  loadCalibration,
  resolveCalibration,
  scoreMutants,
} from '../../../calibration/index.js';
import { drawOverlay, encodePng } from '../../../image/index.js';
import { spellAssumptions } from '../../check-report.js';
import { keepDrift } from '../../drift-file.js';
import { EXIT, createOutput } from '../../output.js';
import {
  type NamedPicture,
  type PictureOptions,
  addPictureOptions,
  takePictures,
} from '../../picture-options.js';
import { writeOutput } from '../../write-output.js';

interface CheckOptions extends PictureOptions {
  readonly out?: string;
  readonly ledger?: string;
  readonly mutate?: boolean;
  readonly json?: boolean;
}

export function addCheckCommand(calibrate: Command): void {
  const command = calibrate
    .command('check')
    .description(
      'each assumption of a calibration, held against pictures: held, drifted, broken, not-visible',
    )
    .argument('<file>', 'calibration file');
  addPictureOptions(command)
    .option('--out <png>', 'where the overlay goes (default: <file>.check.png)')
    .option('--ledger <file>', 'add what was found to this drift ledger, and warn of what is about to fail')
    .option(
      '--mutate',
      'how many changed versions of the pictures the calibration notices, in place of the check',
    )
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: CheckOptions) => {
      const output = createOutput({ json: options.json === true });
      const calibration = await loadCalibration(file);
      const pictures = await takePictures(options, {
        calibration,
        onNote: (line) => output.note(line),
      });
      if (options.mutate === true) {
        const { data, pretty } = spellMutants(file, pictures, calibration);
        output.result(data, pretty);
        process.exitCode = data.share < LEAST_NOTICED ? EXIT.review : EXIT.ok;
        return;
      }
      const checked = pictures.map(({ image, viewport }) => {
        const resolved = resolveCalibration(calibration, viewport);
        return checkCalibration(resolved, image);
      });
      const overlays = await Promise.all(
        pictures.map(async ({ image }, i) => {
          const path = numbered(options.out ?? `${file}.check.png`, i, pictures.length);
          await writeOutput(path, encodePng(drawOverlay(image, assumptionShapes(checked[i]))));
          return path;
        }),
      );
      const assumptions = combineAssumptions(checked);
      const overlay = overlays.length === 1 ? overlays[0] : overlays;
      const trends = options.ledger === undefined ? [] : await keepDrift(options.ledger, assumptions);
      for (const { name, failsAt } of trends)
        output.note(`warning: ${name} will not hold from ${failsAt} on`);
      output.result(
        { file, assumptions: assumptions.map(published), overlay, ...(options.ledger ? { trends } : {}) },
        `${spellAssumptions(assumptions)}\n${overlays.map((path) => `overlay: ${path}`).join('\n')}`,
      );
      const wrong = assumptions.some(({ state }) => state === 'drifted' || state === 'broken');
      process.exitCode = wrong ? EXIT.review : EXIT.ok;
    });
}

function spellMutants(file: string, pictures: readonly NamedPicture[], calibration: LoadedCalibration) {
  const scores = pictures.map(({ name, image, viewport }) => ({
    picture: name,
    ...scoreMutants(resolveCalibration(calibration, viewport), image),
  }));
  const mutants = scores.reduce((sum, score) => sum + score.mutants, 0);
  const right = scores.reduce((sum, score) => sum + score.right, 0);
  const share = Math.round((1000 * right) / mutants) / 1000;
  const lines = scores.flatMap((score) => [
    `${score.picture}: ${score.right} of ${score.mutants}`,
    ...score.wrong.map((line) => `  ${line}`),
  ]);
  const total = `noticed as they should be: ${right} of ${mutants} (${(100 * share).toFixed(1)} %)`;
  return { data: { file, mutants, right, share, pictures: scores }, pretty: [...lines, total].join('\n') };
}

/** The share of changed pictures that a calibration has to notice. */
const LEAST_NOTICED = 0.95;

/** `check.png` of three pictures is `check.1.png`, `check.2.png` and `check.3.png`. */
function numbered(path: string, index: number, of: number): string {
  if (of === 1) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.${index + 1}${ext}`);
}

function published({ margin, ...assumption }: Assumption) {
  return { ...assumption, margin: Math.round(margin * 1000) / 1000 };
}
