export { type DecodeFrame, type Frame, type FrameFormat, type Provenance, createFrame } from './frame.js';
export type { CaptureOptions, FrameSource } from './frame-source.js';
export { type ScreenshotSourceOptions, createScreenshotSource } from './screenshot-source.js';
