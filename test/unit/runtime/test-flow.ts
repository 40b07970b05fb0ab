import { type FlowDefinition, defineFlow } from '../../../src/runtime/index.js';
import {
  type Step,
  click,
  modalClosed,
  modalOpen,
  rowAdvanced,
  tabActive,
} from '../../../src/visual/index.js';

const step = (changes: Partial<Step>): Step => ({
  act: click('tab.inbox'),
  proves: tabActive('inbox'),
  blockedBy: [],
  keep: [],
  effect: 'idempotent',
  ...changes,
});

/** Steps and blockers of every kind; `run` is what the test is about. */
export function testFlow(run: FlowDefinition['run'] = async () => {}): FlowDefinition {
  return defineFlow({
    name: 'test-flow',
    calibration: './calibration.yaml',
    session: {
      url: 'http://127.0.0.1:9',
      ready: tabActive('inbox'),
      blockers: {
        notice: { when: modalOpen('notice'), recover: { step: 'closeNotice' } },
        expired: { when: modalOpen('expired'), recover: 'relogin' },
        busy: { when: modalOpen('busy'), recover: 'wait' },
      },
    },
    steps: {
      openInbox: step({}),
      collectRow: step({
        act: click('list.action'),
        proves: rowAdvanced('list'),
        evidence: ['list.row'],
        effect: 'advance',
        unit: true,
      }),
      closeNotice: step({ act: click('notice.close'), proves: modalClosed('notice') }),
    },
    run,
  });
}
