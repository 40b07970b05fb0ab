export * from './evidence.js';
export type { Judgement, Truth } from './judgement.js';
export type { CaptureTiming } from './observe.js';
export { evidenceRegions, planCheckpoint } from './plan-checkpoint.js';
export { type Action, type EffectClass, type Step, click, press, scroll, type } from './step.js';
export * from './transition.js';
export * from './transition-record.js';
export * from './visual-engine.js';
export { Look } from './look.js';
