import { z } from 'zod';
import { PixelproofError } from '../core/index.js';
import type { Evidence } from '../visual/index.js';
import type { FlowDefinition } from './flow.js';

/** Names that stand in records and metrics. */
const NAME = /^[A-Za-z][A-Za-z0-9.-]{0,63}$/;

const evidence: z.ZodType = z.lazy(() =>
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('tabActive'), tab: z.string() }),
      z.strictObject({ kind: z.literal('swatchIs'), swatch: z.string(), state: z.string() }),
      z.strictObject({ kind: z.literal('changed'), region: z.string(), atLeast: z.number().min(0).max(1) }),
      z.strictObject({ kind: z.literal('unchanged'), region: z.string() }),
      z.strictObject({ kind: z.enum(['visible', 'gone']), anchor: z.string() }),
      z.strictObject({ kind: z.literal('matches'), template: z.string() }),
      z.strictObject({ kind: z.enum(['modalOpen', 'modalClosed']), modal: z.string().nullable() }),
      z.strictObject({
        kind: z.enum(['listEmpty', 'rowAdvanced', 'rowRemoved', 'scrolled']),
        list: z.string(),
      }),
      z.strictObject({
        kind: z.literal('textGrew'),
        region: z.string(),
        glyphs: z.number().int().positive(),
      }),
      z.strictObject({ kind: z.literal('on'), screen: z.string() }),
      z.strictObject({
        kind: z.literal('custom'),
        name: z.string().regex(NAME),
        regions: z.array(z.string()).min(1),
        judge: z.custom((value) => typeof value === 'function', 'a function'),
      }),
      z.strictObject({ kind: z.enum(['all', 'any']), of: z.array(evidence).min(1) }),
      z.strictObject({ kind: z.literal('not'), of: evidence }),
    ],
    { error: 'an evidence: tabActive(…), modalOpen(…), all(…), …' },
  ),
);

const ms = z.number().positive().max(600_000);
const act = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('click'), target: z.string().min(1) }),
    z.strictObject({
      kind: z.literal('scroll'),
      list: z.string().min(1),
      by: z.number().refine((by) => by !== 0, 'pixels, not 0'),
    }),
    z.strictObject({ kind: z.literal('type'), text: z.string().min(1), secret: z.boolean() }),
    z.strictObject({ kind: z.literal('press'), key: z.string().min(1) }),
  ],
  { error: 'an action: click(…), scroll(…), type(…) or press(…)' },
);
const step = z.strictObject({
  act,
  proves: evidence,
  blockedBy: z.array(evidence),
  evidence: z.array(z.string()).optional(),
  keep: z.array(z.string()),
  effect: z.enum(['idempotent', 'toggle', 'advance', 'destructive']),
  unit: z.union([z.literal(true), evidence], { error: 'true or an evidence' }).optional(),
  timeoutMs: ms.optional(),
  settleMs: ms.optional(),
});

const selector = z.string().min(1);
const field = z.strictObject({ selector, value: z.string() });
const blocker = z.strictObject({
  when: evidence,
  recover: z.union([z.strictObject({ step: z.string() }), z.literal('relogin'), z.literal('wait')], {
    error: "{ step: '…' }, 'relogin' or 'wait'",
  }),
});

const flow = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  calibration: z.string().min(1),
  session: z.strictObject({
    url: z.string().min(1),
    allowedOrigins: z.array(z.string()).optional(),
    ready: evidence,
    consent: z.strictObject({ when: selector, accept: selector }).optional(),
    login: z
      .strictObject({
        when: selector,
        user: field,
        password: field,
        submit: selector,
        failed: selector.optional(),
      })
      .optional(),
    challenge: z.strictObject({ when: selector }).optional(),
    loading: z.strictObject({ when: selector }).optional(),
    blockers: z.record(z.string(), blocker).optional(),
  }),
  screens: z
    .record(
      z
        .string()
        .regex(NAME)
        .refine((name) => name !== 'unknown' && name !== 'unsure', 'a name that is no answer of where()'),
      evidence,
    )
    .optional(),
  steps: z.record(z.string(), step).refine((steps) => Object.keys(steps).length > 0, 'at least one step'),
  run: z.custom<FlowDefinition['run']>((value) => typeof value === 'function', 'a function'),
});

/**
 * A value as a flow, or PXP_FLOW naming file, place, expected and received. A step without proof, without answer to what
 * blocks it, or without what is kept, does not pass; nor does a blocker whose recovery is no step.
 */
export function checkFlow(value: unknown, { file }: Readonly<{ file: string }>): FlowDefinition {
  const parsed = flow.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new PixelproofError('PXP_FLOW', 'not a flow', {
      what: file,
      where: issue.path.join('.') || 'default export',
      expected: expectedBy(issue),
      received: nameOf(valueAt(value, issue.path)),
    });
  }
  const checked = value as FlowDefinition;
  for (const [name, screen] of Object.entries(checked.screens ?? {})) {
    const part = partNotOfOneFrame(screen);
    if (part === null) continue;
    throw new PixelproofError('PXP_FLOW', 'a screen is told on one frame, and by itself', {
      what: file,
      where: `screens.${name}`,
      expected: 'evidence of a state, as visible(…) or tabActive(…)',
      received: `${part.kind}(…)`,
    });
  }
  for (const [name, { recover }] of Object.entries(checked.session.blockers ?? {})) {
    if (typeof recover === 'string' || Object.hasOwn(checked.steps, recover.step)) continue;
    throw new PixelproofError('PXP_FLOW', 'the recovery is not a step of the flow', {
      what: file,
      where: `session.blockers.${name}`,
      expected: Object.keys(checked.steps).join(', '),
      received: recover.step,
    });
  }
  return checked;
}

/** The part that needs a look before, or the other screens; null when there is none. */
function partNotOfOneFrame(evidence: Evidence): Evidence | null {
  switch (evidence.kind) {
    case 'changed':
    case 'unchanged':
    case 'rowAdvanced':
    case 'rowRemoved':
    case 'scrolled':
    case 'textGrew':
    case 'on':
      return evidence;
    case 'all':
    case 'any':
      return evidence.of.map(partNotOfOneFrame).find((part) => part !== null) ?? null;
    case 'not':
      return partNotOfOneFrame(evidence.of);
    default:
      return null;
  }
}

function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      // Where the schema above has words of its own, those.
      return issue.message.startsWith('Invalid input') ? issue.expected : issue.message;
    case 'unrecognized_keys':
      return `no ${issue.keys.join(', ')}`;
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'invalid_format':
      return issue.format === 'regex' ? `text like ${issue.pattern}` : issue.message;
    default:
      return issue.message;
  }
}

/** What a value is, in one or two words: it may be long, and it may be secret. */
function nameOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  return value === null ? 'null' : Array.isArray(value) ? `${value.length} entries` : typeof value;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}
