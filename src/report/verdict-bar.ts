import { type Figures, VERDICTS } from './figures.js';
import { type Html, html } from './html.js';
import { verdictMark } from './verdict-mark.js';

/** All verdicts as one stacked bar, with a legend that counts each. Ones that did not occur are left out. */
export function verdictBar({ verdicts, transitions }: Pick<Figures, 'verdicts' | 'transitions'>): Html {
  if (transitions.length === 0) return html`<p class="quiet">No transition was decided.</p>`;
  const present = VERDICTS.filter((verdict) => verdicts[verdict] > 0);
  return html`<div class="verdict-bar">
      ${present.map(
        (verdict) =>
          html`<i
            class="v-${verdict}"
            style="flex-grow:${verdicts[verdict]}"
            title="${verdict}: ${verdicts[verdict]}"
          ></i>`,
      )}
    </div>
    <ul class="legend">
      ${present.map(
        (verdict) =>
          html`<li>
            <svg viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">
              ${verdictMark(verdict, { x: 0, y: 0 })}
            </svg>
            ${verdict} <b>${verdicts[verdict]}</b>
            <span class="quiet">${share(verdicts[verdict], transitions.length)}</span>
          </li>`,
      )}
    </ul>`;
}

/** Never 0 % or 100 % of what is not none or all. */
function share(count: number, all: number): string {
  const percent = (100 * count) / all;
  if (count < all && percent > 99) return '> 99 %';
  return percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}
