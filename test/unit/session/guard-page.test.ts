import { describe, expect, it } from 'vitest';
import { originOf, requireAllowed } from '../../../src/session/guard-page.js';

describe('the origin of a url', () => {
  it.each([
    ['https://a.example/x?y#z', 'https://a.example'],
    ['http://a.example:8080/', 'http://a.example:8080'],
    ['HTTPS://A.Example:443/x', 'https://a.example'],
    ['https://user:word@a.example/', 'https://a.example'],
    ['file:///etc/passwd', 'file:'],
    ['data:text/html,x', 'data:'],
    ['about:blank', 'about:'],
    ['no url', 'not a url'],
    ['', 'not a url'],
  ])('%s is %s', (url, origin) => {
    expect(originOf(url)).toBe(origin);
  });
});

describe('what a page may navigate to', () => {
  const allowed = ['https://a.example', 'http://127.0.0.1:8090'];

  it.each(['https://a.example/deep/path', 'http://127.0.0.1:8090', 'about:blank'])('%s is', (url) => {
    expect(() => requireAllowed(url, allowed)).not.toThrow();
  });

  it('where nothing is allowed the refusal says what would be', () => {
    expect(() => requireAllowed('no url', [])).toThrow(/expected http:\/\/ or https:\/\//);
  });

  it.each([
    'http://a.example/',
    'https://a.example:444/',
    'https://a.example.evil.example/',
    'https://evil.example/https://a.example',
    'https://a.example@evil.example/',
    'http://127.0.0.1:8091/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'no url',
  ])('%s is not', (url) => {
    expect(() => requireAllowed(url, allowed)).toThrow(
      expect.objectContaining({ code: 'PXP_ORIGIN' }) as Error,
    );
  });
});
