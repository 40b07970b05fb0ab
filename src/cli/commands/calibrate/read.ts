import type { Command } from 'commander';
import { type ResolvedCalibration, loadCalibration, resolveCalibration } from '../../../calibration/index.js';
import { sizeRect } from '../../../core/index.js';
import { type ImageBuffer, type OverlayShape, drawOverlay, encodePng } from '../../../image/index.js';
import { Look, readingsOf } from '../../../visual/index.js';
import { createOutput } from '../../output.js';
import { type PictureOptions, addPictureOptions, takeOnePicture } from '../../picture-options.js';
import { writeOutput } from '../../write-output.js';

interface ReadOptions extends PictureOptions {
  readonly out?: string;
  readonly json?: boolean;
}

export function addReadCommand(calibrate: Command): void {
  const command = calibrate
    .command('read')
    .description('what a picture shows: tabs, modals, rows and their actions, counters, swatches')
    .argument('<file>', 'calibration file');
  addPictureOptions(command)
    .option('--out <png>', 'where the picture goes with rows and actions drawn on it')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: ReadOptions) => {
      const output = createOutput({ json: options.json === true });
      const calibration = await loadCalibration(file);
      const { image, viewport } = await takeOnePicture(options, {
        calibration,
        onNote: (line) => output.note(line),
      });
      const shown = readAll(resolveCalibration(calibration, viewport), image);
      if (options.out !== undefined) {
        await writeOutput(options.out, encodePng(drawOverlay(image, shapesOf(shown))));
      }
      output.result(shown, spell(shown));
    });
}

type Shown = ReturnType<typeof readAll>;

/** All that `ui.where()` could be asked of that picture; places in its pixels. */
function readAll(calibration: ResolvedCalibration, image: ImageBuffer) {
  const shown = readingsOf(new Look(image, sizeRect(image)), calibration);
  return {
    tabs: shown.tabs,
    modals: shown.modals,
    lists: [...calibration.lists.values()].map(({ name, action }) => ({
      ...{ name, empty: shown.isEmpty(name), rows: shown.rows(name) },
      actions: action?.kind === 'component' ? shown.actions(name) : null,
    })),
    counters: [...calibration.counters.keys()].map((name) => ({ name, value: shown.counter(name) })),
    swatches: [...calibration.swatches.keys()].map((name) => ({ name, state: shown.swatch(name) })),
  };
}

function spell({ tabs, modals, lists, counters, swatches }: Shown): string {
  const names = (shown: readonly string[]): string => (shown.length === 0 ? 'none' : shown.join(', '));
  return [
    ['tabs', names(tabs)],
    ['modals', names(modals)],
    ...lists.map(({ name, empty, rows, actions }) => [
      `lists.${name}`,
      `${rows.length} whole rows, empty: ${empty}${actions === null ? '' : `; ${spellActions(actions)}`}`,
    ]),
    ...counters.map(({ name, value }) => [`counters.${name}`, String(value ?? 'cannot be told')]),
    ...swatches.map(({ name, state }) => [`swatches.${name}`, state ?? 'none of its states']),
  ]
    .map(([what, said], _, all) => `${what.padEnd(Math.max(...all.map(([each]) => each.length)))}  ${said}`)
    .join('\n');
}

type Actions = NonNullable<Shown['lists'][number]['actions']>;

function spellActions(actions: Actions): string {
  const enabled = actions.filter(({ state }) => state === 'enabled').length;
  return `${enabled} actions enabled, ${actions.length - enabled} disabled`;
}

/** Of the palette of Okabe and Ito (2008): apart from each other with any of the common colour blindnesses. */
const COLORS = { row: '#56b4e9', enabled: '#009e73', disabled: '#d55e00' } as const;

function shapesOf({ lists }: Shown): readonly OverlayShape[] {
  const places = lists.flatMap(({ name, rows, actions }): OverlayShape[] => [
    ...rows.map(
      ({ rect }, i) => ({ kind: 'rect', rect, color: COLORS.row, label: `${name} row ${i + 1}` }) as const,
    ),
    ...(actions ?? []).map(({ rect, state }) => ({ kind: 'rect', rect, color: COLORS[state] }) as const),
  ]);
  const entries = Object.entries(COLORS).map(([label, color]) => ({ label, color }));
  return [...places, { kind: 'legend', entries }];
}
