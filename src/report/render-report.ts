import type { RunSummary } from '../runtime/run-store.js';
import type { IntentEvent, StoredEvent } from '../runtime/timeline.js';
import type { ArtifactRef } from '../visual/transition-record.js';
import { type Album, type WantedPicture, album } from './album.js';
import { brokenCard } from './broken-card.js';
import { type Figures, type Transition, figures } from './figures.js';
import { type Html, html } from './html.js';
import { page } from './page.js';
import { sessionStrip } from './session-strip.js';
import { openIntentCard, refusedCard, reviewCard, transitionCard, transitionRow } from './step-card.js';
import { summary } from './summary.js';
import { verdictBar } from './verdict-bar.js';

/**
 * One run as a self-contained HTML file: outcome, key figures, plots, what the session went through, and every step with
 * its pictures, those that were not proved first, newest first. It loads nothing (its own content security policy forbids
 * it); without scripts everything but the pictures is there. Pictures of proved steps are thumbnails, each distinct one
 * is in it once, and the whole stays below about 15 MB for some hundred transitions. A picture that cannot be read is a
 * placeholder. Takes about 20 ms per distinct picture.
 *
 * @example
 * await writeFile('report.html', await renderReport({ run, events, readArtifact: (ref) => artifacts.get(ref) }));
 */
export async function renderReport({
  run,
  events,
  readArtifact,
}: Readonly<{
  run: RunSummary;
  events: readonly StoredEvent[];
  readArtifact: (ref: ArtifactRef) => Promise<Uint8Array>;
}>): Promise<string> {
  const numbers = figures({ run, events });
  const exceptions = exceptionsOf(events, numbers);
  const proved = numbers.transitions.filter(({ record }) => record.verdict === 'proved').toReversed();
  const pictures = await album(
    [
      ...exceptions.flatMap(picturesOf).map((ref) => ({ ref, full: true })),
      ...proved.flatMap(({ record }) => recordPictures(record)).map((ref) => ({ ref, full: false })),
    ] satisfies WantedPicture[],
    readArtifact,
  );
  const body = html`<main>
    ${summary(run, { numbers, events })}
    <section class="panel">
      <h4>Verdicts</h4>
      ${verdictBar(numbers)}
    </section>
    <section class="panel">
      <h4>Session</h4>
      ${sessionStrip({ run, events, durationMs: numbers.durationMs })}
    </section>
    ${overlayKey()}
    <noscript><p>The pictures in this file need JavaScript to show.</p></noscript>
    ${steps(
      'Not proved',
      exceptions.map((item) => exceptionCard(item, numbers, pictures)),
      'exceptions',
    )}
    ${steps(
      'Proved',
      proved.map((transition) => transitionRow(transition, pictures)),
      'proved',
    )}
    <footer>
      Run ${run.runId} of ${run.flow}. Times are milliseconds as the run measured them; cycle: from the look
      that begins a transition to its verdict; confirmed: from the input to the first frame that proved it, or
      to the decision.
    </footer>
  </main>`;
  return page({ title: `${run.flow}: ${run.state}`, body, pictures });
}

/** What a person has to look at: everything that did not end in a proof. */
type Exception =
  | { readonly kind: 'transition'; readonly seq: number; readonly transition: Transition }
  | { readonly kind: 'open'; readonly seq: number; readonly intent: IntentEvent }
  | {
      readonly kind: 'refused';
      readonly seq: number;
      readonly event: Extract<StoredEvent, { type: 'step.refused' }>;
    }
  | {
      readonly kind: 'broken';
      readonly seq: number;
      readonly event: Extract<StoredEvent, { type: 'calibration.broken' }>;
    }
  | {
      readonly kind: 'review';
      readonly seq: number;
      readonly event: Extract<StoredEvent, { type: 'review.opened' }>;
    };

/** Newest first. */
function exceptionsOf(
  events: readonly StoredEvent[],
  { transitions, openIntents }: Figures,
): readonly Exception[] {
  const all: Exception[] = [
    ...transitions
      .filter(({ record }) => record.verdict !== 'proved')
      .map((transition) => ({ kind: 'transition', seq: transition.seq, transition }) as const),
    ...openIntents.map((intent) => ({ kind: 'open', seq: intent.seq, intent }) as const),
    ...events.flatMap((event): Exception[] => {
      if (event.type === 'step.refused') return [{ kind: 'refused', seq: event.seq, event }];
      if (event.type === 'calibration.broken') return [{ kind: 'broken', seq: event.seq, event }];
      return event.type === 'review.opened' ? [{ kind: 'review', seq: event.seq, event }] : [];
    }),
  ];
  return all.sort((a, b) => b.seq - a.seq);
}

function exceptionCard(item: Exception, { transitions }: Figures, pictures: Album): Html {
  switch (item.kind) {
    case 'transition':
      return transitionCard(item.transition, pictures);
    case 'open':
      return openIntentCard(item.intent, pictures);
    case 'refused':
      return refusedCard(item.event);
    case 'broken':
      return brokenCard(item.event, pictures);
    case 'review': {
      const { intentId } = item.event;
      const shown = transitions.find(({ record }) => record.intentId === intentId);
      return reviewCard(item.event, { album: pictures, shownAt: shown?.seq });
    }
  }
}

function picturesOf(item: Exception): readonly ArtifactRef[] {
  switch (item.kind) {
    case 'transition':
      return recordPictures(item.transition.record);
    case 'open':
      return [item.intent.before, ...item.intent.evidence];
    case 'refused':
      return [];
    case 'broken':
      return [item.event.picture];
    case 'review':
      return item.event.pictures;
  }
}

function recordPictures({ before, behind, after, evidence }: Transition['record']): readonly ArtifactRef[] {
  return [behind, before, after].filter((each) => each !== null).concat(evidence);
}

function steps(title: string, cards: readonly Html[], id: string): Html | false {
  return (
    cards.length > 0 &&
    html`<div class="steps-head" id="${id}">
        <h2>${title} <span class="quiet">${cards.length}, newest first</span></h2>
      </div>
      ${cards}`
  );
}

/** What the lines on the pictures mean, and the box that switches them off. */
function overlayKey(): Html {
  const meanings = [
    { color: '#ff4fd8', text: 'click' },
    { color: '#37d67a', text: 'looked at: holds' },
    { color: '#ff6b5e', text: 'looked at: fails' },
    { color: '#ffd23f', text: 'looked at: unsure' },
    { color: '#35b9ff', text: 'changed' },
  ];
  return html`<p class="key">
    <label><input type="checkbox" id="show-overlay" checked /> draw on pictures</label>
    ${meanings.map(({ color, text }) => html`<span><i style="border-color:${color}"></i>${text}</span>`)}
  </p>`;
}
