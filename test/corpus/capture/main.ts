// Takes the pictures of the folders that `node scripts/golden.mjs frames` renews, with their labels. The rest of test/golden stays.
import { launchBrowser } from '../../../src/cdp/index.js';
import { captureBlank } from './blank.js';
import { captureCheetahGrid } from './cheetah-grid.js';
import { captureFields, captureNumbers } from './fields.js';
import { captureLedger } from './ledger.js';
import { captureLists, captureOverlays, capturePopups } from './pages.js';
import { captureScrolls } from './scrolls.js';

const browser = await launchBrowser({ windowSize: { width: 1280, height: 720 } });
try {
  for (const capture of [
    ...[captureLedger, captureCheetahGrid, captureLists, capturePopups, captureOverlays],
    ...[captureScrolls, captureFields, captureNumbers, captureBlank],
  ]) {
    await capture(browser);
    process.stdout.write(`${capture.name}: done\n`);
  }
} finally {
  await browser.close();
}
