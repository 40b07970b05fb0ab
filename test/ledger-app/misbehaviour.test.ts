import { describe, expect, it } from 'vitest';
import { OptionError, parseMisbehave } from '../../calibrations/ledger/app/misbehave.mjs';
import { openWorld } from './open-world.js';

describe('parseMisbehave', () => {
  it('reads the text of the command line; what is not given is off', () => {
    expect(parseMisbehave('lost=0.05, delay=1000,theme=dark')).toEqual({
      lost: 0.05,
      delay: 1000,
      double: 0,
      shift: 0,
      scale: 0,
      redesign: 0,
      theme: 'dark',
      black: 0,
      announce: 0,
      expire: 0,
      equal: 0,
      crash: 0,
      recolor: 0,
      ambient: 0,
    });
    expect(parseMisbehave('')).toEqual(parseMisbehave({}));
  });

  it.each([
    'foo=1',
    'lost',
    'lost=',
    '=1',
    'lost=2',
    'lost=-0.1',
    'lost=NaN',
    'lost=0.1,lost=0.2',
    'delay=1.5',
    'delay=60001',
    'theme=pink',
    'scale=0.2',
    'scale=5',
    'redesign=2',
    'announce=-1',
    '__proto__=1',
  ])('refuses %s', (text) => {
    expect(() => parseMisbehave(text)).toThrow(OptionError);
  });

  it.each<object>([{ lost: '' }, { lost: null }, { delay: Infinity }, { constructor: 1 }])(
    'refuses the object %o',
    (given) => {
      expect(() => parseMisbehave(given)).toThrow(OptionError);
    },
  );
});

describe('lost', () => {
  it('swallows about its share of the clicks, whatever they hit, and records what they hit', () => {
    const { world, click } = openWorld({ misbehave: { lost: 0.2 } });
    for (let i = 0; i < 2000; i += 1) click({ kind: 'toggle', name: 'sound' });
    const { clicks, lost } = world.truth();
    expect(lost).toBe(clicks.filter((each) => each.lost).length);
    // Four standard deviations of the binomial: 4·sqrt(0.2·0.8·2000) = 72.
    expect(Math.abs(lost - 400)).toBeLessThan(72);
    expect(clicks.every((each) => (each.effect === 'none') === each.lost)).toBe(true);
  });

  it('keeps the row of an action click', () => {
    const { world, click } = openWorld({ misbehave: { lost: 1 } });
    expect(click({ kind: 'action', row: 1 }).effect).toBe('none');
    expect(world.truth().clicks).toMatchObject([{ row: 1, lost: true }]);
    expect(world.truth().collected).toEqual([]);
  });
});

describe('delay', () => {
  it('lets the effect come late, and not before', () => {
    const { world, time, click } = openWorld({ misbehave: { delay: 1000 } });
    const { delayMs, effect } = click({ kind: 'action', row: 1 });
    expect(effect).toBe('pending');
    expect(delayMs).toBeGreaterThan(0);
    expect(delayMs).toBeLessThanOrEqual(1000);
    time.advance(delayMs - 1);
    expect(world.truth()).toMatchObject({ collected: [], clicks: [{ effect: 'pending' }] });
    time.advance(1);
    expect(world.truth()).toMatchObject({ collected: [1], clicks: [{ effect: 'collected' }] });
  });

  it('records a second click on a row whose first is on its way, and collects once', () => {
    const { world, time, click } = openWorld({ misbehave: { delay: 1000 } });
    click({ kind: 'action', row: 1 });
    click({ kind: 'action', row: 1 });
    time.advance(1000);
    const { clicks, collected } = world.truth();
    expect(clicks.map(({ row }) => row)).toEqual([1, 1]);
    expect(clicks.map(({ effect }) => effect).sort()).toEqual(['collected', 'none']);
    expect(collected).toEqual([1]);
  });
});

describe('double', () => {
  it('fires again at the same place, where the next row is by then', () => {
    const { world, time, click } = openWorld({ misbehave: { double: 1 } });
    click({ kind: 'action', row: 1 });
    time.advance(59);
    expect(world.truth()).toMatchObject({ collected: [1], doubles: 0 });
    time.advance(81);
    expect(world.truth()).toMatchObject({
      collected: [1, 2],
      doubles: 1,
      clicks: [{ row: 1, doubledOnto: 2 }],
    });
  });

  it('finds nothing to do behind the last row', () => {
    const { world, time, click } = openWorld({ count: 1, misbehave: { double: 1 } });
    click({ kind: 'action', row: 1 });
    time.advance(140);
    expect(world.truth()).toMatchObject({ collected: [1], doubles: 0 });
  });

  it('turns a switch there and back', () => {
    const { world, time, click } = openWorld({ misbehave: { double: 1 } });
    const before = world.view().settings;
    click({ kind: 'toggle', name: 'sound' });
    expect(world.view().settings).not.toEqual(before);
    time.advance(140);
    expect(world.view().settings).toEqual(before);
    expect(world.truth().doubles).toBe(1);
  });

  it('happens to about its share of the clicks', () => {
    const { world, time, click } = openWorld({ misbehave: { double: 0.2 } });
    for (let i = 0; i < 2000; i += 1) click({ kind: 'toggle', name: 'sound' });
    time.advance(140);
    expect(Math.abs(world.truth().doubles - 400)).toBeLessThan(72);
  });
});

describe('expire', () => {
  it('ends the session after every so many rows; the page of the old one can only sign in again', () => {
    const { world, click, collectTop } = openWorld({ misbehave: { expire: 2 } });
    const old = world.signIn();
    collectTop();
    expect(world.isLive(old)).toBe(true);
    collectTop();
    expect(world.isLive(old)).toBe(false);
    expect(click({ kind: 'action', row: 3 }, old).effect).toBe('none');
    expect(world.truth()).toMatchObject({ expired: 1, collected: [1, 2] });
    expect(world.truth().clicks.at(-1)).toMatchObject({ row: 3, effect: 'none' });
    expect(click({ kind: 'signin' }, old).effect).toBe('signin');
    expect(click({ kind: 'signin' }).effect).toBe('none');
    collectTop();
    collectTop();
    expect(world.truth()).toMatchObject({ expired: 2, collected: [1, 2, 3, 4] });
  });

  it('drops what was on its way when the session ended', () => {
    const { world, time, click } = openWorld({ misbehave: { expire: 1, delay: 1000 } });
    const epoch = world.signIn();
    for (const row of [1, 2, 3]) click({ kind: 'action', row }, epoch);
    time.advance(1000);
    expect(world.truth().collected).toHaveLength(1);
    expect(world.truth().clicks.filter(({ effect }) => effect === 'none')).toHaveLength(2);
  });

  it('lets even the click that signs in again be lost', () => {
    const { world, click } = openWorld({ misbehave: { expire: 1, lost: 0.5 } });
    const epoch = world.signIn();
    while (world.truth().collected.length === 0) click({ kind: 'action', row: 1 }, epoch);
    const effects = Array.from({ length: 40 }, () => click({ kind: 'signin' }, epoch).effect);
    expect(new Set(effects)).toEqual(new Set(['none', 'signin']));
  });
});

it('repeats itself with the same seed and not with another', () => {
  const run = (seed: number): unknown => {
    const { world, time, click } = openWorld({ seed, misbehave: { lost: 0.2, delay: 500, double: 0.2 } });
    for (let row = 1; row <= 15; row += 1) {
      click({ kind: 'action', row });
      time.advance(300);
    }
    return world.truth();
  };
  expect(run(4)).toEqual(run(4));
  expect(run(4)).not.toEqual(run(5));
});
