import { type Command, Option } from 'commander';
import { attachBrowser, launchBrowser, openPage } from '../../cdp/index.js';
import { InputEpoch, PixelproofError, type Rect, type Size, systemClock } from '../../core/index.js';
import { decode } from '../../image/index.js';
import { type Frame, createScreenshotSource } from '../../sensor/index.js';
import { parseNumber, parseRect, parseSize, parseWhole } from '../arguments.js';
import { createOutput } from '../output.js';
import { createSettling } from '../settling.js';
import { writeOutput } from '../write-output.js';

/** How long a picture of one tone is taken again. */
const DRAWN_MS = 2000;

interface CaptureCommandOptions {
  readonly out?: string;
  readonly region?: Rect;
  readonly format: 'png' | 'jpeg';
  readonly quality: number;
  readonly size: Size;
  readonly scale: number;
  readonly attach?: string;
  readonly headed?: boolean;
  readonly json?: boolean;
}

export function addCaptureCommand(program: Command): void {
  program
    .command('capture')
    .description('one frame, or a region of it, to a file')
    .argument('<url>', 'page to open')
    .option('--out <file>', 'default: capture.png or capture.jpg')
    .option('--region <x,y,w,h>', 'device pixels; default: the whole viewport', parseRect)
    .addOption(new Option('--format <format>', 'picture format').choices(['png', 'jpeg']).default('png'))
    .option('--quality <n>', 'of JPEG, 0..100', parseWhole({ min: 0, max: 100 }), 80)
    .option('--size <w>x<h>', 'viewport in device pixels', parseSize, { width: 1280, height: 720 })
    .option('--scale <n>', 'device scale factor', parseNumber({ min: 0.25, max: 8 }), 1)
    .option('--attach <address>', 'a running browser: ws://… or http://host:port')
    .option('--headed', 'show the browser')
    .option('--json', 'print the result as JSON')
    .action(async (url: string, options: CaptureCommandOptions) => {
      const { format, region, quality, size, scale, attach, headed } = options;
      const output = createOutput({ json: options.json === true });
      if (!URL.canParse(url)) {
        throw new PixelproofError('PXP_USAGE', 'not a url', {
          what: 'url',
          expected: 'https://…',
          received: url,
        });
      }
      const file = options.out ?? `capture.${format === 'png' ? 'png' : 'jpg'}`;
      const browser =
        attach === undefined
          ? await launchBrowser({
              headed,
              windowSize: size,
              deviceScaleFactor: scale,
              onWarning: (line) => output.note(`warning: ${line}`),
            })
          : await attachBrowser({ url: attach });
      try {
        const page = await openPage(browser, { size, deviceScaleFactor: scale });
        await page.navigate(url);
        const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock, decode });
        const settling = createSettling({ stillMs: 0 });
        const deadlineMs = systemClock.nowMs() + DRAWN_MS;
        let frame: Frame;
        let decodeMs: number;
        let isDrawn: boolean;
        // A page that has loaded may draw a little later.
        do {
          frame = await source.capture({ region, format, quality });
          const startedAt = systemClock.nowMs();
          const image = frame.decode();
          decodeMs = round(systemClock.nowMs() - startedAt);
          isDrawn = settling(image, startedAt).ready;
        } while (!isDrawn && systemClock.nowMs() < deadlineMs);
        if (!isDrawn) output.note('warning: the picture is of one tone');
        await writeOutput(file, frame.bytes);
        const { requestedAtMs, receivedAtMs, sensor } = frame.provenance;
        const { rect, bytes } = frame;
        const captureMs = round(receivedAtMs - requestedAtMs);
        output.result(
          { file, rect, sensor, format, bytes: bytes.length, captureMs, decodeMs },
          `${file}: ${rect.width}x${rect.height} ${format}, ${bytes.length} bytes, captured in ${captureMs} ms, decoded in ${decodeMs} ms`,
        );
        await page.close();
      } finally {
        await browser.close();
      }
    });
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
