import { expect, test } from 'vitest';
import { InputEpoch } from '../../../src/core/input-epoch.js';

test('an epoch starts at 0, and every input has one of its own, each target its own count', () => {
  const [epoch, other] = [new InputEpoch(), new InputEpoch()];
  expect(epoch.current).toBe(0);
  expect([epoch.advance(), epoch.advance()]).toEqual([1, 2]);
  expect(epoch.current).toBe(2);
  expect(other.current).toBe(0);
});
