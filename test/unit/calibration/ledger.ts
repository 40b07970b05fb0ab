import { readFileSync } from 'node:fs';

import { type Calibration, parseCalibration } from '../../../src/calibration/index.js';

/** The example of docs/calibration.md: what people copy is what the tests run on. */
export const LEDGER_YAML = /```yaml\n([\s\S]*?)```/.exec(
  readFileSync(new URL('../../../docs/calibration.md', import.meta.url), 'utf8'),
)![1];

export const ledger = (): Calibration => parseCalibration(LEDGER_YAML, { file: 'ledger.yaml' });

/** A calibration of 100x100 with these sections. */
export const sections = (yaml: string, viewport = '{ width: 100, height: 100 }'): string =>
  `version: 1\nname: t\nviewport: ${viewport}\n${yaml}`;
