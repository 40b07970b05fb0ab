import type { Actuator, InputReceipt } from '../input/index.js';
import type { Action } from './step.js';
import type { SentAction } from './transition-record.js';

/**
 * Sends what a step does, where it was located. The text to type is the step's own: the record of a secret one does not
 * have it. Errors: the actuator's; PXP_RECT, PXP_INPUT and PXP_ABORTED mean that nothing was sent.
 */
export function sendAction(
  actuator: Actuator,
  { act, action, signal }: Readonly<{ act: Action; action: SentAction; signal?: AbortSignal }>,
): Promise<InputReceipt> {
  if (act.kind === 'type') return actuator.type(act.text, { signal });
  if (act.kind === 'press') return actuator.press(act.key, { signal });
  if (action.kind === 'scroll') return actuator.scroll(action.point, { dy: action.by }, { signal });
  if (action.kind === 'click') return actuator.click(action.point, { signal });
  throw new TypeError(`sendAction: expected a place for ${act.kind}, received ${action.kind}`);
}
