// Clicks that do not do what the step next to them does: nothing of this may come out as proved.
import { StepFailure, click, defineFlow, rowRemoved, swatchIs, visible, type Step } from 'pixelproof';

const twin = (target: string, proves: Step['proves']): Step => ({
  act: click(target),
  proves,
  blockedBy: [],
  keep: ['list'],
  effect: 'idempotent',
  timeoutMs: 700,
});

export default defineFlow({
  name: 'cheetah-grid-twins',
  calibration: './calibration.yaml',
  session: { url: 'http://127.0.0.1:8191', ready: visible('title') },
  steps: {
    collectHeld: twin('held.collect', rowRemoved('list')),
    holdByText: twin('text', swatchIs('hold', 'release')),
  },
  async run(ui) {
    // Twice each: the first click selects the cell, which is an effect, but not this one; the second has none.
    for (const step of ['collectHeld', 'collectHeld', 'holdByText', 'holdByText']) {
      await ui.step(step).catch((error: unknown) => {
        if (!(error instanceof StepFailure)) throw error;
      });
    }
  },
});
