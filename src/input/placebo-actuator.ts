import type { Clock } from '../core/clock.js';
import type { InputEpoch } from '../core/input-epoch.js';
import type { Actuator, InputReceipt } from './actuator.js';

/** An actuator that sends nothing and says it did: whatever is proved then is a false proof. */
export function createPlaceboActuator({
  epoch,
  clock,
}: Readonly<{ epoch: InputEpoch; clock: Clock }>): Actuator {
  const nothing = (): Promise<InputReceipt> =>
    Promise.resolve({ epoch: epoch.advance(), sentAtMs: clock.nowMs(), acknowledged: Promise.resolve() });
  return {
    click: nothing,
    drag: nothing,
    move: nothing,
    scroll: nothing,
    type: nothing,
    press: nothing,
    releaseAll: () => Promise.resolve(),
  };
}
