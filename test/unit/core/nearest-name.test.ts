import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { nearestName } from '../../../src/core/nearest-name.js';

describe('nearestName', () => {
  test.each([
    ['regoins', ['points', 'regions'], 'regions'],
    ['Header', ['footer', 'header'], 'header'],
    ['list', ['lists', 'lust'], 'lists'],
    ['xyz', ['points', 'regions'], undefined],
    ['a', ['b'], 'b'],
    ['a', ['bc'], undefined],
    ['anything', [], undefined],
    ['from', ['farm', 'form'], 'form'],
    ['hihg', ['low', 'high'], 'high'],
  ])('%s among %j', (wanted, names, meant) => {
    expect(nearestName(wanted, names)).toBe(meant);
  });

  test('a name with one letter changed, lost or doubled is found among strangers', () => {
    const word = fc.string({
      minLength: 4,
      maxLength: 12,
      unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    });
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('change', 'lose', 'double'), (name, n, how) => {
        const i = n % name.length;
        const middle = { change: 'z', lose: '', double: name[i].repeat(2) }[how];
        const misspelt = name.slice(0, i) + middle + name.slice(i + 1);
        expect(nearestName(misspelt, ['0123456789', name, '9876543210'])).toBe(name);
      }),
    );
  });

  test('a very long name costs nothing', () => {
    expect(nearestName('a'.repeat(1e6), ['a'])).toBeUndefined();
  });
});
