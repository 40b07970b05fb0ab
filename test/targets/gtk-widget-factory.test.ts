import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { containsRect } from '../../src/core/index.js';
import { changeScore } from '../../src/probe/index.js';
import { tabActive } from '../../src/visual/index.js';
import { readRows } from '../../src/visual/list/read-rows.js';
import { openScreen, twoLooks } from './open-screen.js';
import { type Target, startTarget } from './start-target.js';
import { type Widget, type WatchedStep, readWidgets, watchedRun, widgetAt } from './watched-run.js';
import { pointOf } from '../support/point-of.js';

const ROOT = join(import.meta.dirname, '..', '..');
const PACK = join(ROOT, 'calibrations', 'gtk-widget-factory');
const packages = spawnSync(process.execPath, [join(ROOT, 'scripts', 'targets', 'install.mjs'), '--check'], {
  encoding: 'utf8',
});

describe.skipIf(packages.status !== 0)(
  `GTK widget factory${packages.status === 0 ? '' : `: ${packages.stderr.trim()}; node scripts/targets/install.mjs`}`,
  () => {
    let target: Target;
    let data: string;
    beforeAll(async () => {
      target = await startTarget('gtk-widget-factory');
    });
    afterAll(async () => {
      await target.stop();
    });
    beforeEach(async () => {
      data = await mkdtemp(join(tmpdir(), 'pixelproof-gtk-test-'));
    });
    afterEach(async () => {
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    });

    test('each proved click is one that the accessibility bus saw take effect', async () => {
      const { report, steps } = await watchedRun(target, join(PACK, 'flow.ts'), data);
      expect(report).toMatchObject({ outcome: 'done', units: 4, verdicts: { proved: 17 } });
      expect(steps.map(({ record }) => record.verdict)).toEqual(Array(17).fill('proved'));
      expect(steps.map((step) => `${step.record.step}: ${effectOf(step)}`)).toEqual([
        'openPage2: Page 2 is open',
        'openPage3: Page 3 is open',
        'openPage1: Page 1 is open',
        'check: checked',
        'uncheck: not checked',
        'press: checked',
        'release: not checked',
        'switchOn: checked',
        'switchOff: not checked',
        'openCombo: menu opened',
        'chooseOtto: menu closed on emblem-important-symbolic',
        'openCombo: menu opened',
        'chooseAndrea: menu closed on emblem-default-symbolic',
        'selectRow1: Andrea selected',
        'selectRow2: Otto selected',
        'selectRow3: Orville selected',
        'selectRow4: Benjamin selected',
      ]);
    });

    test('a click on a disabled twin is a no-effect beside a spinner that turns, and changed no widget', async () => {
      const { report, steps } = await watchedRun(target, join(PACK, 'twins.ts'), data);
      // Each is tried four times.
      expect(report).toMatchObject({ outcome: 'done', units: 0, verdicts: { 'no-effect': 20 } });
      for (const { record, before, after } of steps) {
        const { states, role } = widgetAt(before, pointOf(record.action));
        if (role !== 'label') expect(states, record.step).not.toContain('sensitive');
        expect(after, record.step).toEqual(before);
      }
    });

    test('the rows read from the pixels are those of the list, and what moves is what is meant to', async () => {
      const screen = await openScreen({ url: target.url, pack: PACK, ready: tabActive('page.1') });
      const [look, later] = await twoLooks(screen).finally(() => screen.close());
      const widgets = readWidgets(target);
      const names = ['Andrea', 'Otto', 'Orville', 'Benjamin'];
      const cells = names.map((name) =>
        widgets.find((each) => each.role === 'table cell' && each.name === name)!,
      );
      const { rows, endsInside, foundBy } = readRows(look, screen.calibration, 'tree');
      expect({ count: rows.length, endsInside, foundBy }).toEqual({
        count: 4,
        endsInside: true,
        foundBy: 'pixels',
      });
      rows.forEach(({ y, height }, i) => {
        // A cell has a pixel of the row above and below it.
        expect(Math.abs(y - (cells[i].y - 1)), names[i]).toBeLessThanOrEqual(1);
        expect(Math.abs(height - (cells[i].height + 2)), names[i]).toBeLessThanOrEqual(1);
      });

      const moving = widgets.filter(({ role }) => role === 'animation' || role === 'progress bar');
      const { tiles } = changeScore(look.image, later.image, { tile: 1 });
      expect(tiles.length).toBeGreaterThan(0);
      for (const { x, y } of tiles) {
        const one = { x, y, width: 1, height: 1 };
        expect(
          moving.some((each) => containsRect(each, one)),
          `${x}, ${y}`,
        ).toBe(true);
      }
    });

    test('SIGTERM ends all that it started', async () => {
      const other = await startTarget('gtk-widget-factory');
      const folder = other.notes.find((note) => note.startsWith('XDG_RUNTIME_DIR='))!.split('=')[1];
      const started = processesOf(folder);
      // The bus, Broadway, the application and the accessibility services.
      expect(started.length).toBeGreaterThanOrEqual(5);
      expect(await other.stop()).toBe(0);
      expect(processesOf(folder)).toEqual([]);
      expect(existsSync(folder)).toBe(false);
      await expect(fetch(other.url)).rejects.toThrow();
      // The other one is another display's.
      expect((await fetch(target.url)).ok).toBe(true);
    });
  },
);

/** What the bus says the click did, in words; throws where it did not do one thing. */
function effectOf({ record, before, after }: WatchedStep): string {
  const point = pointOf(record.action);
  const items = (widgets: readonly Widget[]): number =>
    widgets.filter(({ role }) => role === 'menu item').length;
  if (items(before) === 0 && items(after) > 0) return 'menu opened';
  if (items(before) > 0 && items(after) === 0) {
    const combo = after.filter(({ role, y }) => role === 'combo box' && y < 400);
    return `menu closed on ${combo.at(-1)!.name}`;
  }
  const then = widgetAt(before, point);
  const now = widgetAt(after, point);
  const checked = (widget: Widget): boolean => widget.states.includes('checked');
  if (now.role === 'radio button' && checked(now)) return `${now.name} is open`;
  if (now.role === 'table cell') {
    const selected = after.filter(({ role, states }) => role === 'table cell' && states.includes('selected'));
    const names = selected
      .filter(({ y, name }) => y === now.y && /^[A-Z]/.test(name))
      .map(({ name }) => name);
    if (selected.some(({ y }) => y !== now.y)) throw new Error('another row is selected too');
    return `${names[0]} selected`;
  }
  if (checked(then) === checked(now)) throw new Error(`${record.step} changed nothing`);
  return checked(now) ? 'checked' : 'not checked';
}

/** Processes that were started with this runtime folder. */
function processesOf(folder: string): readonly string[] {
  const { stdout } = spawnSync(
    'grep',
    ['-lsz', `^XDG_RUNTIME_DIR=${folder}$`, '-r', '/proc', '--include=environ'],
    {
      encoding: 'utf8',
    },
  );
  return stdout.split('\n').filter((line) => /^\/proc\/\d+\/environ$/.test(line));
}
