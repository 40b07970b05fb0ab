import { bench, describe } from 'vitest';
import { decode, encodeJpeg, encodePng } from '../src/image/index.js';
import {
  changeScore,
  components,
  emptiness,
  parseColor,
  rowBands,
  signature,
  swatch,
  veil,
} from '../src/probe/index.js';
import { ledgerLike } from './ledger-like.js';

/** A 1280x720 frame that looks like an application's list, and the same after its first row went. */
const before = ledgerLike({ firstRow: 0 });
const after = ledgerLike({ firstRow: 1 });
const png = encodePng(before);
const jpeg = encodeJpeg(before, 80);
const list = { x: 24, y: 152, width: 1232, height: 512 };
const green = parseColor('#2e9e4f');

// What is timed has to be right first.
const rows = rowBands(before, { region: list }).rows.filter(({ partial }) => !partial);
const buttons = components(before, { region: list, color: { near: green } });
if (rows.length !== 9 || buttons.length < 9) {
  throw new Error(`expected 9 rows and their buttons, received ${rows.length} and ${buttons.length}`);
}
if (decode(png).image.data[0] !== before.data[0])
  throw new Error('the PNG does not decode to what was encoded');
if (changeScore(before, before).bbox !== null || changeScore(before, after).bbox === null) {
  throw new Error('the change score does not tell a changed frame from an unchanged one');
}

describe('decode 1280x720', () => {
  bench('png, canvas', () => void decode(png, { decoder: 'canvas' }));
  bench('png, portable (fast-png)', () => void decode(png, { decoder: 'portable' }));
  bench('jpeg 80, canvas', () => void decode(jpeg, { decoder: 'canvas' }));
  bench('jpeg 80, portable (jpeg-js)', () => void decode(jpeg, { decoder: 'portable' }));
});

describe('probes 1280x720', () => {
  bench('rowBands', () => void rowBands(before, { region: list }));
  bench('components near a colour', () => void components(before, { color: { near: green } }));
  bench('changeScore, equal', () => void changeScore(before, before));
  bench('changeScore, a row gone', () => void changeScore(before, after));
  bench('veil, a row gone', () => void veil(before, after));
  bench('signature', () => void signature(before));
  bench('emptiness', () => void emptiness(before, { region: list }));
  bench('swatch of 120x3', () => {
    swatch(before, { region: { x: 60, y: 109, width: 120, height: 3 }, colors: { green } });
  });
});
