import type { Judgement, Truth } from '../visual/judgement.js';
import { type Html, html } from './html.js';

const SIGN: Readonly<Record<Truth, string>> = { holds: '✓', fails: '✗', unsure: '?' };

/** Why a proof was judged as it was: each predicate with its answer, score, margin and reason, parts indented below. */
export function judgementTree(judgement: Judgement | null): Html {
  if (judgement === null) return html`<p class="quiet">The proof was never evaluated.</p>`;
  return html`<ul class="judgement">
    ${branch(judgement)}
  </ul>`;
}

function branch({ predicate, truth, score, margin, reason, parts = [] }: Judgement): Html {
  return html`<li>
    <span class="truth ${truth}" title="${truth}">${SIGN[truth]}</span>
    <code>${parts.length > 0 ? combinator(predicate) : predicate}</code>
    <span class="reason">${reason}</span>
    <span class="quiet">score ${score.toFixed(2)} · margin ${margin.toFixed(2)}</span>
    ${
      parts.length > 0 &&
      html`<ul>
        ${parts.map(branch)}
      </ul>`
    }
  </li>`;
}

/** `any(rowAdvanced(list), …)` as `any of`: its parts are spelled below it. */
function combinator(predicate: string): string {
  const name = /^(all|any|not)\(/.exec(predicate)?.[1];
  if (name === undefined) return predicate;
  return name === 'not' ? 'not' : `${name} of`;
}
