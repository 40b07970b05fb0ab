import type { BenchCase, BenchRatio } from './result.js';
import { round } from './summarise.js';

/** Each a pair of cases. A ratio is told when both were measured. */
const RATIOS: readonly (readonly [name: string, over: string, under: string])[] = [
  ...['click-to-proof', 'click-to-proof-animated'].flatMap((loop) =>
    [
      ['frame-control', 'playwright'],
      ['frame-control', 'puppeteer'],
      ['frame-control', 'screenshot'],
      ['screencast', 'playwright'],
      ['screenshot', 'playwright'],
    ].map(([a, b]) => [`${loop}:${a}/${b}`, `${loop}:${a}`, `${loop}:${b}`] as const),
  ),
  ratioOf('collector-rows-per-second', 'pixelproof', 'playwright'),
  ratioOf('collector-rows-per-second', 'pixelproof', 'playwright-trusting'),
  ...['step-cycle', 'step-cycle-unsettled'].flatMap((what) => [
    ratioOf(what, 'hybrid', 'calibrated'),
    ratioOf(what, 'dynamic', 'calibrated'),
  ]),
  ['no-change:frame-control/screenshot', 'no-change:frame-control', 'no-change:screenshot'],
  decodeRatio('accelerated/jpeg-js', '1280x720:accelerated', '1280x720:jpeg-js'),
  // Portable: without the accelerator, which is an optional package.
  decodeRatio('portable/jpeg-js', '1280x720:jpeg-turbo-wasm', '1280x720:jpeg-js'),
  ['compare:changeScore/pixelmatch', 'compare:changeScore-1280x720', 'compare:pixelmatch-1280x720'],
  decodeRatio('row/frame', '1240x56:jpeg-turbo-wasm', '1280x720:jpeg-turbo-wasm'),
  ['probes:transition-1280x720/capture', 'probes:transition-1280x720', 'capture:screenshot:png:frame:idle'],
  ['probes:transition-row/capture', 'probes:transition-row', 'capture:screenshot:png:row:idle'],
  [
    'capture:png/jpeg-q80:frame:idle',
    'capture:screenshot:png:frame:idle',
    'capture:screenshot:jpeg-q80:frame:idle',
  ],
  [
    'capture:png/jpeg-q80:frame:photo',
    'capture:screenshot:png:frame:photo',
    'capture:screenshot:jpeg-q80:frame:photo',
  ],
  ['parallel-throughput:2/1', 'parallel-throughput:2', 'parallel-throughput:1'],
  ['parallel-throughput:4/1', 'parallel-throughput:4', 'parallel-throughput:1'],
  ['parallel-throughput:8/1', 'parallel-throughput:8', 'parallel-throughput:1'],
];

/** The ratios of medians that these cases allow, in a fixed order. */
export function ratiosOf(cases: readonly BenchCase[]): BenchRatio[] {
  const medians = new Map(cases.map(({ name, p50 }) => [name, p50]));
  return RATIOS.flatMap(([name, over, under]) => {
    const [a, b] = [medians.get(over), medians.get(under)];
    return a === undefined || b === undefined || b === 0 ? [] : [{ name, value: round(a / b) }];
  });
}

function ratioOf(what: string, over: string, under: string): readonly [string, string, string] {
  return [`${what}:${over}/${under}`, `${what}:${over}`, `${what}:${under}`];
}

function decodeRatio(name: string, over: string, under: string): readonly [string, string, string] {
  return [`decode-jpeg:${name}`, `decode:jpeg-q80-${over}`, `decode:jpeg-q80-${under}`];
}
