export * from './clock.js';
export * from './deadline.js';
export * from './error-catalogue.js';
export * from './errors.js';
export * from './geometry.js';
export * from './ids.js';
export * from './input-epoch.js';
export * from './process-identity.js';
export { isLost } from './lost.js';
