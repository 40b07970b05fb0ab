import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** The probes whose reasons become a predicate's. */
const PROBES = ['match-template', 'displacement', 'ink-growth'].map((name) => `src/probe/${name}.ts`);
/** No reasons: verdicts, states, what `frame-…` says in words, and what `scrolled` answers in words of its own. */
const NONE = new Set([
  ...['no-effect', 'wrong-effect', 'pre-state', 'not-visible', 'displaced', 'nothing-moved'],
  ...['before-input', 'target', 'viewport', 'device-scale-factor'],
]);

/** Words joined by dashes, with `…` for what is filled in, and single words that are called a reason. */
async function codesInSource(): Promise<ReadonlySet<string>> {
  const visual = await readdir(join(ROOT, 'src/visual'), { recursive: true });
  const files = [
    ...visual.filter((name) => name.endsWith('.ts')).map((name) => `src/visual/${name}`),
    ...PROBES,
  ];
  const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
  const found = texts.flatMap((text) => {
    const code = text.replace(/\/\*\*[^]*?\*\/|^\s*\/\/.*$/gm, '').replace(/\$\{[^}]*\}/g, '…');
    const dashed = code.matchAll(/['`]([a-z…]+(?:-[a-z0-9…]+)+)['`]/g);
    const single = code.matchAll(/reason: '([a-z]+)'/g);
    return [...dashed, ...single].map(([, word]) => word);
  });
  return new Set(found.filter((word) => !NONE.has(word)));
}

test('every reason has a line in docs/reasons.md', async () => {
  const codes = await codesInSource();
  expect(codes.size).toBeGreaterThan(40);
  const page = await readFile(join(ROOT, 'docs/reasons.md'), 'utf8');
  const documented = new Set([...page.matchAll(/^\| `([a-z…-]+)` \|/gm)].map(([, code]) => code));
  expect([...codes].filter((code) => !documented.has(code))).toEqual([]);
});
