// Clicks on the dead twin of each widget: nothing of this may come out as proved, while a spinner turns beside it.
import {
  StepFailure,
  changed,
  click,
  defineFlow,
  swatchIs,
  tabActive,
  type Evidence,
  type Step,
} from 'pixelproof';

const twin = (target: string, proves: Evidence): Step => ({
  act: click(target),
  proves,
  blockedBy: [],
  keep: ['page'],
  effect: 'idempotent',
  timeoutMs: 600,
});

const TWINS = {
  checkDisabled: twin('check.disabled', swatchIs('check.disabled', 'checked')),
  pressDisabled: twin('toggle.disabled', swatchIs('toggle.disabled', 'pressed')),
  switchDisabled: twin('switch.disabled', swatchIs('switch.disabled', 'on')),
  openDisabled: twin('combo.disabled', changed('combos')),
  label: twin('label', changed('checks')),
};

export default defineFlow({
  name: 'gtk-widget-factory-twins',
  calibration: './calibration.yaml',
  session: { url: 'http://127.0.0.1:8185', ready: tabActive('page.1') },
  steps: TWINS,
  async run(ui) {
    for (const name of Object.keys(TWINS)) {
      await ui.step(name).catch((error: unknown) => {
        if (!(error instanceof StepFailure)) throw error;
      });
    }
  },
});
