import type { IntentEvent, StoredEvent } from '../runtime/timeline.js';
import type { Instants, SentAction, TransitionRecord } from '../visual/transition-record.js';
import { actionText } from './action-text.js';
import type { Album } from './album.js';
import type { Transition } from './figures.js';
import { formatMs } from './format-ms.js';
import { type Html, html } from './html.js';
import { judgementTree } from './judgement-tree.js';
import type { OverlayMarks } from './overlay.js';
import { miniature, picture } from './picture.js';

/** A transition in full: pictures before and after with what was seen on them, and why it was judged so. */
export function transitionCard(transition: Transition, album: Album): Html {
  const { record } = transition;
  return html`<article id="t${transition.seq}" class="card v-${record.verdict}">
    <header>${badge(record.verdict)}${headline(transition)}</header>
    ${details(record, album)}
  </article>`;
}

/** A transition as one line of a list, with small pictures, that opens to the full one. */
export function transitionRow(transition: Transition, album: Album): Html {
  const { record } = transition;
  return html`<details id="t${transition.seq}" class="card v-${record.verdict}">
    <summary>
      ${badge(record.verdict)}${headline(transition)}
      <span class="minis">
        ${miniature({ ref: record.before, album })}<span>→</span>${miniature({ ref: record.after, album })}
      </span>
    </summary>
    ${details(record, album)}
  </details>`;
}

/** An intent without a verdict: the input may have been sent, and nobody saw what it did. */
export function openIntentCard(intent: IntentEvent, album: Album): Html {
  const { seq, step, attempt, effect, action, before, evidence } = intent;
  return html`<article id="t${seq}" class="card open-intent">
    <header>
      <b class="badge open">open</b>
      <h3>${step}</h3>
      <span class="number">#${seq}</span>
      <span class="reason">intent without verdict</span>
    </header>
    <p>
      The run ended between this intent and its verdict: an input may have been sent. The next run on this
      target decides it by looking.
    </p>
    <div class="pictures">
      ${picture({ ref: before, caption: 'before', album, marks: { proof: null, ...placeOf(action) } })}
      <div>
        ${facts([
          [action.kind, actionText(action)],
          ['attempt', `${attempt}`],
          ['effect class', effect],
          ['intent', intent.intentId],
        ])}
      </div>
    </div>
    ${evidenceStrip(evidence, album)}
  </article>`;
}

/** A step that ended without a click. */
export function refusedCard(event: Extract<StoredEvent, { type: 'step.refused' }>): Html {
  return html`<article id="t${event.seq}" class="card refused">
    <header>
      <b class="badge refused">refused</b>
      <h3>${event.step}</h3>
      <span class="number">#${event.seq}</span>
      <span class="reason">${event.reason}</span>
    </header>
    <p>${event.detail}</p>
  </article>`;
}

/** A question to a person. Pictures of a transition that has its own card stay there: `shownAt` is its number. */
export function reviewCard(
  event: Extract<StoredEvent, { type: 'review.opened' }>,
  { album, shownAt }: Readonly<{ album: Album; shownAt: number | undefined }>,
): Html {
  return html`<article id="t${event.seq}" class="card review">
    <header>
      <b class="badge review">review</b>
      <h3>${event.step}</h3>
      <span class="number">#${event.seq}</span>
      <span class="reason">${event.verdict}: ${event.reason}</span>
    </header>
    ${
      shownAt === undefined
        ? html`<div class="pictures">
            ${event.pictures.map((ref) => picture({ ref, caption: ref.kind, album }))}
          </div>`
        : html`<p>
            Waits for a person's decision. Pictures: <a href="#t${shownAt}">transition #${shownAt}</a>.
          </p>`
    }
  </article>`;
}

function badge(verdict: TransitionRecord['verdict']): Html {
  return html`<b class="badge v-${verdict}">${verdict}</b>`;
}

