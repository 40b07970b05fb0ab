import type { Command } from 'commander';
import { loadCalibration, overlayShapes, resolveCalibration } from '../../../calibration/index.js';
import { drawOverlay, encodePng } from '../../../image/index.js';
import { createOutput } from '../../output.js';
import { type PictureOptions, addPictureOptions, takeOnePicture } from '../../picture-options.js';
import { writeOutput } from '../../write-output.js';

interface OverlayOptions extends PictureOptions {
  readonly out: string;
  readonly json?: boolean;
}

export function addOverlayCommand(calibrate: Command): void {
  const command = calibrate
    .command('overlay')
    .description('a picture with every place of a calibration drawn on it and named')
    .argument('<file>', 'calibration file');
  addPictureOptions(command)
    .requiredOption('--out <png>', 'where the picture goes')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: OverlayOptions) => {
      const output = createOutput({ json: options.json === true });
      const calibration = await loadCalibration(file);
      const { image, viewport } = await takeOnePicture(options, {
        calibration,
        onNote: (line) => output.note(line),
      });
      const shapes = overlayShapes(resolveCalibration(calibration, viewport), image);
      await writeOutput(options.out, encodePng(drawOverlay(image, shapes)));
      output.result({ file, overlay: options.out, places: shapes.length }, `overlay: ${options.out}`);
    });
}
