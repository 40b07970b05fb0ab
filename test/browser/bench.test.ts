import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectingCases } from '../../bench/cases/collecting.js';
import { decodingCases } from '../../bench/cases/decoding.js';
import { loopingCases } from '../../bench/cases/looping.js';
import { probingCases } from '../../bench/cases/probing.js';
import { sensingCases } from '../../bench/cases/sensing.js';
import { availableSensors } from '../../bench/ours.js';
import { type PageServer, servePage } from '../../bench/page.js';
import { Recorder } from '../../bench/recorder.js';
import type { BenchCase } from '../../bench/result.js';

/** A short benchmark. What it asserts are ratios within this one run, far from where they are on an idle machine. */
let server: PageServer;

beforeAll(async () => {
  server = await servePage();
});
afterAll(() => server.close());

function measured(recorder: Recorder, name: string): BenchCase {
  const found = recorder.cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found;
}

const only = (part: string): Recorder => new Recorder({ quick: true, peers: [], only: part });

test('a region costs less to decode than a frame, and the accelerator less than the portable decoder', async () => {
  const recorder = only('jpeg-q80');
  await decodingCases(recorder);
  // The least of the samples: whoever else uses the machine can only add to it.
  const least = (name: string): number => measured(recorder, `decode:jpeg-q80-${name}`).min;
  expect(least('1240x56:canvas') / least('1280x720:canvas')).toBeLessThan(0.5);
  expect(least('1240x56:jpeg-js') / least('1280x720:jpeg-js')).toBeLessThan(0.5);
  // 0.14 to 0.16 measured.
  expect(least('1280x720:jpeg-turbo-wasm') / least('1280x720:jpeg-js')).toBeLessThan(0.25);
  const accelerated = recorder.cases.filter(({ name }) => name.endsWith(':accelerated'));
  if (accelerated.length > 0) {
    expect(least('1280x720:accelerated') / least('1280x720:jpeg-js')).toBeLessThan(0.25);
  } else {
    expect(recorder.notes.join()).toContain('accelerated');
  }
});

test('the probes of a transition take a small share of a capture', async () => {
  const probes = only('probes:');
  await probingCases(probes);
  const captures = only('capture:screenshot:png');
  await sensingCases(captures, server);
  const frame = measured(captures, 'capture:screenshot:png:frame:idle');
  const row = measured(captures, 'capture:screenshot:png:row:idle');
  expect(measured(probes, 'probes:transition-1280x720').min / frame.p50).toBeLessThan(0.6);
  expect(measured(probes, 'probes:transition-row').min / row.p50).toBeLessThan(0.15);
});

describe.skipIf(!availableSensors().includes('frame-control'))('frame control', () => {
  test.each(['click-to-proof:', 'click-to-proof-animated:'])('%s it beats the screenshot', async (loop) => {
    const recorder = only(loop);
    await loopingCases(recorder, server);
    const ours = measured(recorder, `${loop}frame-control`);
    expect(ours.n).toBe(measured(recorder, `${loop}screenshot`).n);
    expect(ours.p50 / measured(recorder, `${loop}screenshot`).p50).toBeLessThan(0.8);
  });

  test('it knows that nothing changed sooner than a screenshot could say', async () => {
    const recorder = only('no-change:');
    await sensingCases(recorder, server);
    const [ours, screenshot] = ['frame-control', 'screenshot'].map((name) =>
      measured(recorder, `no-change:${name}`),
    );
    expect(ours.p50 / screenshot.p50).toBeLessThan(0.8);
  });

  test('the collector collects', async () => {
    const recorder = only('collector-rows-per-second:pixelproof');
    await collectingCases(recorder, server);
    expect(recorder.cases.map(({ name, unit }) => [name, unit])).toEqual([
      ['collector-rows-per-second:pixelproof', '1/s'],
    ]);
  });
});
