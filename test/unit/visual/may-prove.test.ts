import { expect, test } from 'vitest';
import type { Provenance } from '../../../src/sensor/frame.js';
import { mayProve } from '../../../src/visual/transition/may-prove.js';

const provenance: Provenance = {
  sensor: 'screenshot',
  format: 'png',
  captureId: 1,
  targetId: 'T1',
  viewport: { width: 80, height: 60 },
  deviceScaleFactor: 1,
  requestedAtMs: 0,
  receivedAtMs: 1,
  inputEpoch: 3,
};
const scope = { inputEpoch: 3, targetId: 'T1', viewport: { width: 80, height: 60 }, deviceScaleFactor: 1 };

test.each<[string, Partial<Provenance>, string | undefined]>([
  ['of the input’s epoch', {}, undefined],
  ['of a later epoch', { inputEpoch: 4 }, undefined],
  ['requested before the input', { inputEpoch: 2 }, 'before-input'],
  ['of another target', { targetId: 'T2' }, 'target'],
  ['of another width', { viewport: { width: 81, height: 60 } }, 'viewport'],
  ['of another height', { viewport: { width: 80, height: 61 } }, 'viewport'],
  ['of another scale', { deviceScaleFactor: 2 }, 'device-scale-factor'],
])('a frame %s', (_, change, reason) => {
  const expected = reason === undefined ? { ok: true } : { ok: false, reason };
  expect(mayProve({ provenance: { ...provenance, ...change } }, scope)).toEqual(expected);
});
