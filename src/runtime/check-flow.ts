import { z } from 'zod';
import { PixelproofError } from '../core/index.js';
import type { Evidence } from '../visual/index.js';
import { describeFlowIssue } from './describe-flow-issue.js';
import type { FlowDefinition } from './flow.js';

/** Names that stand in records and metrics. */
const NAME = /^[A-Za-z][A-Za-z0-9.-]{0,63}$/;

const evidence: z.ZodType = z.lazy(() =>
  z.discriminatedUnion(
    'kind',
    [
      fields({ kind: z.literal('tabActive'), tab: z.string() }),
      fields({ kind: z.literal('swatchIs'), swatch: z.string(), state: z.string() }),
      fields({
        kind: z.literal('changed'),
        region: z.string(),
        atLeast: z.number().positive().max(1),
      }),
      fields({ kind: z.literal('unchanged'), region: z.string() }),
      fields({ kind: z.enum(['visible', 'gone']), anchor: z.string() }),
      fields({ kind: z.literal('matches'), template: z.string() }),
      fields({ kind: z.enum(['modalOpen', 'modalClosed']), modal: z.string().nullable() }),
      fields({
        kind: z.enum(['listEmpty', 'rowAdvanced', 'rowRemoved', 'rowAdded', 'scrolled']),
        list: z.string(),
      }),
      fields({
        kind: z.literal('counted'),
        counter: z.string(),
        by: z
          .number()
          .int()
          .refine((by) => by !== 0, 'a whole number, not 0'),
      }),
      fields({
        kind: z.literal('textGrew'),
        region: z.string(),
        glyphs: z.number().int().positive(),
        within: z.number().int().positive().optional(),
      }),
      fields({ kind: z.literal('on'), screen: z.string() }),
      fields({
        kind: z.literal('custom'),
        name: z.string().regex(NAME),
        regions: z.array(z.string()).min(1),
        judge: z.custom((value) => typeof value === 'function', 'a function'),
      }),
      fields({ kind: z.enum(['all', 'any']), of: z.array(evidence).min(1) }),
      fields({ kind: z.literal('not'), of: evidence }),
    ],
    { error: 'an evidence: tabActive(…), modalOpen(…), all(…), …' },
  ),
);

const ms = z.number().positive().max(600_000);
const act = z.discriminatedUnion(
  'kind',
  [
    fields({
      kind: z.literal('click'),
      target: z.string().min(1),
      button: z.enum(['left', 'right', 'middle']).optional(),
      count: z.literal([1, 2]).optional(),
    }),
    fields({ kind: z.literal('hover'), target: z.string().min(1) }),
    fields({ kind: z.literal('drag'), target: z.string().min(1), to: z.string().min(1) }),
    fields({
      kind: z.literal('scroll'),
      list: z.string().min(1),
      by: z.number().refine((by) => by !== 0, 'pixels, not 0'),
    }),
    fields({ kind: z.literal('type'), text: z.string().min(1), secret: z.boolean() }),
    fields({ kind: z.literal('press'), key: z.string().min(1) }),
  ],
  { error: 'an action: click(…), hover(…), drag(…), scroll(…), type(…) or press(…)' },
);
const step = fields({
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
const field = fields({ selector, value: z.string() });
const blocker = fields({
  when: evidence,
  recover: z.union([fields({ step: z.string() }), z.literal('relogin'), z.literal('wait')], {
    error: "{ step: '…' }, 'relogin' or 'wait'",
  }),
});

const flow = fields({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  calibration: z.string().min(1),
  session: fields({
    url: z.string().refine((url) => URL.canParse(url), 'a url, as https://…'),
    allowedOrigins: z.array(z.string()).optional(),
    ready: evidence,
    consent: fields({ when: selector, accept: selector }).optional(),
    login: z
      .strictObject({
        when: selector,
        user: field,
        password: field,
        submit: selector,
        failed: selector.optional(),
      })
      .optional(),
    challenge: fields({ when: selector }).optional(),
    loading: fields({ when: selector }).optional(),
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
    // A key that is misspelled is missing as well; its own name says what to correct.
    const { issues } = parsed.error;
    const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
    throw new PixelproofError('PXP_FLOW', 'not a flow', {
      what: file,
      ...describeFlowIssue(issue, value),
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

/** A strict object; the issue for an unknown key carries the known ones as its message. */
function fields<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined),
  });
}

/** The part that needs a look before, or the other screens; null when there is none. */
function partNotOfOneFrame(evidence: Evidence): Evidence | null {
  switch (evidence.kind) {
    case 'changed':
    case 'unchanged':
    case 'rowAdvanced':
    case 'rowRemoved':
    case 'rowAdded':
    case 'counted':
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
