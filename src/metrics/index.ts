export { createRunMetrics } from './registry.js';
