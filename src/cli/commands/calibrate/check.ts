import { join, parse } from 'node:path';
import type { Command } from 'commander';
import {
  assumptionShapes,
  checkCalibration,
  combineAssumptions,
  loadCalibration,
  resolveCalibration,
} from '../../../calibration/index.js';
import { drawOverlay, encodePng } from '../../../image/index.js';
import { spellAssumptions } from '../../check-report.js';
import { EXIT, createOutput } from '../../output.js';
import { type PictureOptions, addPictureOptions, takePictures, viewportOf } from '../../picture-options.js';
import { writeOutput } from '../../write-output.js';

interface CheckOptions extends PictureOptions {
  readonly out?: string;
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
    .option('--json', 'print the assumptions as JSON')
    .action(async (file: string, options: CheckOptions) => {
      const output = createOutput({ json: options.json === true });
      const calibration = await loadCalibration(file);
      const pictures = await takePictures(options, {
        calibration,
        file,
        onNote: (line) => output.note(line),
      });
      const checked = pictures.map(({ image }) => {
        const resolved = resolveCalibration(calibration, viewportOf(image, calibration));
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
      output.result(
        { file, assumptions: assumptions.map(published), overlay },
        `${spellAssumptions(assumptions)}\n${overlays.map((path) => `overlay: ${path}`).join('\n')}`,
      );
      const wrong = assumptions.some(({ state }) => state === 'drifted' || state === 'broken');
      process.exitCode = wrong ? EXIT.review : EXIT.ok;
    });
}

/** `check.png` of three pictures is `check.1.png`, `check.2.png` and `check.3.png`. */
function numbered(path: string, index: number, of: number): string {
  if (of === 1) return path;
  const { dir, name, ext } = parse(path);
  return join(dir, `${name}.${index + 1}${ext}`);
}

function published({ margin, ...assumption }: ReturnType<typeof combineAssumptions>[number]) {
  return { ...assumption, margin: Math.round(margin * 1000) / 1000 };
}
