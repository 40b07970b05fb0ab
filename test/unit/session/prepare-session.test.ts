import { describe, expect, it } from 'vitest';
import { prepareSession } from '../../../src/session/prepare-session.js';
import type { SessionPhase, SessionSpec } from '../../../src/session/index.js';
import { JumpingClock } from '../runtime/jumping-clock.js';
import { type Shown, scriptedPage } from './scripted-page.js';

const url = 'http://127.0.0.1:9/';
const spec: SessionSpec = {
  url,
  consent: { when: '#consent', accept: '#accept' },
  login: {
    when: '#login',
    user: { selector: '#user', value: 'demo' },
    password: { selector: '#password', value: 'env:PIXELPROOF_TEST_LOGIN' },
    submit: '#submit',
    failed: '#error',
  },
  challenge: { when: '#captcha' },
  loading: { when: '#splash' },
};
process.env.PIXELPROOF_TEST_LOGIN = 'pass';

async function prepare(
  shows: readonly (Shown | 'between')[],
  changes: Readonly<{ spec?: SessionSpec; missing?: readonly string[]; readyAfter?: number }> = {},
) {
  const { page, done, looks } = scriptedPage(shows, changes);
  const phases: SessionPhase[] = [];
  const clock = new JumpingClock();
  let asked = 0;
  const error: unknown = await prepareSession({
    ...{ page, url, clock, folder: '/', spec: changes.spec ?? spec },
    isReady: async () => ({ ready: ++asked > (changes.readyAfter ?? 0), why: 'tabActive(inbox) fails' }),
    onPhase: (phase) => phases.push(phase),
  }).catch((caught: unknown) => caught);
  return { error, done, phases, looks, spentMs: clock.nowMs() - 1000 };
}

const SIGN_IN = [
  'focus #user',
  'Input.insertText demo',
  'focus #password',
  'Input.insertText pass',
  'click #submit',
];

describe('a session comes to ready', () => {
  it('through consent, sign-in and splash', async () => {
    const { error, done, phases } = await prepare([
      { consent: true },
      { login: true },
      { loading: true },
      {},
    ]);
    expect(error).toBeUndefined();
    expect(done).toEqual([`navigate ${url}`, 'click #accept', ...SIGN_IN]);
    expect(phases).toEqual(['navigating', 'consent', 'login', 'loading', 'ready']);
  });

  it('in another order, and when each stays for a while', async () => {
    const { error, done } = await prepare([
      { loading: true },
      { login: true },
      { login: true },
      { loading: true },
      { consent: true },
      { consent: true },
      {},
    ]);
    expect(error).toBeUndefined();
    expect(done).toEqual([`navigate ${url}`, ...SIGN_IN, 'click #accept']);
  });

  it('at once when nothing is in the way', async () => {
    const { error, done, phases } = await prepare([{}], { spec: { url } });
    expect(error).toBeUndefined();
    expect(done).toEqual([`navigate ${url}`]);
    expect(phases).toEqual(['navigating', 'ready']);
  });

  it('when the application takes its time', async () => {
    const { error, phases } = await prepare([{}], { readyAfter: 20 });
    expect(error).toBeUndefined();
    expect(phases).toEqual(['navigating', 'loading', 'ready']);
  });

  it('when a form that was sent leads to another document', async () => {
    const { error, done } = await prepare([{ login: true }, 'between', 'between', { loading: true }, {}]);
    expect(error).toBeUndefined();
    expect(done).toEqual([`navigate ${url}`, ...SIGN_IN]);
  });
});

describe('a session does not come to ready', () => {
  it('when the sign-in is refused: nothing is typed again', async () => {
    const { error, done } = await prepare([{ login: true }, { login: true, failed: true }]);
    expect(error).toMatchObject({ code: 'PXP_SESSION_REFUSED', facts: { where: 'login' } });
    expect(done).toEqual([`navigate ${url}`, ...SIGN_IN]);
  });

  it('when the form comes back without a word: nothing is typed again', async () => {
    const { error, done } = await prepare([{ login: true }, { loading: true }, { login: true }]);
    expect(error).toMatchObject({ code: 'PXP_SESSION_REFUSED', facts: { where: 'login' } });
    expect(done).toEqual([`navigate ${url}`, ...SIGN_IN]);
  });

  it('when a person has to answer a challenge: nothing is clicked', async () => {
    const { error, done, phases } = await prepare([{ challenge: true, login: true }]);
    expect(error).toMatchObject({ code: 'PXP_SESSION_CHALLENGE' });
    expect(done).toEqual([`navigate ${url}`]);
    expect(phases.at(-1)).toBe('challenge');
  });

  it.each([
    ['consent', { consent: true }, 10_000],
    ['login', { login: true }, 10_000],
    ['loading', { loading: true }, 25_000],
  ] as const)('when it is stuck in %s, in bounded time', async (phase, shown, withinMs) => {
    const { error, spentMs } = await prepare([shown]);
    expect(error).toMatchObject({ code: 'PXP_SESSION', facts: { where: phase } });
    expect(spentMs).toBeGreaterThan(withinMs - 1);
    expect(spentMs).toBeLessThan(withinMs + 500);
  });

  it('when layer 2 never sees the application, and says what it saw', async () => {
    const { error } = await prepare([{}], { readyAfter: Infinity });
    expect(error).toMatchObject({
      code: 'PXP_SESSION',
      facts: { where: 'loading', received: 'tabActive(inbox) fails' },
    });
  });

  it.each(['#accept', '#user', '#password', '#submit'])('when the page lacks %s', async (selector) => {
    const { error } = await prepare([{ consent: true }, { login: true }, {}], { missing: [selector] });
    expect(error).toMatchObject({ code: 'PXP_SESSION', facts: { what: selector } });
  });

  it('when the password stands in the flow, before anything is typed', async () => {
    const login = { ...spec.login!, password: { selector: '#password', value: 'hunter2' } };
    const { error, done } = await prepare([{ login: true }], { spec: { ...spec, login } });
    expect(error).toMatchObject({ code: 'PXP_SECRET' });
    expect(JSON.stringify(error)).not.toContain('hunter2');
    expect(done).toEqual([`navigate ${url}`]);
  });

  it('when a selector is none', async () => {
    const { error } = await prepare([{ invalid: '##' } as unknown as Shown]);
    expect(error).toMatchObject({ code: 'PXP_FLOW', facts: { what: '##' } });
  });
});
