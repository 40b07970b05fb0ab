import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadFlow } from '../../../src/cli/load-flow.js';

const CALIBRATION = `
version: 1
name: little
viewport: { width: 400, height: 300 }
points:
  menu.action: { at: [10, 10] }
regions:
  queue: { rect: [0, 40, 400, 200] }
lists:
  queue: { region: queue, rows: { minHeight: 20, maxHeight: 40 } }
  orders: { region: queue, rows: { minHeight: 20, maxHeight: 40 }, action: { point: menu.action } }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-flow-'));
  await writeFile(join(folder, 'calibration.yaml'), CALIBRATION);
});
afterEach(() => rm(folder, { recursive: true }));

async function load(
  target: string,
  { step, session, screens }: { step?: object; session?: object; screens?: object } = {},
): ReturnType<typeof loadFlow> {
  const file = join(folder, 'flow.mjs');
  const take = {
    act: { kind: 'click', target },
    proves: { kind: 'rowAdvanced', list: 'queue' },
    ...{ blockedBy: [], keep: [], effect: 'advance' },
    ...step,
  };
  const flow = {
    ...{ name: 'little', calibration: './calibration.yaml', steps: { take }, screens },
    session: { url: 'http://127.0.0.1:1', ready: { kind: 'listEmpty', list: 'queue' }, ...session },
  };
  await writeFile(file, `export default { ...${JSON.stringify(flow)}, run() {} };`);
  return loadFlow(file);
}

test('a click on the action of a list that has none does not load', async () => {
  await expect(load('queue.action')).rejects.toMatchObject({
    code: 'PXP_FLOW',
    message: expect.stringContaining('the list has no action') as string,
    facts: { what: join(folder, 'flow.mjs'), where: 'steps.take.act' },
  });
});

test('a point may be named like an action, where no list is', async () => {
  expect((await load('menu.action')).flow.steps.take.act).toEqual({ kind: 'click', target: 'menu.action' });
});

test('an action that is nowhere is told the nearest of all that can be clicked', async () => {
  await expect(load('orders.actoin')).rejects.toMatchObject({
    facts: { where: 'steps.take.act' },
    cause: {
      facts: {
        expected: expect.stringContaining('orders.action') as string,
        hint: 'did you mean `orders.action`?',
      },
    },
  });
});

const lost = { kind: 'listEmpty', list: 'queu' };
test.each([
  ['steps.take.proves', { step: { proves: { kind: 'rowAdvanced', list: 'queu' } } }],
  ['steps.take.unit', { step: { unit: { kind: 'rowAdvanced', list: 'queu' } } }],
  ['steps.take.blockedBy.0', { step: { blockedBy: [lost] } }],
  ['steps.take.keep.1', { step: { keep: ['queue', 'queu'] } }],
  ['steps.take.evidence.0', { step: { evidence: ['queu.row'] } }],
  ['steps.take.act', { step: { act: { kind: 'scroll', list: 'queu', by: 40 } } }],
  ['session.ready', { session: { ready: lost } }],
  ['session.blockers.full.when', { session: { blockers: { full: { when: lost, recover: 'wait' } } } }],
  ['screens.done', { screens: { done: lost } }],
])('a name that the calibration lacks is told with its place: %s', async (where, wrong) => {
  await expect(load('menu.action', wrong)).rejects.toMatchObject({
    code: 'PXP_FLOW',
    facts: { what: join(folder, 'flow.mjs'), where },
    cause: { code: 'PXP_CALIBRATION_NAME' },
  });
});
