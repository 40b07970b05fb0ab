import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scoreMutants } from '../../src/calibration/index.js';
import { containsPoint } from '../../src/core/index.js';
import { changeScore } from '../../src/probe/index.js';
import type { StoredEvent } from '../../src/runtime/index.js';
import { swatchIs } from '../../src/visual/index.js';
import { locateTarget } from '../../src/visual/transition/locate-target.js';
import { readRows } from '../../src/visual/list/read-rows.js';
import { jsonOf, runCli } from '../cli/run-cli.js';
import { openScreen, twoLooks } from './open-screen.js';
import { type Target, startTarget } from './start-target.js';
import { pointOf } from '../support/point-of.js';

/** What the page says of its widget; boxes in CSS pixels. */
interface Truth {
  readonly rows: readonly { readonly id: number; readonly checked: boolean; readonly held: boolean }[];
  readonly collected: readonly number[];
  readonly clicks: readonly { readonly id: number | null; readonly x: number; readonly y: number }[];
  readonly effects: readonly { readonly kind: string; readonly id: number }[];
  readonly scrollTops: readonly number[];
  readonly widget: {
    readonly maxScrollTop: number;
    readonly rows: readonly { id: number; y: number; height: number; held: boolean }[];
  };
}

const PACK = join(import.meta.dirname, '..', '..', 'calibrations', 'cheetah-grid');
let data: string;
let target: Target | undefined;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'pixelproof-cheetah-'));
});
afterEach(async () => {
  await target?.stop();
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

const truth = async (): Promise<Truth> => (await (await fetch(`${target!.url}/truth`)).json()) as Truth;
const run = (flow: string, ...more: string[]) =>
  runCli('run', join(PACK, flow), '--url', target!.url, '--data', data, '--json', ...more);

/** The page when the grid has painted its rows. */
const open = () => openScreen({ url: target!.url, pack: PACK, ready: swatchIs('collect', 'enabled') });

async function events(): Promise<readonly StoredEvent[]> {
  return jsonOf(await runCli('timeline', 'last', '--data', data, '--json')) as StoredEvent[];
}

test('every row is collected by its button with one click, and so say the widget and the engine', async () => {
  target = await startTarget('cheetah-grid', '--rows', '10');
  const ended = await run('flow.ts');
  expect(ended.code, ended.stderr).toBe(0);
  // Ten rows, two of them released first; of the first the box checked and unchecked, and put on hold and released.
  expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 10, verdicts: { proved: 16 } });
  const { rows, collected, clicks, effects } = await truth();
  expect(rows).toEqual([]);
  expect(collected).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const of = (kind: string): number[] => effects.filter((each) => each.kind === kind).map(({ id }) => id);
  expect(of('check')).toEqual([1, 1]);
  expect(of('hold')).toEqual([1]);
  expect(of('release')).toEqual([1, 3, 10]);
  expect(effects).toHaveLength(16);
  // Every click that reached the grid is one the engine wrote down beforehand, at that place.
  const points = (await events()).flatMap((each) =>
    each.type === 'step.intent' ? [pointOf(each.action)] : [],
  );
  expect(clicks.map(({ x, y }) => ({ x, y }))).toEqual(points);
});

test.each([
  ['1600x900', ['--viewport', '1600x900']],
  ['a device scale factor of 2', ['--device-scale-factor', '2']],
])('at %s the cells keep their places in CSS pixels, and so do the pinned ones', async (_, args) => {
  target = await startTarget('cheetah-grid', '--rows', '4');
  const ended = await run('flow.ts', ...args);
  expect(ended.code, ended.stderr).toBe(0);
  expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 4 });
  expect((await truth()).collected).toEqual([1, 2, 3, 4]);
});

test('a click on a held row’s button, or beside one, is never proved, and nothing was collected', async () => {
  target = await startTarget('cheetah-grid', '--rows', '10');
  const ended = await run('twins.ts');
  expect(ended.code, ended.stderr).toBe(0);
  expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 0 });
  const { rows, clicks, effects } = await truth();
  expect(rows).toHaveLength(10);
  expect(effects).toEqual([]);

  const verdicts = (await events()).flatMap((event) => (event.type === 'step.verdict' ? [event.record] : []));
  expect(verdicts).toHaveLength(clicks.length);
  const held = verdicts.filter(({ step }) => step === 'collectHeld').map(({ verdict }) => verdict);
  // The first click draws the border of the selected cell; after that there is nothing left to change.
  expect(held).toEqual(['wrong-effect', 'no-effect', 'no-effect', 'no-effect', 'no-effect']);
  const byText = verdicts.filter(({ step }) => step === 'holdByText').map(({ verdict }) => verdict);
  expect(byText[0]).toBe('wrong-effect');
  expect(byText).not.toContain('proved');
});

test('the list is scrolled to its end and back as far as the widget says, and no step fails at either', async () => {
  target = await startTarget('cheetah-grid', '--rows', '26');
  const ended = await run('scroll.ts');
  expect(ended.code, ended.stderr).toBe(0);
  const { scrollTops, widget } = await truth();
  const proved = (await events()).flatMap((event) =>
    event.type === 'step.verdict' && event.record.verdict === 'proved' ? [event.record.reason] : [],
  );
  const moves = scrollTops.slice(1).map((top, i) => `scrolled-by-${top - scrollTops[i]}`);
  expect(proved).toEqual(moves);
  expect(Math.max(...scrollTops)).toBe(widget.maxScrollTop);
  expect(scrollTops.at(-1)).toBe(0);
}, 120_000);

test('the rows read from the pixels are the widget’s, and the click is in the first one’s button', async () => {
  target = await startTarget('cheetah-grid', '--rows', '40');
  const screen = await open();
  const look = await screen.look().finally(() => screen.close());
  const { calibration } = screen;
  const reading = readRows(look, calibration, 'list');
  const { widget } = await truth();
  const whole = widget.rows.filter(({ y, height }) => y + height <= 720);
  expect(whole).toHaveLength(14);
  expect(reading).toEqual({
    rows: whole.map(({ y, height }) => ({ y, height })),
    endsInside: false,
    foundBy: 'pixels',
  });
  const found = locateTarget(
    { kind: 'click', target: 'list.action' },
    {
      ...{ look, calibration, attempt: 1 },
      reach: 'near',
    },
  );
  if (found.state !== 'ready') throw new Error(`expected a button, received ${found.reason}`);
  const [{ y, height }] = whole;
  expect(containsPoint({ x: 876, y, width: 170, height }, pointOf(found.action))).toBe(true);
});

test('the calibration notices at least 95 % of what changes, and not a re-encoding', async () => {
  target = await startTarget('cheetah-grid');
  const screen = await open();
  const look = await screen.look().finally(() => screen.close());
  const { right, mutants, kinds, wrong } = scoreMutants(screen.calibration, look.image);
  expect(right / mutants, wrong.join('; ')).toBeGreaterThanOrEqual(0.95);
  expect(kinds['re-encoded']).toEqual({ mutants: 1, right: 1 });
});

test('left alone only the spinner and the caret move, all of it under the mask; with --still nothing does', async () => {
  for (const args of [[], ['--still']]) {
    target = await startTarget('cheetah-grid', ...args);
    const screen = await open();
    const [earlier, later] = await twoLooks(screen).finally(() => screen.close());
    const { tiles } = changeScore(earlier.image, later.image, { tile: 1 });
    expect(tiles.length > 0).toBe(args.length === 0);
    for (const { x, y } of tiles)
      expect(containsPoint(screen.calibration.masks[0].rect, { x, y })).toBe(true);
    await target.stop();
  }
});
