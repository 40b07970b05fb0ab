export { openFileArtifactStore } from './file-artifact-store.js';
export { openSqliteRunStore } from './sqlite-run-store.js';
