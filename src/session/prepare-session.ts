import type { Page } from '../cdp/index.js';
import { type Clock, PixelproofError } from '../core/index.js';
import { type Secret, isSecretReference, resolveSecret } from './secret.js';
import type { FieldSpec, SessionPhase, SessionSpec } from './session-spec.js';

/** From navigation to ready, all forms and loading included. */
const PREPARE_MS = 45_000;
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
 *
 * Errors: PXP_SESSION (which phase did not end, and what layer 2 saw), PXP_SESSION_CHALLENGE, PXP_SECRET, those of CDP.
 */
export async function prepareSession(options: PrepareOptions): Promise<void> {
  const { page, spec, url, isReady, onPhase, clock, signal } = options;
  onPhase('navigating');
  await page.navigate(url, { signal });
  const dueAt = clock.nowMs() + PREPARE_MS;
  let phase: SessionPhase = 'navigating';
  let phaseDueAt = Infinity;
  let why = 'nothing was looked at';
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
    if (shown.failed) {
      throw new PixelproofError('PXP_SESSION', 'the sign-in was refused', { what: url, where: 'login' });
    }
    if (spec.consent !== undefined && shown.consent) {
      if (enter('consent', ANSWER_MS)) await clickElement(page, spec.consent.accept, signal);
    } else if (spec.login !== undefined && shown.login) {
      if (enter('login', ANSWER_MS)) await signIn(page, spec.login, options);
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

type Part = 'consent' | 'login' | 'failed' | 'challenge' | 'loading';

async function visibleParts(
  page: Page,
  spec: SessionSpec,
  signal?: AbortSignal,
): Promise<Record<Part, boolean>> {
  const selectors: Record<Part, string | undefined> = {
    consent: spec.consent?.when,
    login: spec.login?.when,
    failed: spec.login?.failed,
    challenge: spec.challenge?.when,
    loading: spec.loading?.when,
  };
  const expression = `(() => {
    const shown = (selector) => {
      const box = selector === null ? undefined : document.querySelector(selector)?.getBoundingClientRect();
      return box !== undefined && box.width > 0 && box.height > 0;
    };
    const selectors = ${JSON.stringify(selectors, (_, value: unknown) => value ?? null)};
    return Object.fromEntries(Object.entries(selectors).map(([part, selector]) => [part, shown(selector ?? null)]));
  })()`;
  return (await page.evaluate(expression, { signal })) as Record<Part, boolean>;
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
