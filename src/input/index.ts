export type { Actuator, ClickOptions, InputReceipt, MouseButton, ScrollBy } from './actuator.js';
export { createCdpActuator } from './cdp-actuator.js';
export { createPlaceboActuator } from './placebo-actuator.js';
export { describeChord } from './us-keyboard.js';
