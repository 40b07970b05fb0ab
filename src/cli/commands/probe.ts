import type { Command } from 'commander';
import { PixelproofError, type Rect } from '../../core/index.js';
import { type ImageBuffer, readImage } from '../../image/index.js';
import {
  changeScore,
  components,
  emptiness,
  learnDigits,
  matchTemplate,
  parseColor,
  readNumber,
  rowBands,
  signature,
  stability,
  swatch,
  toHex,
  veil,
} from '../../probe/index.js';
import { parseNumber, parseRect, parseWhole } from '../arguments.js';
import { createOutput } from '../output.js';

interface ProbeCommandOptions {
  readonly region?: Rect;
  readonly minHeight?: number;
  readonly maxHeight?: number;
  readonly color: readonly string[];
  readonly tolerance?: number;
  readonly minArea?: number;
  readonly maxArea?: number;
  readonly minFill?: number;
  readonly connectivity?: number;
  readonly tile?: number;
  readonly reference?: string;
  readonly minScore?: number;
  readonly minMargin?: number;
  readonly json?: boolean;
}

/** What a kind of probe needs and answers; the record is in image pixels. */
interface ProbeKind {
  readonly images: 1 | 2;
  readonly run: (images: readonly ImageBuffer[], options: ProbeCommandOptions) => unknown;
}

const KINDS: Readonly<Record<string, ProbeKind>> = {
  rows: {
    images: 1,
    run: ([image], { region, minHeight, maxHeight }) => rowBands(image, { region, minHeight, maxHeight }),
  },
  components: {
    images: 1,
    run: ([image], { region, color, tolerance, minArea, maxArea, minFill, connectivity }) => {
      const selector = color.length === 0 ? undefined : { near: parseColor(color[0]), tolerance };
      const found = components(image, {
        ...{ region, color: selector, minArea, maxArea, minFill },
        connectivity: connectivity as 4 | 8 | undefined,
      });
      return { components: found.map((component) => ({ ...component, color: toHex(component.color) })) };
    },
  },
  swatch: {
    images: 1,
    run: ([image], { region, color, tolerance }) =>
      swatch(image, { region, tolerance, colors: Object.fromEntries(color.map(namedColor)) }),
  },
  change: {
    images: 2,
    run: ([before, after], { region, tile, tolerance }) => {
      const { score, tiles, bbox } = changeScore(before, after, { region, tile, tolerance });
      return { score, tiles, bbox };
    },
  },
  signature: { images: 1, run: ([image], { region }) => signature(image, { region }) },
  number: {
    images: 2,
    run: ([image, digits], { region }) => readNumber(image, { region, digits: learnDigits(digits) }),
  },
  template: {
    images: 2,
    run: ([image, patch], { region, minScore, minMargin }) =>
      matchTemplate(image, patch, { region, minScore, minMargin }),
  },
  stability: { images: 2, run: (frames, { region, tile }) => stability(frames, { region, tile }) },
  veil: { images: 2, run: ([before, after], { region }) => veil(before, after, { region }) },
  empty: {
    images: 1,
    run: ([image, reference], { region }) => emptiness(image, { region, reference }),
  },
};

export function addProbeCommand(program: Command): void {
  program
    .command('probe')
    .description('one probe on image files (PNG or JPEG)')
    .argument('<kind>', Object.keys(KINDS).join(', '))
    .argument('<image>', 'picture; of two, the earlier one')
    .argument('[image2]', 'the later picture; for template: the patch; for number: the digits 0 to 9')
    .option('--region <x,y,w,h>', 'where to look, image pixels', parseRect)
    .option('--min-height <px>', 'rows: least height', parseWhole({ min: 1, max: 16384 }))
    .option('--max-height <px>', 'rows: greatest height', parseWhole({ min: 1, max: 16384 }))
    .option('--color <color>', 'components: #rrggbb; swatch: name=#rrggbb, repeatable', collect, [])
    .option(
      '--tolerance <n>',
      'ΔE (components, swatch) or levels (change)',
      parseNumber({ min: 0, max: 255 }),
    )
    .option('--min-area <px>', 'components: least area', parseWhole({ min: 0, max: 1e9 }))
    .option('--max-area <px>', 'components: greatest area', parseWhole({ min: 1, max: 1e9 }))
    .option('--min-fill <share>', 'components: least share of the box', parseNumber({ min: 0, max: 1 }))
    .option('--connectivity <n>', 'components: 4 or 8', parseWhole({ min: 4, max: 8 }))
    .option('--tile <px>', 'change, stability: side of a tile', parseWhole({ min: 1, max: 4096 }))
    .option('--min-score <n>', 'template: least score', parseNumber({ min: 0, max: 1 }))
    .option('--min-margin <n>', 'template: least lead', parseNumber({ min: 0, max: 1 }))
    .option('--reference <image>', 'empty: the list when it is known to be empty')
    .option('--json', 'compact JSON (without it, indented)')
    .action(async (kind: string, file: string, file2: string | undefined, options: ProbeCommandOptions) => {
      const probe = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
      if (probe === undefined) throw usage('kind', Object.keys(KINDS).join(', '), kind);
      if (probe.images === 2 && file2 === undefined) throw usage('image2', 'a second picture', 'nothing');
      if (probe.images === 1 && file2 !== undefined) throw usage('image2', 'one picture', 'two');
      const files = [file, file2, options.reference].filter((each) => each !== undefined);
      const images = await Promise.all(files.map(async (each) => (await readImage(each)).image));
      const record = probe.run(images, options);
      createOutput({ json: options.json === true }).result(record, JSON.stringify(record, null, 2));
    });
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

function namedColor(text: string): [string, ReturnType<typeof parseColor>] {
  const match = /^([^=]+)=(.+)$/.exec(text);
  if (match === null) throw usage('--color', 'name=#rrggbb', text);
  return [match[1], parseColor(match[2])];
}

function usage(what: string, expected: string, received: string): PixelproofError {
  return new PixelproofError('PXP_USAGE', 'the probe cannot be run so', { what, expected, received });
}
