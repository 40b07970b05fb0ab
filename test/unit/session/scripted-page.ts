import type { Page } from '../../../src/cdp/index.js';
import { PixelproofError } from '../../../src/core/index.js';

/** What the page shows at one moment; everything not named is hidden. */
export type Shown = Readonly<
  Partial<Record<'consent' | 'login' | 'failed' | 'challenge' | 'loading', boolean>>
>;

/**
 * A page that shows one thing after the other: each look takes the next entry of `shows`, the last one stays. `between`
 * stands for the moment at which one document is gone and the next is not there yet.
 */
export function scriptedPage(
  shows: readonly (Shown | 'between')[],
  { missing = [] as readonly string[] } = {},
) {
  const done: string[] = [];
  let look = 0;
  const page = {
    session: {
      send: async (method: string, { text }: { text: string }) => void done.push(`${method} ${text}`),
    },
    navigate: async (url: string) => void done.push(`navigate ${url}`),
    evaluate: async (expression: string) => {
      if (expression.includes('getBoundingClientRect')) {
        const shown = shows[Math.min(look++, shows.length - 1)];
        if (shown === 'between') {
          throw new PixelproofError('PXP_CDP_COMMAND', 'Execution context was destroyed.');
        }
        return shown;
      }
      const selector = /querySelector\("([^"]*)"\)/.exec(expression)![1];
      if (missing.includes(selector)) return false;
      done.push(`${expression.includes('.click()') ? 'click' : 'focus'} ${selector}`);
      return true;
    },
  };
  return { page: page as unknown as Page, done, looks: () => look };
}
