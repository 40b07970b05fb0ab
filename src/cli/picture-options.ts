import { type Command, Option } from 'commander';
import type { Calibration, Viewport } from '../calibration/index.js';
import { PixelproofError, type Size } from '../core/index.js';
import { type ImageBuffer, readImage } from '../image/index.js';
import { parseNumber, parseSize } from './arguments.js';
import { loadSession } from './load-flow.js';
import { STILL_MS, takePicture } from './take-picture.js';

/** Where a command gets the pictures it looks at: files, or a page. */
export interface PictureOptions {
  readonly image: readonly string[];
  readonly url?: string;
  readonly flow?: string;
  readonly size?: Size;
  readonly scale?: number;
  readonly attach?: string;
  readonly headed?: boolean;
  readonly still?: number;
}

export interface NamedPicture {
  /** File name or url. */
  readonly name: string;
  readonly image: ImageBuffer;
  /** What it is a picture of. */
  readonly viewport: Viewport;
}

export function addPictureOptions(command: Command): Command {
  return command
    .option('--image <file>', 'picture of the whole viewport, PNG or JPEG, repeatable', collect, [])
    .option('--url <url>', 'or the page to take one of')
    .option('--flow <file>', 'with --url: sign in as the session of this flow does')
    .option('--size <w>x<h>', "with --url: viewport in device pixels (default: the calibration's)", parseSize)
    .option(
      '--scale <n>',
      "device scale factor of the picture (default: the calibration's)",
      parseNumber({ min: 0.25, max: 8 }),
    )
    .option('--attach <address>', 'with --url: a running browser, ws://… or http://host:port')
    .option('--headed', 'with --url: show the browser')
    .addOption(stillOption('with --url: '));
}

export function stillOption(where: string): Option {
  return new Option('--still <ms>', `${where}how long the page has to show the same first`)
    .argParser(parseNumber({ min: 0, max: 20_000 }))
    .default(STILL_MS);
}

/**
 * The pictures asked for, at least one. Errors: PXP_USAGE when neither or both of `--image` and `--url` are given, those of the
 * reader, the session and the browser.
 */
export async function takePictures(
  { image: files, url, flow, size, scale, attach, headed, still }: PictureOptions,
  { calibration, onNote }: Readonly<{ calibration: Calibration; onNote: (line: string) => void }>,
): Promise<readonly NamedPicture[]> {
  if ((url === undefined) === (files.length === 0)) {
    throw new PixelproofError('PXP_USAGE', 'nothing, or too much, to look at', {
      what: '--image, --url',
      expected: 'one of the two',
      received: url === undefined ? 'neither' : 'both',
    });
  }
  const deviceScaleFactor = scale ?? calibration.viewport.deviceScaleFactor;
  const of = (picture: Size): Viewport => viewportOf(picture, deviceScaleFactor);
  if (url === undefined) {
    return Promise.all(
      files.map(async (name) => {
        const { image } = await readImage(name);
        const picture = { name, image, viewport: of(image) };
        noteOtherSize(picture, { calibration, onNote });
        return picture;
      }),
    );
  }
  const { image } = await takePicture({
    ...{ url, attach, headed, onNote, stillMs: still },
    viewport: size === undefined ? { ...calibration.viewport, deviceScaleFactor } : of(size),
    session: flow === undefined ? undefined : await loadSession(flow),
  });
  return [{ name: url, image, viewport: of(image) }];
}

/** The same for a command that takes one; more than one is PXP_USAGE too. */
export async function takeOnePicture(
  options: PictureOptions,
  about: Parameters<typeof takePictures>[1],
): Promise<NamedPicture> {
  const [picture, ...others] = await takePictures(options, about);
  if (others.length === 0) return picture;
  throw new PixelproofError('PXP_USAGE', 'this works on one picture', {
    what: '--image',
    expected: 'one',
    received: String(1 + others.length),
  });
}

/** A picture of another viewport is looked at by the pins; one of something else, as a cut of the screen, would be, too. */
function noteOtherSize(
  { name, image, viewport }: NamedPicture,
  { calibration, onNote }: Parameters<typeof takePictures>[1],
): void {
  const { width, height } = calibration.viewport;
  if (viewport.width === width && viewport.height === height) return;
  const size = `${image.width}x${image.height} at scale ${viewport.deviceScaleFactor}`;
  onNote(`${name} is ${size}, the calibration is of ${width}x${height}: its places go by their pins`);
}

/** The viewport whose screenshots have this size. */
function viewportOf({ width, height }: Size, deviceScaleFactor: number): Viewport {
  return { width: width / deviceScaleFactor, height: height / deviceScaleFactor, deviceScaleFactor };
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}
