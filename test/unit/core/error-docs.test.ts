import { expect, test } from 'vitest';
import { ERROR_CATALOGUE } from '../../../src/core/error-catalogue.js';

// In CI an unequal file fails; locally `npx vitest run --project unit test/unit/core -u` writes it anew.
test('docs/errors.md is the catalogue', async () => {
  await expect(renderErrors()).toMatchFileSnapshot('../../../docs/errors.md');
});

function renderErrors(): string {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { retryable, meaning }]) => `| \`${code}\` | ${retryable ? 'yes' : 'no'} | ${meaning} |`,
  );
  return [
    '# Errors',
    '',
    'Everything pixelproof throws on purpose is a `PixelproofError` with a stable `code`. Beside the message it carries `facts`',
    '(`what`, `where`, `expected`, `received`, `hint`, each where there is something to say) and `cause`. _Retryable_ means that the',
    'same call may succeed later without anybody changing anything; `error.retryable` says the same.',
    '',
    'This page is tested equal to `src/core/error-catalogue.ts`.',
    '',
    '<!-- prettier-ignore -->',
    '| Code | Retryable | Meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
