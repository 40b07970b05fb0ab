export * from './lint.js';
export * from './load-calibration.js';
export * from './overlay-shapes.js';
export { parseCalibration } from './parse-calibration.js';
export * from './resolve.js';
export * from './resolved-calibration.js';
export { type Calibration, type Pin, calibrationSchema } from './schema.js';
export type { Viewport } from './screenshot-size.js';
