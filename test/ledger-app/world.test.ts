import { describe, expect, it } from 'vitest';
import { makeRows } from '../../calibrations/ledger/app/rows.mjs';
import { openWorld, plainRows } from './open-world.js';

const topIds = (world: { view(): { rows: { id: number }[] } }, count: number): number[] =>
  world
    .view()
    .rows.slice(0, count)
    .map(({ id }) => id);

describe('collecting', () => {
  it('takes the row out, moves the list up and says so for a moment', () => {
    const { world, time, click } = openWorld();
    expect(click({ kind: 'action', row: 1 })).toEqual({ n: 1, delayMs: 0, effect: 'collected' });
    expect(topIds(world, 2)).toEqual([2, 3]);
    expect(world.view()).toMatchObject({ remaining: 19, collected: 1, toast: 'Collected #0001' });
    expect(world.view().archive.map(({ id }) => id)).toEqual([1]);
    time.advance(1199);
    expect(world.view().toast).not.toBeNull();
    time.advance(1);
    expect(world.view().toast).toBeNull();
  });

  it('shows the message of the last row for its whole time', () => {
    const { world, time, click } = openWorld();
    click({ kind: 'action', row: 1 });
    time.advance(1000);
    click({ kind: 'action', row: 2 });
    time.advance(1199);
    expect(world.view().toast).toBe('Collected #0002');
    time.advance(1);
    expect(world.view().toast).toBeNull();
  });

  it('takes any row that can be seen, not only the top one', () => {
    const { world, click } = openWorld();
    click({ kind: 'action', row: 3 });
    expect(world.truth().collected).toEqual([3]);
    expect(topIds(world, 3)).toEqual([1, 2, 4]);
  });

  it('records a click on nothing and one on a row that has gone, without an effect', () => {
    const { world, click } = openWorld();
    click(null);
    click({ kind: 'action', row: 1 });
    click({ kind: 'action', row: 1 });
    expect(world.truth().clicks.map(({ row, effect }) => [row, effect])).toEqual([
      [null, 'none'],
      [1, 'collected'],
      [1, 'none'],
    ]);
    expect(world.truth().collected).toEqual([1]);
  });

  it('empties a whole default ledger, each row once and in order', () => {
    const { world, collectTop } = openWorld({ rows: makeRows({ seed: 3, count: 200 }), seed: 3 });
    while (world.view().rows.length > 0) collectTop();
    expect(world.truth().collected).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(world.view()).toMatchObject({ remaining: 0, popup: null });
  });
});

describe('a row that asks for confirmation', () => {
  const rows = plainRows({ seed: 1, count: 4 }).map((row) => ({ ...row, needsConfirmation: row.id !== 2 }));

  it('opens a popup that keeps everything else out of reach until it is answered', () => {
    const { world, click } = openWorld({ rows });
    expect(click({ kind: 'action', row: 1 }).effect).toBe('opened');
    expect(world.view().popup).toMatchObject({ kind: 'confirm', row: { id: 1 } });
    expect(click({ kind: 'action', row: 2 }).effect).toBe('none');
    expect(click({ kind: 'tab', name: 'archive' }).effect).toBe('none');
    expect(click({ kind: 'toggle', name: 'sound' }).effect).toBe('none');
    expect(click({ kind: 'cancel', row: 1 }).effect).toBe('cancelled');
    expect(world.truth().collected).toEqual([]);
    click({ kind: 'action', row: 1 });
    expect(click({ kind: 'confirm', row: 1 }).effect).toBe('collected');
    expect(world.view().popup).toBeNull();
  });

  it('is not confirmed by a late click that was meant for the popup before', () => {
    const { world, time, click } = openWorld({ rows, misbehave: { delay: 1000 } });
    const settle = (): void => time.advance(1000);
    click({ kind: 'action', row: 1 });
    settle();
    // Two clicks on its confirm button, of which the later one arrives when row 3 asks already.
    const delays = [click({ kind: 'confirm', row: 1 }), click({ kind: 'confirm', row: 1 })].map(
      (c) => c.delayMs,
    );
    time.advance(Math.min(...delays));
    expect(world.truth().collected).toEqual([1]);
    expect(Math.max(...delays)).toBeGreaterThan(Math.min(...delays));
    settle();
    click({ kind: 'action', row: 3 });
    settle();
    expect(world.view().popup).toMatchObject({ row: { id: 3 } });
    expect(click({ kind: 'confirm', row: 1 }).effect).toBe('pending');
    settle();
    expect(world.truth().collected).toEqual([1]);
    expect(world.view().popup).toMatchObject({ row: { id: 3 } });
  });
});

