import { all, click, defineFlow, rowAdvanced, swatchIs, visible, type Step } from 'pixelproof';

/** A toggle: the same click the other way round. */
const toggles = (target: string, swatch: string, state: string): Step => ({
  act: click(target),
  proves: swatchIs(swatch, state),
  blockedBy: [],
  keep: ['list'],
  effect: 'toggle',
});

export default defineFlow({
  name: 'cheetah-grid-collector',
  calibration: './calibration.yaml',
  session: { url: 'http://127.0.0.1:8191', ready: visible('title') },
  steps: {
    check: toggles('check', 'check', 'checked'),
    uncheck: toggles('check', 'check', 'unchecked'),
    hold: toggles('hold', 'hold', 'release'),
    // A row on hold is released by its other button, and its own becomes green.
    release: {
      ...toggles('hold', 'hold', 'hold'),
      proves: all(swatchIs('hold', 'hold'), swatchIs('collect', 'enabled')),
    },
    collectRow: {
      act: click('list.action'),
      proves: rowAdvanced('list'),
      blockedBy: [],
      evidence: ['list.row'],
      keep: ['list'],
      effect: 'advance',
      unit: true,
    },
  },
  async run(ui) {
    if (await ui.isEmpty('list')) return;
    // There and back, from whatever state an earlier run has left behind.
    const isChecked = await ui.sees(swatchIs('check', 'checked'));
    for (const step of isChecked ? ['uncheck', 'check'] : ['check', 'uncheck']) await ui.step(step);
    const isHeld = await ui.sees(swatchIs('hold', 'release'));
    for (const step of isHeld ? ['release', 'hold'] : ['hold', 'release']) await ui.step(step);
    while (!(await ui.isEmpty('list'))) {
      if (await ui.sees(swatchIs('collect', 'held'))) await ui.step('release');
      await ui.step('collectRow');
    }
  },
});
