import { expect, test } from 'vitest';
import type { Effect, RecordedClick } from '../../../calibrations/ledger/app/world.mjs';
import type { Verdict } from '../../../src/visual/index.js';
import { type Grade, gradeRecord } from '../../accuracy/judge-record.js';

const click = (effect: Effect, doubledOnto?: number): RecordedClick => ({
  ...{ n: 1, x: 0, y: 0, atMs: 0, row: 1, hit: null, disabled: false, lost: false, delayMs: 0 },
  ...{ effect, ...(doubledOnto === undefined ? {} : { doubledOnto }) },
});

test.each<[string, Verdict, RecordedClick | null, Grade]>([
  ['collectRow', 'proved', click('collected'), 'right'],
  ['collectRow', 'proved', click('opened'), 'right'],
  ['confirmRow', 'proved', click('opened'), 'false-proof'],
  ['collectRow', 'proved', click('none'), 'false-proof'],
  ['collectRow', 'proved', click('collected', 2), 'false-proof'],
  ['collectRow', 'proved', null, 'false-proof'],
  ['openInbox', 'proved', click('tab'), 'right'],
  ['collectRow', 'no-effect', click('none'), 'right'],
  ['collectRow', 'no-effect', click('collected'), 'missed-effect'],
  ['collectRow', 'wrong-effect', click('collected', 2), 'right'],
  ['collectRow', 'wrong-effect', click('collected'), 'false-alarm'],
  ['collectRow', 'wrong-effect', click('none'), 'false-alarm'],
  ['collectRow', 'ambiguous', click('collected'), 'undecided'],
])('%s %s', (step, verdict, truth, grade) => {
  expect(gradeRecord({ step, verdict }, truth)).toBe(grade);
});
