export type { Actuator, InputReceipt, ScrollBy } from './actuator.js';
export { createCdpActuator } from './cdp-actuator.js';
export { createPlaceboActuator } from './placebo-actuator.js';
export { describeKey } from './us-keyboard.js';
