import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';
import { z } from 'zod';

import { calibrationSchema } from '../../../src/calibration/index.js';

test('the published JSON schema is the one of the code', async () => {
  const schema = {
    ...z.toJSONSchema(calibrationSchema, { io: 'input' }),
    title: 'pixelproof calibration',
  };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../../schema/calibration.json',
  );
});

test('the documentation names every field of the format', () => {
  const manual = readFileSync(new URL('../../../docs/calibration.md', import.meta.url), 'utf8');
  const schema = z.toJSONSchema(calibrationSchema, { io: 'input' });
  const missing = [...propertyNames(schema)].filter((name) => !new RegExp(`\\b${name}\\b`).test(manual));
  expect(missing).toEqual([]);
});

function propertyNames(schema: unknown): Set<string> {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node) Object.keys(node.properties as object).forEach((name) => names.add(name));
    Object.values(node).forEach(walk);
  };
  walk(schema);
  return names;
}
