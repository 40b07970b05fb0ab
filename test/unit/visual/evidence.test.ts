import { expect, test } from 'vitest';
import {
  type Evidence,
  all,
  any,
  changed,
  counted,
  gone,
  listEmpty,
  matches,
  modalClosed,
  modalOpen,
  not,
  rowAdded,
  rowAdvanced,
  rowRemoved,
  scrolled,
  spellEvidence,
  swatchIs,
  tabActive,
  textGrew,
  unchanged,
  visible,
} from '../../../src/visual/evidence.js';

test.each<[string, Evidence]>([
  ['tabActive(inbox)', tabActive('inbox')],
  ['swatchIs(lamp, on)', swatchIs('lamp', 'on')],
  ['changed(list, 0.01)', changed('list')],
  ['changed(list, 0.5)', changed('list', { atLeast: 0.5 })],
  ['unchanged(header)', unchanged('header')],
  ['visible(logo)', visible('logo')],
  ['gone(logo)', gone('logo')],
  ['matches(logo)', matches('logo')],
  ['modalOpen()', modalOpen()],
  ['modalOpen(confirm)', modalOpen('confirm')],
  ['modalClosed()', modalClosed()],
  ['modalClosed(confirm)', modalClosed('confirm')],
  ['listEmpty(list)', listEmpty('list')],
  ['rowAdvanced(list)', rowAdvanced('list')],
  ['rowRemoved(list)', rowRemoved('list')],
  ['rowAdded(list)', rowAdded('list')],
  ['counted(left, -1)', counted('left', { by: -1 })],
  ['scrolled(list)', scrolled('list')],
  ['textGrew(name, 5)', textGrew('name', { glyphs: 5 })],
  ['not(visible(logo))', not(visible('logo'))],
  [
    'any(rowAdvanced(list), all(modalOpen(confirm), not(gone(logo))))',
    any(rowAdvanced('list'), all(modalOpen('confirm'), not(gone('logo')))),
  ],
])('%s', (spelled, evidence) => {
  expect(spellEvidence(evidence)).toBe(spelled);
});

test('evidence survives being stored', () => {
  const evidence = any(rowAdvanced('list'), not(modalOpen()), changed('list', { atLeast: 0.2 }));
  expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
});
