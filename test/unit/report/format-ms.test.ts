import { expect, it } from 'vitest';
import { formatMs } from '../../../src/report/format-ms.js';

it.each([
  [0, '0.0 ms'],
  [8.44, '8.4 ms'],
  [9.97, '10 ms'],
  [215.4, '215 ms'],
  [999.7, '1.00 s'],
  [2503, '2.50 s'],
  [9996, '10.0 s'],
  [59_940, '59.9 s'],
  [59_990, '1 min 00 s'],
  [185_400, '3 min 05 s'],
  [3_599_600, '1 h 00 min'],
  [7_620_000, '2 h 07 min'],
])('%d ms is %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});
