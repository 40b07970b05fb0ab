import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { resolve } from 'node:path';
import { PixelproofError } from '../core/index.js';

/** A value that is typed and never shown: it prints, logs and serialises as `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The only way to the value. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

export const isSecretReference = (text: string): boolean => /^(env|file):/.test(text);

/**
 * The secret a reference names: `env:NAME`, or `file:path` relative to `folder`, without its last line break.
 * Errors: PXP_SECRET naming the reference, never the value.
 */
export async function resolveSecret(
  reference: string,
  { folder }: Readonly<{ folder: string }>,
): Promise<Secret> {
  const [kind, name] = [
    reference.slice(0, reference.indexOf(':')),
    reference.slice(reference.indexOf(':') + 1),
  ];
  if (kind === 'env') {
    const value = process.env[name];
    if (value !== undefined) return new Secret(value);
    throw new PixelproofError('PXP_SECRET', 'the environment variable is not set', { what: reference });
  }
  if (kind === 'file') {
    try {
      return new Secret((await readFile(resolve(folder, name), 'utf8')).replace(/\r?\n$/, ''));
    } catch (cause) {
      throw new PixelproofError('PXP_SECRET', 'the file could not be read', { what: reference, cause });
    }
  }
  throw new PixelproofError('PXP_SECRET', 'not a reference', {
    expected: 'env:NAME or file:path',
    received: 'another text',
  });
}
