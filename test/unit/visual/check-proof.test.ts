import { expect, test } from 'vitest';
import { checkProof } from '../../../src/visual/check-proof.js';
import {
  type Evidence,
  all,
  any,
  changed,
  gone,
  modalClosed,
  modalOpen,
  not,
  rowAdvanced,
  scrolled,
  swatchIs,
  tabActive,
  unchanged,
  visible,
} from '../../../src/visual/evidence.js';

const on = swatchIs('power', 'on');
const check =
  (proves: Evidence, blockedBy: Evidence[] = [], blockers: Evidence[] = []) =>
  () =>
    checkProof({ proves, blockedBy }, { blockers });

test.each([
  unchanged('r'),
  not(changed('r')),
  all(unchanged('r'), unchanged('s')),
  any(on, not(on)),
  any(visible('a'), gone('a')),
  any(modalOpen('m'), modalClosed('m')),
  not(scrolled('list')),
  any(on, not(all(rowAdvanced('list'), on))),
])('a proof that holds anyway is refused: %j', (proves) => {
  expect(check(proves)).toThrow(/holds though nothing is done/);
});

test.each([all(on, unchanged('r')), any(on, visible('a')), all(modalClosed('m'), not(rowAdvanced('list')))])(
  'what may fail, with what holds, is a proof: %j',
  (proves) => {
    expect(check(proves, [modalOpen('m')], [modalOpen('n')])).not.toThrow();
  },
);

test.each([
  all(on, swatchIs('power', 'off')),
  all(tabActive('a'), any(tabActive('b'), gone('x')), visible('x')),
  all(modalOpen('m'), modalClosed()),
  all(on, not(on)),
])('a proof that cannot hold is refused: %j', (proves) => {
  expect(check(proves)).toThrow(/cannot hold/);
});

test.each([
  ['the flow’s', modalOpen('m'), [], [modalOpen('m')]],
  ['any popup', modalOpen('m'), [modalOpen()], []],
  ['the flow’s, among other evidence', all(on, modalOpen('m')), [], [modalOpen('n'), modalOpen('m')]],
  ['its own, in other words', gone('a'), [not(visible('a'))], []],
])('a proof that is a blocker, %s, is refused', (_, proves, blockedBy, blockers) => {
  expect(check(proves, blockedBy, blockers)).toThrow(
    expect.objectContaining({
      code: 'PXP_FLOW',
      message: expect.stringContaining('also what blocks the step') as string,
    }),
  );
});

test('a proof that has another way to hold than the blocker is one', () => {
  expect(check(any(rowAdvanced('list'), modalOpen('m')), [], [modalOpen('m')])).not.toThrow();
  expect(check(modalClosed('m'), [], [modalOpen()])).not.toThrow();
  expect(check(all(tabActive('a'), not(tabActive('b'))))).not.toThrow();
});
