import { access } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Command } from 'commander';
import {
  type Viewport,
  overlayShapes,
  parseCalibration,
  proposeCalibration,
  resolveCalibration,
} from '../../../calibration/index.js';
import { PixelproofError, type Size, systemClock } from '../../../core/index.js';
import { drawOverlay, encodePng, readImage } from '../../../image/index.js';
import { parseNumber, parseSize } from '../../arguments.js';
import { loadSession } from '../../load-flow.js';
import { createOutput } from '../../output.js';
import { stillOption } from '../../picture-options.js';
import { takePicture } from '../../take-picture.js';
import { writeOutput } from '../../write-output.js';

interface InitOptions {
  readonly out: string;
  readonly size: Size;
  readonly scale: number;
  readonly flow?: string;
  readonly attach?: string;
  readonly headed?: boolean;
  readonly still: number;
  readonly json?: boolean;
}

export function addInitCommand(calibrate: Command): void {
  calibrate
    .command('init')
    .description('a first calibration file for a page or a picture, with its overlay')
    .argument('<source>', 'url of a page, or a picture of the whole viewport')
    .requiredOption('--out <folder>', 'where calibration.yaml and overlay.png go')
    .option('--size <w>x<h>', 'of a page: viewport in device pixels', parseSize, { width: 1280, height: 720 })
    .option('--scale <n>', 'device scale factor', parseNumber({ min: 0.25, max: 8 }), 1)
    .option(
      '--flow <file>',
      'of a page: sign in as the session of this flow does; its calibration may be missing',
    )
    .option('--attach <address>', 'a running browser: ws://… or http://host:port')
    .option('--headed', 'show the browser')
    .addOption(stillOption('of a page: '))
    .option('--json', 'print the result as JSON')
    .action(async (source: string, options: InitOptions) => {
      const output = createOutput({ json: options.json === true });
      const file = join(options.out, 'calibration.yaml');
      await refuseExisting(file);
      const isPage = /^[a-z]+:\/\//i.test(source);
      if (!isPage && options.flow !== undefined) {
        throw new PixelproofError('PXP_USAGE', 'a picture cannot be signed in to', {
          what: '--flow',
          expected: 'the url of a page',
          received: source,
        });
      }
      const { image, browser } = isPage
        ? await takePicture({
            url: source,
            viewport: viewportOf(options.size, options.scale),
            session: options.flow === undefined ? undefined : await loadSession(options.flow),
            attach: options.attach,
            headed: options.headed,
            stillMs: options.still,
            onNote: (line) => output.note(line),
          })
        : { image: (await readImage(source)).image, browser: null };
      const viewport = viewportOf(image, options.scale);
      const date = systemClock.date().toISOString().slice(0, 10);
      const madeBy =
        browser === null ? `date: ${date}` : `date: ${date}, browser: ${JSON.stringify(browser)}`;
      const text = proposeCalibration(image, { name: nameFor(source, isPage), viewport, madeBy });
      const calibration = parseCalibration(text, { file });
      const overlay = join(options.out, 'overlay.png');
      const shapes = overlayShapes(resolveCalibration(calibration, viewport), image);
      await writeOutput(file, text);
      await writeOutput(overlay, encodePng(drawOverlay(image, shapes)));
      const sections = ['points', 'regions', 'swatches', 'tabs', 'lists'] as const;
      const found = Object.fromEntries(sections.map((name) => [name, Object.keys(calibration[name]).length]));
      const spelled = sections.map((name) => `${found[name]} ${name}`).join(', ');
      output.result({ file, overlay, found }, `${file}: ${spelled}\noverlay: ${overlay}`);
    });
}

/** A calibration somebody has worked on is not written over. */
async function refuseExisting(file: string): Promise<void> {
  try {
    await access(file);
  } catch {
    return;
  }
  throw new PixelproofError('PXP_USAGE', 'there is a calibration already', {
    what: file,
    expected: 'a folder without one',
    received: 'calibration.yaml',
  });
}

function viewportOf({ width, height }: Size, deviceScaleFactor: number): Viewport {
  return {
    width: Math.round(width / deviceScaleFactor),
    height: Math.round(height / deviceScaleFactor),
    deviceScaleFactor,
  };
}

/** What the source is called, as far as it makes a name. */
function nameFor(source: string, isPage: boolean): string {
  const text = isPage && URL.canParse(source) ? new URL(source).hostname : basename(source, extname(source));
  const cleaned = text
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .slice(0, 64);
  return cleaned === '' ? 'application' : cleaned;
}