function headline({ seq, atMs, record, units, cycleMs, confirmMs }: Transition): Html {
  return html`<h3>${record.step}</h3>
    <span class="number">#${seq}</span> <span class="reason">${record.reason}</span>
    ${record.attempt > 1 && html`<span class="tag">attempt ${record.attempt}</span>`}
    ${record.degraded && html`<span class="tag warn">degraded</span>`}
    ${units > 0 && html`<span class="tag">unit</span>`}
    <span class="times"
      ><time title="since the start of the run">${formatMs(atMs)}</time> · cycle
      ${formatMs(cycleMs)}${
        confirmMs !== null &&
        html` · ${record.verdict === 'proved' ? 'confirmed in' : 'watched for'} ${formatMs(confirmMs)}`
      }</span
    >`;
}

function details(record: TransitionRecord, album: Album): Html {
  const { proof, action, change, behind } = record;
  return html`<div class="pictures">
      ${behind !== null && picture({ ref: behind, caption: 'behind the popup', album, marks: { proof } })}
      ${picture({
        ref: record.before,
        caption: 'before',
        album,
        marks: { proof, ...placeOf(action) },
      })}
      ${picture({
        ref: record.after,
        caption: 'after',
        album,
        marks: { proof, click: placeOf(action).click, tiles: change.tiles, bbox: change.bbox },
      })}
    </div>
    ${evidenceStrip(record.evidence, album)}
    <div class="why">
      <section>
        <h4>Proof</h4>
        ${judgementTree(proof)}
      </section>
      <section>
        <h4>Instants</h4>
        ${instantsBar(record.instants)}
        ${facts([
          [action.kind, actionText(action)],
          ['effect class', record.effect],
          ['change', changeText(change)],
          ['captures', `${record.captures}`],
          ...record.interruptions.map(({ kind, by }) => ['interrupted', `${kind} by ${by}`] as const),
          ['intent', record.intentId],
        ])}
      </section>
    </div>`;
}

function evidenceStrip(evidence: TransitionRecord['evidence'], album: Album): Html | false {
  return (
    evidence.length > 0 &&
    html`<div class="evidence">
      ${evidence.map((ref) => picture({ ref, caption: 'evidence kept before the input', album }))}
    </div>`
  );
}

/** The instants in the order they come in, each at its share of the time until the decision. */
function instantsBar(instants: Instants): Html {
  const { decidedMs } = instants;
  const named = [
    { name: 'input sent', ms: instants.inputSentMs },
    { name: 'first change', ms: instants.firstChangeMs },
    { name: 'first proof', ms: instants.firstProvedMs },
    { name: 'settled', ms: instants.settledMs },
    { name: 'decided', ms: decidedMs },
  ];
  const at = (ms: number): string => (decidedMs > 0 ? ((100 * ms) / decidedMs).toFixed(1) : '0');
  return html`<div class="instants-bar" aria-hidden="true">
      ${named.map(
        ({ name, ms }) =>
          ms !== null && html`<i style="left:${at(ms)}%" title="${name} ${formatMs(ms)}"></i>`,
      )}
    </div>
    <ol class="instants">
      ${named.map(
        ({ name, ms }) =>
          html`<li class="${ms === null ? 'quiet' : ''}">
            ${name} <b>${ms === null ? 'never' : formatMs(ms)}</b>
          </li>`,
      )}
    </ol>`;
}

/** What of the action can be drawn; text and keys have no place. */
function placeOf(action: SentAction): Pick<OverlayMarks, 'click' | 'box' | 'drop'> {
  if (!('point' in action)) return {};
  const { point: click, box } = action;
  return action.kind === 'drag' ? { click, box, drop: action.to } : { click, box };
}

function facts(rows: readonly (readonly [name: string, value: string])[]): Html {
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function changeText({ score, tiles, unexplained }: TransitionRecord['change']): string {
  if (tiles.length === 0) return 'nothing beyond ambient motion';
  return `${percent(score)} of the pixels, in ${tiles.length} tiles; ${percent(unexplained)} of these unexplained`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;
}
