import { expect, test } from 'vitest';
import { takenBeside } from '../../../src/visual/list/rows-taken.js';
import type { Interruption } from '../../../src/visual/index.js';

const blocked = { kind: 'blocked', by: 'notice' } as const;
const held: Interruption = { ...blocked, proofHeld: true };
const took: Interruption = { ...blocked, took: ['list'], units: 1 };

test.each<[string, readonly Interruption[], readonly string[]]>([
  ['which the proof had not held before', [took], []],
  ['before the proof held: that is what the proof is about', [took, held], []],
  ['before and after it held', [took, { ...held, ...took }], ['list']],
  ['as the proof held', [{ ...held, ...took }], ['list']],
  ['after the proof had held', [held, took], ['list']],
  ['twice', [{ ...held, ...took }, took], ['list', 'list']],
])('a row taken %s', (_, interruptions, lists) => {
  expect(takenBeside(interruptions)).toEqual(lists);
});
