import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import {
  type LoadedCalibration,
  type Solution,
  loadCalibration,
  readCalibrationText,
  solveCalibration,
  unifiedDiff,
} from '../../../calibration/index.js';
import { type ImageBuffer, crop, encodePng } from '../../../image/index.js';
import { EXIT, createOutput } from '../../output.js';
import { type PictureOptions, addPictureOptions, takeOnePicture } from '../../picture-options.js';
import { writeOutput } from '../../write-output.js';

interface SolveOptions extends PictureOptions {
  readonly write?: boolean;
  readonly json?: boolean;
}

export function addSolveCommand(calibrate: Command): void {
  const command = calibrate
    .command('solve')
    .description('fits a calibration to a layout that has moved or grown, and proposes the file as a diff')
    .argument('<file>', 'calibration file');
  addPictureOptions(command)
    .option('--write', 'write the file, and template pictures that have another size now')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: SolveOptions) => {
      const output = createOutput({ json: options.json === true });
      const text = await readCalibrationText(file);
      const calibration = await loadCalibration(file);
      const { image, viewport } = await takeOnePicture(options, {
        calibration,
        onNote: (line) => output.note(line),
      });
      // Of a page it is known, of a picture only when it is said.
      const isKnown = options.url !== undefined || options.scale !== undefined;
      const deviceScaleFactor = isKnown ? viewport.deviceScaleFactor : undefined;
      const solution = solveCalibration({ calibration, text, image, deviceScaleFactor });
      if (options.write === true) await write(file, { solution, calibration, image });
      const written = options.write === true && 'text' in solution;
      output.result(...told(file, { solution, text, written }));
      if (solution.kind === 'refused' && options.url !== undefined && options.flow === undefined) {
        output.note(
          'this is the page as it opens; with --flow <file> it is looked at when its session is ready',
        );
      }
      process.exitCode = solution.kind === 'refused' ? EXIT.review : EXIT.ok;
    });
}

async function write(
  file: string,
  {
    solution,
    calibration,
    image,
  }: Readonly<{ solution: Solution; calibration: LoadedCalibration; image: ImageBuffer }>,
): Promise<void> {
  if (!('text' in solution)) return;
  for (const { name, rect } of solution.kind === 'solved' ? solution.recut : []) {
    const anchor = calibration.anchors[name];
    if (!('template' in anchor)) continue;
    await writeOutput(join(dirname(file), anchor.template), encodePng(crop(image, rect)));
  }
  await writeOutput(file, solution.text);
}

function told(
  file: string,
  { solution, text, written }: Readonly<{ solution: Solution; text: string; written: boolean }>,
): [data: unknown, pretty: string] {
  switch (solution.kind) {
    case 'unchanged':
      return [{ file, solved: true, changed: false }, `${file}: holds as it is`];
    case 'refused': {
      const { reason, details } = solution;
      const data = { file, solved: false, reason, details };
      return [data, [`refused: ${reason}`, ...details.map((line) => `  ${line}`)].join('\n')];
    }
    case 'pinned': {
      const { shift, pins, undecided, untold } = solution;
      const diff = unifiedDiff(text, solution.text, { file });
      const lines = [
        ...(shift.x === 0 && shift.y === 0 ? [] : [`all places: shift ${shift.x}, ${shift.y} px`]),
        ...pins.map(({ path, from, to }) => `${path.slice(0, -1).join('.')}: ${to}, was ${from}`),
        ...undecided.map(({ name, pins: each }) => `undecided: ${name} fits as ${each.join(', or ')}`),
        ...(untold.length === 0 ? [] : [`kept, not to be seen on this picture: ${untold.join(', ')}`]),
        written ? `${file}: written` : 'nothing is written without --write',
      ];
      const named = pins.map(({ path, from, to }) => ({ name: path.slice(0, -1).join('.'), from, to }));
      return [
        { file, solved: true, changed: true, written, shift, pins: named, undecided, untold, diff },
        [diff, '', ...lines].join('\n'),
      ];
    }
    case 'solved': {
      const { x, y, recut } = solution;
      const diff = unifiedDiff(text, solution.text, { file });
      const fits = Object.entries({ x, y }).map(
        ([axis, { scale, shift, rms, inliers, missing }]) =>
          `${axis}: scale ${scale.toFixed(4)}, shift ${shift.toFixed(1)} px, rms ${rms.toFixed(2)} px, ${inliers.length} of ${inliers.length + missing.length} places`,
      );
      const recuts = recut.map(({ name }) => `template ${name}: its picture has another size now`);
      const end = written ? `${file}: written` : 'nothing is written without --write';
      return [
        { file, solved: true, changed: true, written, x, y, recut, diff },
        [diff, '', ...fits, ...recuts, end].join('\n'),
      ];
    }
  }
}
