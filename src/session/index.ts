export type { PageWarning } from './guard-page.js';
export { keepTidy } from './keep-tidy.js';
export { type SessionEngine, type SessionEngineOptions, createSessionEngine } from './session-engine.js';
export type { FieldSpec, SessionPhase, SessionSpec } from './session-spec.js';
