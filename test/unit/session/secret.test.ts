import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret, isSecretReference, resolveSecret } from '../../../src/session/secret.js';

const VALUE = 'hunter2';

describe('a secret', () => {
  it.each([
    ['JSON', (secret: Secret) => JSON.stringify({ deep: [secret] })],
    ['inspect', (secret: Secret) => inspect({ deep: [secret] }, { showHidden: true, depth: 9 })],
    ['console formats', (secret: Secret) => format('%s %o %O %j', secret, secret, secret, secret)],
    ['a text', (secret: Secret) => 'password: '.concat(String(secret))],
    ['joining', (secret: Secret) => [secret].join()],
    ['its keys', (secret: Secret) => JSON.stringify([Object.entries(secret), Object.assign({}, secret)])],
    ['an error', (secret: Secret) => String(new Error(String(secret)).stack)],
  ])('is not in %s', (_, show) => {
    const shown = show(new Secret(VALUE));
    expect(shown).not.toContain(VALUE);
  });

  it('is told only when asked for', () => {
    expect(new Secret(VALUE).reveal()).toBe(VALUE);
  });
});

describe('a reference', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pixelproof-secret-'));
    process.env.PIXELPROOF_TEST_SECRET = VALUE;
  });
  afterEach(async () => {
    delete process.env.PIXELPROOF_TEST_SECRET;
    await rm(folder, { recursive: true });
  });

  it('is told from a text', () => {
    expect(['env:X', 'file:x', 'plain', 'http://x', 'my env:X'].map(isSecretReference)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('to the environment is resolved', async () => {
    expect((await resolveSecret('env:PIXELPROOF_TEST_SECRET', { folder })).reveal()).toBe(VALUE);
  });

  it.each([
    ['without a line break', VALUE, VALUE],
    ['with one', `${VALUE}\n`, VALUE],
    ['with that of Windows', `${VALUE}\r\n`, VALUE],
    ['with two', `${VALUE}\n\n`, `${VALUE}\n`],
    ['with spaces around', ` ${VALUE} `, ` ${VALUE} `],
  ])('to a file %s is resolved relative to the folder', async (_, content, value) => {
    await writeFile(join(folder, 'secret.txt'), content);
    expect((await resolveSecret('file:secret.txt', { folder })).reveal()).toBe(value);
  });

  it.each(['env:PIXELPROOF_NOT_SET', 'file:missing.txt', 'file:.', 'vault:x'])(
    '%s that leads nowhere is PXP_SECRET',
    async (reference) => {
      await expect(resolveSecret(reference, { folder })).rejects.toMatchObject({ code: 'PXP_SECRET' });
    },
  );

  it('that is none is not repeated in the error: it may be the secret', async () => {
    const error: unknown = await resolveSecret(VALUE, { folder }).catch((caught: unknown) => caught);
    expect(inspect(error)).not.toContain(VALUE);
  });
});
