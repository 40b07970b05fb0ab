export {
  type ChooseOptions,
  type SensorChoice,
  type SensorMeasurement,
  chooseSensor,
} from './choose-sensor.js';
export { type DecodeFrame, type Frame, type FrameFormat, type Provenance, createFrame } from './frame.js';
export { createFrameControlSource } from './frame-control-source.js';
export type { CaptureOptions, FrameSource, UntilOptions, UntilResult } from './frame-source.js';
export { type Fallback, type ResilientSourceOptions, createResilientSource } from './resilient-source.js';
export { createScreencastSource } from './screencast-source.js';
export { createScreenshotSource } from './screenshot-source.js';
export type { SourceOptions } from './source-options.js';
