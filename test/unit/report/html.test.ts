import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../src/report/html.js';

describe('html', () => {
  it('escapes text, keeps markup, leaves out what is absent', () => {
    const name = '<b title="x">Tom & Jerry\'s</b>';
    expect(html`<i>${name}</i>`.markup).toBe(
      '<i>&lt;b title=&quot;x&quot;&gt;Tom &amp; Jerry&#39;s&lt;/b&gt;</i>',
    );
    expect(html`${html`<u>${'&'}</u>`}${[html`<b></b>`, false]}${0}${null}${undefined}${false}`.markup).toBe(
      '<u>&amp;</u><b></b>0',
    );
  });

  it('lets no text open an element or end an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '$&') }), (text) => {
        const { markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"']/);
        const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
        expect(markup.replace(/&([a-z]+|#39);/g, (_, name: string) => entities[name])).toBe(text);
      }),
    );
  });
});
