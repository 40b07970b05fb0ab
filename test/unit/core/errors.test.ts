import { describe, expect, test } from 'vitest';
import { ERROR_CATALOGUE, type ErrorCode } from '../../../src/core/error-catalogue.js';
import { PixelproofError, isPixelproofError } from '../../../src/core/errors.js';

describe('PixelproofError', () => {
  test.each(Object.keys(ERROR_CATALOGUE) as ErrorCode[])('%s is retryable as the catalogue says', (code) => {
    const error = new PixelproofError(code, 'a message');
    expect(error).toMatchObject({
      code,
      retryable: ERROR_CATALOGUE[code].retryable,
      name: 'PixelproofError',
    });
  });

  test('keeps its facts, and the cause apart from them', () => {
    const cause = new Error('low level');
    const facts = {
      what: 'a.png',
      where: 'byte 8',
      expected: 'IHDR',
      received: 'PLTE',
      hint: 'save it again',
    };
    const error = new PixelproofError('PXP_IMAGE_CORRUPT', 'a wrong chunk', { ...facts, cause });
    expect(error.facts).toEqual(facts);
    expect(error.cause).toBe(cause);
    for (const fact of Object.values(facts)) expect(error.message).toContain(fact);
  });

  test('without a cause it has none, not even an undefined one', () => {
    expect(Object.hasOwn(new PixelproofError('PXP_IO', 'a message'), 'cause')).toBe(false);
  });

  test('its message says what is missing when nothing was received', () => {
    expect(new PixelproofError('PXP_USAGE', 'a flag', { expected: 'a path' }).message).toContain(
      'received nothing',
    );
    expect(new PixelproofError('PXP_USAGE', 'a flag').message).toBe('a flag');
  });
});

test('isPixelproofError tells codes and strangers apart', () => {
  const error = new PixelproofError('PXP_IO', 'a message');
  expect(isPixelproofError(error)).toBe(true);
  expect(isPixelproofError(error, 'PXP_IO')).toBe(true);
  expect(isPixelproofError(error, 'PXP_RECT')).toBe(false);
  expect(isPixelproofError(new Error('PXP_IO'))).toBe(false);
  expect(isPixelproofError({ code: 'PXP_IO' }, 'PXP_IO')).toBe(false);
});
