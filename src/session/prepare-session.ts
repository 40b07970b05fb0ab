import type { Page } from '../cdp/index.js';
import { type Clock, PixelproofError, isPixelproofError } from '../core/index.js';
import { type Secret, isSecretReference, resolveSecret } from './secret.js';
import type { FieldSpec, SessionPhase, SessionSpec } from './session-spec.js';

/** From navigation to ready, all forms and loading included. */
const PREPARE_MS = 25_000;
/** How long a form may take to go away once it was answered. */
const ANSWER_MS = 10_000;
const POLL_MS = 100;

export interface PrepareOptions {
  readonly page: Page;
  readonly spec: SessionSpec;
  readonly url: string;
  /** Folder that `file:` references are relative to. */
  readonly folder: string;
  /** Whether the opaque part shows itself: layer 2's answer, and why not. */
  readonly isReady: (signal?: AbortSignal) => Promise<{ readonly ready: boolean; readonly why: string }>;
  readonly onPhase: (phase: SessionPhase) => void;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Brings the page from its url to ready: navigates, accepts the consent banner, signs in, waits for loading to end, until
 * layer 2 recognises the application. What the page shows decides what is next, so any order works, and none is needed.
 * The form is answered once: an account is not locked by answering it again and again.
 *
 * Errors: PXP_SESSION (which phase did not end, and what layer 2 saw; an element is missing), PXP_SESSION_REFUSED,
 * PXP_SESSION_CHALLENGE, PXP_SECRET, those of CDP.
 */
export async function prepareSession(options: PrepareOptions): Promise<void> {
  const { page, spec, url, isReady, onPhase, clock, signal } = options;
  onPhase('navigating');
  await page.navigate(url, { signal });
  const dueAt = clock.nowMs() + PREPARE_MS;
  let phase: SessionPhase = 'navigating';
  let phaseDueAt = Infinity;
  let why = 'nothing was looked at';
  let signedIn = false;
  const enter = (next: SessionPhase, withinMs = Infinity): boolean => {
    const isNew = phase !== next;
    if (isNew) {
      onPhase(next);
      phaseDueAt = clock.nowMs() + withinMs;
    }
    phase = next;
    return isNew;
  };
  for (;;) {
    const shown = await visibleParts(page, spec, signal);
    if (shown.challenge) {
      enter('challenge');
      throw new PixelproofError('PXP_SESSION_CHALLENGE', 'the application asks for a person', { what: url });
    }
    if (shown.failed) throw refused(url, 'the sign-in was refused');
    if (spec.consent !== undefined && shown.consent) {
      if (enter('consent', ANSWER_MS)) await clickElement(page, spec.consent.accept, signal);
    } else if (spec.login !== undefined && shown.login) {
      if (enter('login', ANSWER_MS)) {
        if (signedIn) throw refused(url, 'the sign-in form came back');
        await signIn(page, spec.login, options);
        signedIn = true;
      }
    } else if (shown.loading) {
      enter('loading');
    } else {
      const answer = await isReady(signal);
      if (answer.ready) {
        enter('ready');
        return;
      }
      why = answer.why;
      enter('loading');
    }
    if (clock.nowMs() > Math.min(dueAt, phaseDueAt)) {
      throw new PixelproofError('PXP_SESSION', `the session did not leave ${phase}`, {
        what: url,
        where: phase,
        expected: 'ready',
        received: why,
      });
    }
    await clock.sleep(POLL_MS, signal);
  }
}

function refused(what: string, message: string): PixelproofError {
  return new PixelproofError('PXP_SESSION_REFUSED', message, { what, where: 'login' });
}

type Part = 'consent' | 'login' | 'failed' | 'challenge' | 'loading';

const NOTHING: Readonly<Record<Part, boolean>> = {
  consent: false,
  login: false,
  failed: false,
  challenge: false,
  loading: true,
};

async function visibleParts(
  page: Page,
  spec: SessionSpec,
  signal?: AbortSignal,
): Promise<Readonly<Record<Part, boolean>>> {
  const selectors: Partial<Record<Part, string>> = {
    consent: spec.consent?.when,
    login: spec.login?.when,
    failed: spec.login?.failed,
    challenge: spec.challenge?.when,
    loading: spec.loading?.when,
  };
  const expression = `(() => {
    const shown = (selector) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return box !== undefined && box.width > 0 && box.height > 0;
    };
    const parts = {};
    for (const [part, selector] of Object.entries(${JSON.stringify(selectors)})) {
      try {
        parts[part] = shown(selector);
      } catch {
        return { invalid: selector };
      }
    }
    return parts;
  })()`;
  let parts: Partial<Record<Part, boolean>> & { readonly invalid?: string };
  try {
    parts = (await page.evaluate(expression, { signal })) as typeof parts;
  } catch (error) {
    // Between two documents there is none to ask: a form that was sent leads to the next one.
    if (isPixelproofError(error, 'PXP_CDP_COMMAND')) return NOTHING;
    throw error;
  }
  if (parts.invalid === undefined) return { ...NOTHING, loading: false, ...parts };
  throw new PixelproofError('PXP_FLOW', 'the session names something that is no CSS selector', {
    what: parts.invalid,
    expected: 'a CSS selector',
    received: 'another text',
  });
}

async function signIn(
  page: Page,
  login: NonNullable<SessionSpec['login']>,
  { folder, signal }: Pick<PrepareOptions, 'folder' | 'signal'>,
): Promise<void> {
  if (!isSecretReference(login.password.value)) {
    throw new PixelproofError('PXP_SECRET', 'a password does not stand in a flow', {
      where: 'session.login.password',
      expected: 'env:NAME or file:path',
      received: 'a text',
    });
  }
  for (const field of [login.user, login.password]) await fill(page, field, folder, signal);
  await clickElement(page, login.submit, signal);
}

async function fill(
  page: Page,
  { selector, value }: FieldSpec,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const text: Secret | string = isSecretReference(value) ? await resolveSecret(value, { folder }) : value;
  await inElement(page, selector, 'element.focus(); element.select?.();', signal);
  await page.session.send(
    'Input.insertText',
    { text: typeof text === 'string' ? text : text.reveal() },
    { signal },
  );
}

async function clickElement(page: Page, selector: string, signal?: AbortSignal): Promise<void> {
  await inElement(page, selector, 'element.click();', signal);
}

async function inElement(page: Page, selector: string, script: string, signal?: AbortSignal): Promise<void> {
  const found = await page.evaluate(
    `(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      if (element === null) return false;
      ${script}
      return true;
    })()`,
    { signal },
  );
  if (found === true) return;
  throw new PixelproofError('PXP_SESSION', 'the page lacks an element the flow names', {
    what: selector,
    expected: 'one element',
    received: 'none',
  });
}
