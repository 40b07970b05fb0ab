import type { RunSummary } from '../runtime/run-store.js';
import type { StoredEvent } from '../runtime/timeline.js';
import { formatMs } from './format-ms.js';
import { type Html, html } from './html.js';

interface Span {
  readonly name: string;
  readonly detail: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * What happened around the steps: run and session states as strips over the run's time, and a list of everything that is
 * neither a step nor a state (sensor, recoveries, warnings, late effects, skipped steps, stops).
 */
export function sessionStrip({
  run,
  events,
  durationMs,
}: Readonly<{ run: RunSummary; events: readonly StoredEvent[]; durationMs: number }>): Html {
  const startMs = Date.parse(run.startedAt);
  const at = (event: StoredEvent): number => Math.max(0, Date.parse(event.at) - startMs);
  const endMs = Math.max(durationMs, 1);
  const runStates = spans(
    events.flatMap((event) =>
      event.type === 'run.state' ? { name: event.state, detail: event.reason, fromMs: at(event) } : [],
    ),
    endMs,
  );
  const sessionStates = spans(
    events.flatMap((event) =>
      event.type === 'session.state' ? { name: event.state, detail: event.detail, fromMs: at(event) } : [],
    ),
    endMs,
  );
  const notes = events.flatMap((event) => {
    const text = note(event);
    return text === undefined ? [] : { ...text, atMs: at(event) };
  });
  return html`<div class="strips">
      ${strip('run', runStates, endMs)} ${strip('session', sessionStates, endMs)}
      <div class="strip-name">events</div>
      <div class="strip marks">
        ${notes.map(
          ({ tone, what, detail, atMs }) =>
            html`<i
              class="${tone}"
              style="left:${percent(atMs, endMs)}"
              title="${what}: ${detail} (${formatMs(atMs)})"
            ></i>`,
        )}
      </div>
    </div>
    ${
      notes.length > 0 &&
      html`<ol class="notes">
        ${notes.map(
          ({ tone, what, detail, atMs }) =>
            html`<li class="${tone}"><time>${formatMs(atMs)}</time><b>${what}</b> ${detail}</li>`,
        )}
      </ol>`
    }`;
}

function strip(name: string, states: readonly Span[], endMs: number): Html {
  return html`<div class="strip-name">${name}</div>
    <div class="strip">
      ${states
        .filter(({ fromMs, toMs }) => toMs > fromMs)
        .map(
          (span) =>
            html`<i
              class="s-${span.name}"
              style="left:${percent(span.fromMs, endMs)};width:${percent(span.toMs - span.fromMs, endMs)}"
              title="${span.name} ${formatMs(span.toMs - span.fromMs)} ${span.detail}"
              >${fits(span, endMs) && html`<span>${span.name}</span>`}</i
            >`,
        )}
    </div>
    <p class="strip-text">
      ${states.map(
        (span, i) =>
          html`${i > 0 ? ' → ' : ''}<span title="${span.detail}"
              >${span.name}${span.toMs > span.fromMs ? html` <b>${formatMs(span.toMs - span.fromMs)}</b>` : ''}</span
            >`,
      )}
    </p>`;
}

/** Whether the name, some 7 px a letter, fits into its share of the strip's 1150 px. */
function fits({ name, fromMs, toMs }: Span, endMs: number): boolean {
  return ((toMs - fromMs) / endMs) * 1150 > 7 * name.length + 12;
}

/** Each state lasts until the next begins, the last one until the end. */
function spans(begins: readonly Omit<Span, 'toMs'>[], endMs: number): readonly Span[] {
  return begins.map((begin, i) => ({
    ...begin,
    toMs: Math.max(begin.fromMs, begins[i + 1]?.fromMs ?? endMs),
  }));
}

interface Note {
  readonly tone: 'bad' | 'warn' | 'plain';
  readonly what: string;
  readonly detail: string;
}

function calibrationNote({
  held,
  drifted,
  broken,
  failing,
}: Extract<StoredEvent, { type: 'calibration.checked' }>): Note {
  const parts = [
    `${held} assumptions hold`,
    ...drifted.map((name) => `${name} has drifted`),
    ...broken.map((name) => `${name} is broken`),
    ...failing.map(({ name, at }) => `${name} will not hold from ${at} on`),
  ];
  const tone = broken.length + drifted.length > 0 ? 'bad' : failing.length > 0 ? 'warn' : 'plain';
  return { tone, what: 'calibration', detail: parts.join('; ') };
}

function note(event: StoredEvent): Note | undefined {
  switch (event.type) {
    case 'flow.loaded':
      return { tone: 'plain', what: 'flow', detail: `${event.file} with ${event.calibration}` };
    case 'ambient.learned':
      return {
        tone: 'plain',
        what: 'ambient motion',
        detail: `${(100 * event.share).toFixed(1)} % of the viewport`,
      };
    case 'calibration.checked':
      return calibrationNote(event);
    case 'calibration.broken':
      return undefined;
    case 'sensor.chosen':
      return { tone: 'plain', what: 'sensor', detail: `${event.sensor} (${event.format}): ${event.reason}` };
    case 'screen.seen':
      return { tone: 'plain', what: 'screen', detail: `${event.screen} (${event.reason})` };
    case 'recovery':
      return {
        tone: event.ok ? 'warn' : 'bad',
        what: event.ok ? 'recovered' : 'recovery failed',
        detail: `from ${event.by} by ${event.how}`,
      };
    case 'warning':
      return { tone: 'warn', what: event.code, detail: event.detail };
    case 'stop.requested':
      return { tone: 'warn', what: 'stop', detail: `${event.mode}, asked for by ${event.by}` };
    case 'step.late-effect':
      return {
        tone: 'warn',
        what: 'late effect',
        detail: `${event.step} took effect ${formatMs(event.afterMs)} after its watch had ended in no-effect`,
      };
    case 'step.skipped':
      return { tone: 'plain', what: 'skipped', detail: `${event.step}: ${event.reason}` };
    case 'step.withdrawn':
      return {
        tone: 'plain',
        what: 'withdrawn',
        detail: `${event.step}: ${[event.reason, event.where].filter(Boolean).join(', ')} before anything was sent`,
      };
    case 'step.interrupted':
      return { tone: 'warn', what: event.kind, detail: `${event.step} by ${event.by}` };
    case 'run.state':
    case 'session.state':
    case 'step.intent':
    case 'step.verdict':
    case 'step.refused':
    case 'review.opened':
      return undefined;
  }
}

function percent(ms: number, endMs: number): string {
  return `${((100 * Math.min(ms, endMs)) / endMs).toFixed(2)}%`;
}
