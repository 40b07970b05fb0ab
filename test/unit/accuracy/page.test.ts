import { expect, test } from 'vitest';
import { replaceSection } from '../../accuracy/page.js';

test('a section takes the place of the one before it and leaves the rest', () => {
  const first = replaceSection('# Accuracy\n\nBy hand.\n', 'placebo', 'none of 3');
  const both = replaceSection(first, 'verdicts', '10 right');
  expect(replaceSection(both, 'placebo', 'none of 2000')).toBe(both.replace('none of 3', 'none of 2000'));
  expect(both).toContain('By hand.');
  expect(replaceSection(both, 'placebo', 'none of 3')).toBe(both);
});
