export type { Actuator, InputReceipt } from './actuator.js';
export { createCdpActuator } from './cdp-actuator.js';
export { createPlaceboActuator } from './placebo-actuator.js';