describe('a row that is disabled when it comes to the top', () => {
  const rows = plainRows({ seed: 1, count: 4 }).map((row) => ({
    ...row,
    disabledMs: row.id === 2 ? 900 : 0,
  }));

  it('enables itself after its time; until then a click on it has no row', () => {
    const { world, time, click } = openWorld({ rows });
    expect(world.view().rows[1]).toMatchObject({ id: 2, enabled: true });
    click({ kind: 'action', row: 1 });
    expect(world.view().rows[0]).toMatchObject({ id: 2, enabled: false });
    expect(click({ kind: 'action', row: 2 }).effect).toBe('none');
    expect(world.truth().clicks[1]).toMatchObject({
      row: null,
      disabled: true,
      hit: { kind: 'action', row: 2 },
    });
    time.advance(899);
    expect(world.view().rows[0].enabled).toBe(false);
    time.advance(1);
    expect(world.view().rows[0].enabled).toBe(true);
    expect(click({ kind: 'action', row: 2 }).effect).toBe('collected');
  });
});

describe('announcements', () => {
  it('come once by themselves, soon after the fifth row, and swallow clicks until dismissed', () => {
    const { world, time, click } = openWorld();
    for (const row of [1, 2, 3, 4]) click({ kind: 'action', row });
    time.advance(5000);
    expect(world.truth().announced).toBe(0);
    click({ kind: 'action', row: 5 });
    time.advance(600);
    expect(world.view().popup).toEqual({ kind: 'announcement', number: 1 });
    expect(click({ kind: 'action', row: 6 }).effect).toBe('none');
    expect(click({ kind: 'dismiss', number: 1 }).effect).toBe('dismissed');
    for (const row of [6, 7, 8, 9, 10, 11]) click({ kind: 'action', row });
    time.advance(5000);
    expect(world.truth()).toMatchObject({ announced: 1, popup: null });
  });

  it('come after every so many rows when told to', () => {
    const { world, collectTop } = openWorld({ misbehave: { announce: 3 } });
    for (let i = 0; i < 13; i += 1) collectTop();
    // After rows 3, 5, 6, 9 and 12.
    expect(world.truth().announced).toBe(5);
  });

  it('are not dismissed by a late click that was meant for the one before', () => {
    const { world, collectTop, click } = openWorld({ misbehave: { announce: 6 } });
    for (let i = 0; i < 6; i += 1) collectTop();
    expect(world.view().popup).toEqual({ kind: 'announcement', number: 2 });
    expect(click({ kind: 'dismiss', number: 1 }).effect).toBe('none');
    expect(click({ kind: 'dismiss', number: 2 }).effect).toBe('dismissed');
  });

  it('lie over a confirmation, which comes back', () => {
    const rows = plainRows({ seed: 1, count: 8 }).map((row) => ({ ...row, needsConfirmation: row.id === 6 }));
    const { world, time, click } = openWorld({ rows });
    for (const row of [1, 2, 3, 4, 5, 6]) click({ kind: 'action', row });
    expect(world.view().popup?.kind).toBe('confirm');
    time.advance(600);
    expect(world.view().popup?.kind).toBe('announcement');
    expect(click({ kind: 'confirm', row: 6 }).effect).toBe('none');
    click({ kind: 'dismiss', number: 1 });
    expect(world.view().popup).toMatchObject({ kind: 'confirm', row: { id: 6 } });
  });
});

it('answers a crash once, after the row that caused it was collected', () => {
  const { world, crashes, collectTop } = openWorld({ misbehave: { crash: 2 } });
  collectTop();
  expect(crashes()).toBe(0);
  collectTop();
  collectTop();
  expect(crashes()).toBe(1);
  expect(world.truth().crashes).toBe(1);
});

it('leaves no timer behind when closed', () => {
  const { world, time, click } = openWorld({ misbehave: { delay: 1000, double: 1 } });
  for (const row of [1, 2, 3]) click({ kind: 'action', row });
  expect(time.pending()).toBeGreaterThan(0);
  world.close();
  expect(time.pending()).toBe(0);
});
