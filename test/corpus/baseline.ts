// Writes test/golden/confusion.json and says what was not right.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderConfusion, serialize } from './confusion.js';
import { measureCorpus } from './measure.js';
import { GOLDEN } from './truth.js';

const { confusion, findings } = measureCorpus();
writeFileSync(join(GOLDEN, 'confusion.json'), serialize(confusion));
process.stdout.write(`${renderConfusion(confusion)}\n${findings.join('\n')}\n`);
