import { describe, expect, it } from 'vitest';
import {
  ANNOUNCEMENT,
  CONFIRM,
  EXPIRED,
  LIST,
  MAX_VISIBLE_ROWS,
  SETTINGS,
  TABS,
  arrange,
  fit,
  hitTest,
  placeRows,
} from '../../calibrations/ledger/app/layout.mjs';
import type { DesignRect, TabName } from '../../calibrations/ledger/app/layout.mjs';
import { openWorld } from './open-world.js';

const centre = ({ x, y, width, height }: DesignRect): { x: number; y: number } => ({
  x: x + width / 2,
  y: y + height / 2,
});

function scene(
  tab: TabName = 'inbox',
  session: 'live' | 'ended' = 'live',
): {
  tab: TabName;
  view: ReturnType<ReturnType<typeof openWorld>['world']['view']> & { session: typeof session };
} {
  return { tab, view: { ...openWorld().world.view(), session } };
}

describe('placeRows', () => {
  it('stacks the rows from the top of the list, the last one cut by its end', () => {
    const placed = placeRows(scene().view.rows);
    expect(placed[0].rect.y).toBe(LIST.y);
    placed.slice(1).forEach(({ rect }, i) => expect(rect.y).toBe(placed[i].rect.y + placed[i].rect.height));
    expect(placed.length).toBeGreaterThanOrEqual(9);
    expect(placed.length).toBeLessThanOrEqual(MAX_VISIBLE_ROWS);
    const last = placed.at(-1)!.rect;
    expect(last.y).toBeLessThan(LIST.y + LIST.height);
    expect(last.y + last.height).toBeGreaterThanOrEqual(LIST.y + LIST.height);
  });

  it('puts every button inside its row', () => {
    for (const { rect, button } of placeRows(scene().view.rows)) {
      expect(button.y).toBeGreaterThan(rect.y);
      expect(button.y + button.height).toBeLessThan(rect.y + rect.height);
    }
  });
});

describe('hitTest', () => {
  it('finds each row by its button and nothing beside it', () => {
    for (const { row, button, rect } of placeRows(scene().view.rows).slice(0, 9)) {
      expect(hitTest(centre(button), scene())).toEqual({ kind: 'action', row: row.id });
      expect(hitTest({ x: button.x - 1, y: centre(button).y }, scene())).toBeNull();
      expect(hitTest({ x: centre(button).x, y: rect.y }, scene())).toBeNull();
    }
  });

  it('takes rectangles as half-open', () => {
    const [first] = placeRows(scene().view.rows);
    const { x, y, width, height } = first.button;
    expect(hitTest({ x, y }, scene())).not.toBeNull();
    expect(hitTest({ x: x + width, y }, scene())).toBeNull();
    expect(hitTest({ x, y: y + height }, scene())).toBeNull();
  });

  it('does not find what sticks out below the list', () => {
    const { button } = placeRows(scene().view.rows).at(-1)!;
    const below = { x: centre(button).x, y: LIST.y + LIST.height };
    expect(hitTest(below, scene())).toBeNull();
  });

  it('finds tabs everywhere, switches only among the settings, rows only in the inbox', () => {
    for (const tab of ['inbox', 'archive', 'reports', 'settings'] as const) {
      for (const { name, rect } of TABS) {
        expect(hitTest(centre(rect), scene(tab))).toEqual({ kind: 'tab', name });
      }
      const onSwitch = hitTest(centre(SETTINGS[1].toggle), scene(tab));
      if (tab === 'settings') expect(onSwitch).toEqual({ kind: 'toggle', name: SETTINGS[1].name });
      else expect(onSwitch?.kind).not.toBe('toggle');
    }
    const [first] = placeRows(scene().view.rows);
    expect(hitTest(centre(first.button), scene('archive'))).toBeNull();
  });

  it('finds only the buttons of what lies on top', () => {
    const { view } = scene();
    const confirm = { ...view, popup: { kind: 'confirm' as const, row: view.rows[2] } };
    const announcement = { ...view, popup: { kind: 'announcement' as const, number: 4 } };
    const ended = { ...confirm, session: 'ended' as const };
    const at = (rect: DesignRect, over: typeof view): unknown =>
      hitTest(centre(rect), { tab: 'inbox', view: over });
    expect(at(CONFIRM.confirm, confirm)).toEqual({ kind: 'confirm', row: 3 });
    expect(at(CONFIRM.cancel, confirm)).toEqual({ kind: 'cancel', row: 3 });
    expect(at(ANNOUNCEMENT.dismiss, announcement)).toEqual({ kind: 'dismiss', number: 4 });
    expect(at(EXPIRED.signin, ended)).toEqual({ kind: 'signin' });
    for (const over of [confirm, announcement, ended]) {
      expect(at(TABS[1].rect, over)).toBeNull();
      expect(at(placeRows(view.rows)[0].button, over)).toBeNull();
    }
    expect(at(CONFIRM.confirm, ended)).toBeNull();
  });
});

describe('fit', () => {
  it.each([
    [1280, 720, 1],
    [1920, 1080, 1.5],
    [1024, 768, 0.8],
    [2000, 360, 0.5],
  ])('scales the design uniformly into %i x %i', (width, height, scale) => {
    expect(fit({ width, height })).toEqual({ scale, offset: 0 });
    expect(fit({ width, height, shift: 12 })).toEqual({ scale, offset: 12 * scale });
  });

  it('keeps a fixed scale whatever the page', () => {
    expect(fit({ width: 1440, height: 820, shift: 12, fixed: 1.1 })).toEqual({
      scale: 1.1,
      offset: 12 * 1.1,
    });
    expect(fit({ width: 300, height: 300, fixed: 1.1 })).toEqual({ scale: 1.1, offset: 0 });
  });
});

describe('the redesigned layout', () => {
  it('has everything where it is not in the other, each part as a whole', () => {
    const { head, body } = arrange(1);
    expect(arrange(0)).toEqual({ head: 0, body: 0 });
    const down = (rect: DesignRect, by: number): DesignRect => ({ ...rect, y: rect.y + by });
    const at = (rect: DesignRect): unknown => hitTest(centre(rect), { ...scene(), redesign: 1 });
    for (const { name, rect } of TABS) {
      expect(at(down(rect, head))).toEqual({ kind: 'tab', name });
      expect(at(rect)).toBeNull();
    }
    const [first] = placeRows(scene().view.rows);
    expect(at(down(first.button, body))).toEqual({ kind: 'action', row: first.row.id });
    expect(body + LIST.y).toBeGreaterThanOrEqual(0);
    expect(body + LIST.y + LIST.height).toBeLessThan(head + TABS[0].rect.y);
  });

  it('has its popups where they were', () => {
    const { view } = scene();
    const over = { ...view, popup: { kind: 'announcement' as const, number: 4 } };
    const under = { tab: 'inbox' as const, view: over, redesign: 1 };
    expect(hitTest(centre(ANNOUNCEMENT.dismiss), under)).toEqual({ kind: 'dismiss', number: 4 });
  });
});
