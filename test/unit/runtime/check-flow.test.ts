import { describe, expect, it } from 'vitest';
import { PixelproofError } from '../../../src/core/index.js';
import { checkFlow } from '../../../src/runtime/index.js';
import { testFlow } from './test-flow.js';

type Parts = Record<string, unknown>;
const good = (): Parts => ({ ...testFlow() });
const withStep = (changes: Parts): Parts => {
  const { collectRow, ...steps } = testFlow().steps;
  return { ...good(), steps: { ...steps, collectRow: { ...collectRow, ...changes } } };
};
const withSession = (changes: Parts): Parts => ({
  ...good(),
  session: { ...testFlow().session, ...changes },
});
const blocker = (recover: unknown): Parts =>
  withSession({ blockers: { a: { when: { kind: 'modalOpen', modal: null }, recover } } });
const login = (changes: Parts): Parts =>
  withSession({
    login: {
      when: '#l',
      user: { selector: '#u', value: 'me' },
      password: { selector: '#p', value: 'env:P' },
      submit: '#s',
      ...changes,
    },
  });

function factsOf(value: unknown): PixelproofError['facts'] {
  try {
    checkFlow(value, { file: 'my/flow.ts' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'PXP_FLOW', facts: { what: 'my/flow.ts' } });
    return (error as PixelproofError).facts;
  }
  return expect.unreachable();
}

describe('a flow that is whole', () => {
  it('comes back as it is', () => {
    const flow = testFlow();
    expect(checkFlow(flow, { file: 'f' })).toBe(flow);
  });

  it.each([
    ['a scrolling proof', withStep({ proves: { kind: 'scrolled', list: 'list' } })],
    ['a typing proof', withStep({ proves: { kind: 'textGrew', region: 'r', glyphs: 3 } })],
    ['a counting proof', withStep({ proves: { kind: 'counted', counter: 'c', by: -2 } })],
    ['a wheel', withStep({ act: { kind: 'scroll', list: 'list', by: -40 } })],
    ['a hover', withStep({ act: { kind: 'hover', target: 'p' } })],
    ['a drag', withStep({ act: { kind: 'drag', target: 'p', to: 'q' } })],
    ['a double click', withStep({ act: { kind: 'click', target: 'p', button: 'right', count: 2 } })],
    ['a text', withStep({ act: { kind: 'type', text: 'a', secret: true } })],
    ['a key', withStep({ act: { kind: 'press', key: 'Enter' } })],
    ['a recovery by a step', blocker({ step: 'closeNotice' })],
    ['a unit that is an evidence', withStep({ unit: { kind: 'rowAdvanced', list: 'list' } })],
    [
      'nested evidence',
      withStep({ proves: { kind: 'not', of: { kind: 'all', of: [{ kind: 'gone', anchor: 'a' }] } } }),
    ],
    ['a sign-in', login({ failed: '#f' })],
    ['screens', { ...good(), screens: { inbox: { kind: 'tabActive', tab: 'inbox' } } }],
    ['a step that ends on a screen', withStep({ proves: { kind: 'on', screen: 'inbox' } })],
    [
      'a predicate of its own',
      withStep({ proves: { kind: 'custom', name: 'counted', regions: ['r'], judge: () => undefined } }),
    ],
  ])('may have %s', (_, flow) => {
    expect(checkFlow(flow, { file: 'f' })).toBe(flow);
  });
});

