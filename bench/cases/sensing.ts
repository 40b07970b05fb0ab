import type { Rect } from '../../src/core/index.js';
import { crop, decode } from '../../src/image/index.js';
import type { CaptureOptions } from '../../src/sensor/index.js';
import type { Side } from '../interleave.js';
import { type OurSide, availableSensors, openOurs } from '../ours.js';
import { FIRST_ROW, type PageContent, type PageServer, VIEWPORT } from '../page.js';
import type { Recorder } from '../recorder.js';
import { readRowNumber } from '../row-number.js';
import { timed } from '../timed.js';

interface Format {
  readonly name: string;
  readonly options: Pick<CaptureOptions, 'format' | 'quality'>;
}

const PNG: Format = { name: 'png', options: { format: 'png' } };
const jpeg = (quality: number): Format => ({
  name: `jpeg-q${quality}`,
  options: { format: 'jpeg', quality },
});
const FRAME: Rect = { x: 0, y: 0, ...VIEWPORT };
const REGIONS: readonly { readonly name: string; readonly rect: Rect }[] = [
  { name: 'frame', rect: FRAME },
  { name: 'row', rect: FIRST_ROW },
];
/** How long a page moves before the first sample of a turn. */
const MOTION_LEAD_MS = 100;

/**
 * `capture:<sensor>:<format>:<frame or row>:<page>`: from the call to the bytes, which is waiting for frames, encoding
 * and transport; nothing is decoded in it. `decode-captured:…` decodes the same bytes, `bytes:…` is their size.
 * `no-change:<sensor>`: how long it takes to know that a row still looks as in the last frame of it. Pages: `idle`,
 * `animated` (a strip moves with every frame), `photo` (a photograph behind the rows, still).
 */
export async function sensingCases(recorder: Recorder, server: PageServer): Promise<void> {
  const pages: readonly PageName[] = recorder.options.quick ? ['idle'] : ['idle', 'animated'];
  await withSensors(recorder, { server, content: 'rows', pages }, async (sides) => {
    for (const page of pages) await compareCaptures(recorder, sides, page);
    await compareNoChange(recorder, sides);
  });
  if (recorder.options.quick) return;
  await withSensors(recorder, { server, content: 'photo', pages: ['photo'] }, (sides) =>
    compareCaptures(recorder, sides, 'photo'),
  );
}

type PageName = 'idle' | 'animated' | 'photo';

async function withSensors(
  recorder: Recorder,
  {
    server,
    content,
    pages,
  }: Readonly<{ server: PageServer; content: PageContent; pages: readonly PageName[] }>,
  use: (sides: readonly OurSide[]) => Promise<void>,
): Promise<void> {
  const names = availableSensors().filter(
    (sensor) =>
      recorder.wants(`no-change:${sensor}`) ||
      pages.some((page) =>
        caseNames(sensor, page, recorder.options.quick).some((name) => recorder.wants(name)),
      ),
  );
  const sides: OurSide[] = [];
  try {
    for (const name of names) sides.push(await openOurs(name, server.url(content)));
    await use(sides);
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

function caseNames(sensor: string, page: PageName, quick: boolean): string[] {
  const captured = REGIONS.flatMap((region) =>
    formats(quick).map((format) => `${format.name}:${region.name}:${page}`),
  );
  return captured.flatMap((what) => [
    `capture:${sensor}:${what}`,
    `bytes:${what}`,
    `decode-captured:${what}`,
  ]);
}

function formats(quick: boolean): readonly Format[] {
  return quick ? [PNG, jpeg(80)] : [PNG, jpeg(50), jpeg(80), jpeg(95)];
}

async function compareCaptures(recorder: Recorder, sides: readonly OurSide[], page: PageName): Promise<void> {
  const { quick } = recorder.options;
  for (const region of REGIONS) {
    const what = (format: Format): string => `${format.name}:${region.name}:${page}`;
    const captures = sides.flatMap((side) =>
      formats(quick).map((format) =>
        captureSide(side, { name: `capture:${side.name}:${what(format)}`, region, format, page }),
      ),
    );
    await recorder.compare(captures, {
      unit: 'ms',
      ...{ turns: quick ? 2 : 6, perTurn: quick ? 4 : 5, budgetMs: quick ? 800 : 10_000 },
    });
    const reference = sides.find(({ name }) => name === 'screenshot');
    if (reference === undefined || page === 'animated') continue;
    for (const format of formats(quick))
      await describeBytes(recorder, reference, { region, format, what: what(format) });
  }
}

function captureSide(
  side: OurSide,
  {
    name,
    region,
    format,
    page,
  }: Readonly<{ name: string; region: (typeof REGIONS)[number]; format: Format; page: PageName }>,
): Side {
  const animated = page === 'animated';
  return {
    name,
    resume: animated ? () => side.motion(true).then(lead) : undefined,
    pause: animated ? () => side.motion(false) : undefined,
    async sample() {
      const startedAt = performance.now();
      const frame = await side.source.capture({ region: region.rect, ...format.options });
      const ms = performance.now() - startedAt;
      const image = frame.decode();
      const row = region.name === 'row' ? image : crop(image, FIRST_ROW);
      if (readRowNumber(row) !== 0) throw new Error(`${name}: the picture does not show row 0 where it is`);
      return ms;
    },
  };
}

async function describeBytes(
  recorder: Recorder,
  { source }: OurSide,
  { region, format, what }: Readonly<{ region: (typeof REGIONS)[number]; format: Format; what: string }>,
): Promise<void> {
  if (!recorder.wants(`bytes:${what}`) && !recorder.wants(`decode-captured:${what}`)) return;
  const { bytes } = await source.capture({ region: region.rect, ...format.options });
  recorder.add(`bytes:${what}`, 'bytes', [bytes.length]);
  const side = { name: `decode-captured:${what}`, sample: () => timed(() => decode(bytes)) };
  await recorder.compare([side], { unit: 'ms', turns: 3, perTurn: 5, budgetMs: 300 });
}

async function compareNoChange(recorder: Recorder, sides: readonly OurSide[]): Promise<void> {
  const { quick } = recorder.options;
  const still = await Promise.all(
    sides.map(async ({ name, source }) => {
      const frame = await source.capture({ region: FIRST_ROW });
      return {
        name: `no-change:${name}`,
        async sample() {
          const startedAt = performance.now();
          const changed = await source.changedSince(frame);
          const ms = performance.now() - startedAt;
          if (changed) throw new Error(`${name} takes a still row for a changed one`);
          return ms;
        },
      };
    }),
  );
  await recorder.compare(still, {
    unit: 'ms',
    ...{ turns: quick ? 2 : 8, perTurn: quick ? 6 : 10, budgetMs: quick ? 800 : 8000 },
  });
}

async function lead(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, MOTION_LEAD_MS));
}
