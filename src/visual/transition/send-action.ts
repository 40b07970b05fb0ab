import type { Point } from '../../core/index.js';
import type { Actuator, InputReceipt } from '../../input/index.js';
import type { Action } from '../step.js';
import type { SentAction } from '../transition-record.js';

/**
 * Sends what a step does, where it was located. The text to type is the step's own: the record of a secret one does not
 * have it. After a click or a drag the pointer goes to `park`, where hovering disturbs no proof. Errors: the actuator's; PXP_RECT, PXP_INPUT and PXP_ABORTED mean that nothing was sent.
 */
export async function sendAction(
  actuator: Actuator,
  {
    act,
    action,
    park,
    signal,
  }: Readonly<{ act: Action; action: SentAction; park: Point | null; signal?: AbortSignal }>,
): Promise<InputReceipt> {
  if (act.kind === 'type') return actuator.type(act.text, { signal });
  if (act.kind === 'press') return actuator.press(act.key, { signal });
  if (action.kind === 'scroll') return actuator.scroll(action.point, { dy: action.by }, { signal });
  if (action.kind === 'hover') return actuator.move(action.point, { signal });
  if (action.kind === 'click' || action.kind === 'drag') {
    const receipt = await (action.kind === 'click'
      ? actuator.click(action.point, { button: action.button, count: action.count, signal })
      : actuator.drag(action.point, action.to, { signal }));
    // The input has left; a pointer that cannot be parked changes nothing about that.
    if (park !== null) await actuator.move(park).catch(() => undefined);
    return receipt;
  }
  throw new TypeError(`sendAction: expected a place for ${act.kind}, received ${action.kind}`);
}
