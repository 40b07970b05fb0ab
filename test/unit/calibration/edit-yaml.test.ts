import { expect, test } from 'vitest';

import { editYaml } from '../../../src/calibration/solve/edit-yaml.js';
import { unifiedDiff } from '../../../src/calibration/solve/unified-diff.js';

const YAML = `# places
regions: # of the screen
  a.b:   { rect: &top [0, 0, 10, 20], pin: scale } # the top
  c: { rect: *top }
  d:
    rect:
      - 1
      - 2
      - 3   # wide
      - 4
lists: { l: { rows: { minHeight: 44 } } }
`;

test('numbers change where they stand, nothing else does', () => {
  const edited = editYaml(YAML, [
    { path: ['regions', 'a.b', 'rect'], from: [0, 0, 10, 20], to: [5, 6, 100, 7] },
    { path: ['regions', 'd', 'rect'], from: [1, 2, 3, 4], to: [10, 20, 30, 40] },
    { path: ['lists', 'l', 'rows', 'minHeight'], from: 44, to: 48 },
    { path: ['lists', 'l', 'action', 'minArea'], from: 1, to: 2 },
  ]);
  expect(edited).toBe(`# places
regions: # of the screen
  a.b:   { rect: &top [5, 6, 100, 7], pin: scale } # the top
  c: { rect: *top }
  d:
    rect:
      - 10
      - 20
      - 30   # wide
      - 40
lists: { l: { rows: { minHeight: 48 } } }
`);
});

test('behind an alias the anchor changes, once', () => {
  const both = (name: string) => ({
    path: ['regions', name, 'rect'],
    from: [0, 0, 10, 20],
    to: [1, 1, 11, 21],
  });
  const edited = editYaml(YAML, [both('a.b'), both('c')]);
  expect(edited).toBe(YAML.replace('[0, 0, 10, 20]', '[1, 1, 11, 21]'));
});

test('JSON, and CRLF line ends', () => {
  expect(editYaml('{"a": [1, 2],\r\n "b": 3}', [{ path: ['a'], from: [1, 2], to: [30, 4] }])).toBe(
    '{"a": [30, 4],\r\n "b": 3}',
  );
});

test('a unified diff has three lines of context, and hunks for what is far apart', () => {
  const before = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`).join('\n') + '\n';
  const after = before.replace('line 3\n', 'line three\n').replace('line 17\n', '');
  expect(unifiedDiff(before, after, { file: 'f.yaml' })).toBe(
    [
      '--- f.yaml',
      '+++ f.yaml',
      '@@ -1,6 +1,6 @@',
      ...[' line 1', ' line 2', '-line 3', '+line three', ' line 4', ' line 5', ' line 6'],
      '@@ -14,7 +14,6 @@',
      ...[' line 14', ' line 15', ' line 16', '-line 17', ' line 18', ' line 19', ' line 20'],
    ].join('\n'),
  );
  expect(unifiedDiff(before, before, { file: 'f' })).toBe('');
  expect(unifiedDiff('a\n', 'a', { file: 'f' })).toContain('\\ No newline at end of file');
});
