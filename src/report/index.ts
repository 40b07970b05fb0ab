export { actionText } from './action-text.js';
export { renderReport } from './render-report.js';