describe('a flow that is not', () => {
  it.each([
    ['nothing', undefined, 'default export', 'object', 'nothing'],
    ['null', null, 'default export', 'object', 'null'],
    ['a list', [], 'default export', 'object', '0 entries'],
    ['a function', () => undefined, 'default export', 'object', 'function'],
    ['no name', { ...good(), name: undefined }, 'name', 'string', 'nothing'],
    ['a name of other letters', { ...good(), name: 'My Flow' }, 'name', /\[a-z\]/, 'string'],
    ['no calibration', { ...good(), calibration: '' }, 'calibration', /1/, 'string'],
    ['no run', { ...good(), run: undefined }, 'run', 'a function', 'nothing'],
    [
      'a screen told by change',
      { ...good(), screens: { a: { kind: 'any', of: [{ kind: 'changed', region: 'r', atLeast: 0.1 }] } } },
      'screens.a',
      /state/,
      'changed(…)',
    ],
    [
      'a screen told by another',
      { ...good(), screens: { a: { kind: 'not', of: { kind: 'on', screen: 'b' } } } },
      'screens.a',
      /state/,
      'on(…)',
    ],
    [
      'a screen named like an answer',
      { ...good(), screens: { unsure: { kind: 'visible', anchor: 'a' } } },
      /^screens/,
      /./,
      /./,
    ],
    [
      'a count that stays',
      withStep({ proves: { kind: 'counted', counter: 'c', by: 0 } }),
      'steps.collectRow.proves.by',
      'a whole number, not 0',
      '0',
    ],
    [
      'three clicks',
      withStep({ act: { kind: 'click', target: 'p', count: 3 } }),
      'steps.collectRow.act.count',
      '1 or 2',
      '3',
    ],
    ['no steps', { ...good(), steps: {} }, 'steps', 'at least one step', 'object'],
    ['an unknown key', { ...good(), stpes: {} }, 'default export', /^one of name, .*steps/, '"stpes"'],
    [
      'a misspelled key',
      withStep({ effect: undefined, efect: 'toggle' }),
      'steps.collectRow',
      /^one of act, .*effect/,
      '"efect"',
    ],
    [
      'a step without proof',
      withStep({ proves: undefined }),
      'steps.collectRow.proves',
      /evidence/,
      'nothing',
    ],
    [
      'a proof of an unknown kind',
      withStep({ proves: { kind: 'magic' } }),
      /^steps.collectRow.proves/,
      /evidence/,
      /./,
    ],
    [
      'a proof by nothing',
      withStep({ proves: { kind: 'all', of: [] } }),
      'steps.collectRow.proves.of',
      'at least 1 entries',
      '0 entries',
    ],
    [
      'a share above 1',
      withStep({ proves: { kind: 'changed', region: 'r', atLeast: 2 } }),
      'steps.collectRow.proves.atLeast',
      'at most 1',
      '2',
    ],
    [
      'a change of nothing',
      withStep({ proves: { kind: 'changed', region: 'r', atLeast: 0 } }),
      'steps.collectRow.proves.atLeast',
      'more than 0',
      '0',
    ],
    [
      'a step that says not what blocks it',
      withStep({ blockedBy: undefined }),
      'steps.collectRow.blockedBy',
      'array',
      'nothing',
    ],
    [
      'a step that keeps nothing on purpose',
      withStep({ keep: undefined }),
      'steps.collectRow.keep',
      'array',
      'nothing',
    ],
    [
      'an unknown effect',
      withStep({ effect: 'maybe' }),
      'steps.collectRow.effect',
      /idempotent or toggle/,
      '"maybe"',
    ],
    [
      'another act',
      withStep({ act: { kind: 'swipe', target: 'x' } }),
      'steps.collectRow.act.kind',
      /click.*hover.*drag.*scroll.*type.*press/,
      '"swipe"',
    ],
    [
      'a wheel that does not turn',
      withStep({ act: { kind: 'scroll', list: 'list', by: 0 } }),
      'steps.collectRow.act.by',
      'pixels, not 0',
      '0',
    ],
    [
      'no text to type',
      withStep({ act: { kind: 'type', text: '', secret: false } }),
      'steps.collectRow.act.text',
      /1/,
      'string',
    ],
    ['no time at all', withStep({ timeoutMs: 0 }), 'steps.collectRow.timeoutMs', 'more than 0', '0'],
    [
      'more time than a run may take',
      withStep({ timeoutMs: 1e9 }),
      'steps.collectRow.timeoutMs',
      'at most 600000',
      '1000000000',
    ],
    ['a unit that is none', withStep({ unit: 3 }), 'steps.collectRow.unit', 'true or an evidence', 'number'],
    ['a recovery that is none', blocker('reboot'), 'session.blockers.a.recover', /relogin/, 'string'],
    [
      'a recovery by a step it has not',
      blocker({ step: 'nope' }),
      'session.blockers.a',
      /closeNotice/,
      'nope',
    ],
    [
      'a recovery by what every object has',
      blocker({ step: 'toString' }),
      'session.blockers.a',
      /closeNotice/,
      'toString',
    ],
    ['no url', withSession({ url: 'nowhere' }), 'session.url', /a url/, 'string'],
    ['no proof of ready', withSession({ ready: undefined }), 'session.ready', /evidence/, 'nothing'],
    [
      'a password without a value',
      login({ password: { selector: '#p' } }),
      'session.login.password.value',
      'string',
      'nothing',
    ],
  ])('with %s says where, what was expected and what was there', (_, value, where, expected, received) => {
    const facts = factsOf(value);
    const found = [facts.where, facts.expected, facts.received];
    for (const [i, wanted] of [where, expected, received].entries()) {
      if (wanted instanceof RegExp) expect(found[i]).toMatch(wanted);
      else expect(found[i]).toBe(wanted);
    }
  });

  it.each([
    ['a predicate', withStep({ proves: { kind: 'visibel', anchor: 'a' } }), 'visible'],
    ['a key', withStep({ efect: 'toggle' }), 'effect'],
    ['an effect', withStep({ effect: 'togle' }), 'toggle'],
  ])('suggests what %s was meant to be', (_, value, meant) => {
    expect(factsOf(value).hint).toBe(`did you mean \`${meant}\`?`);
  });

  it('never shows the value: it may be a password', () => {
    const facts = factsOf(login({ password: 'hunter2' }));
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });
});
