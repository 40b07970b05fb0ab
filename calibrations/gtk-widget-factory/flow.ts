import {
  all,
  any,
  click,
  defineFlow,
  modalClosed,
  modalOpen,
  swatchIs,
  tabActive,
  unchanged,
  visible,
  type Evidence,
  type Step,
} from 'pixelproof';

const step = (target: string, proves: Evidence, keep: string, more: Partial<Step> = {}): Step => ({
  act: click(target),
  proves,
  blockedBy: [],
  keep: [keep],
  effect: 'toggle',
  ...more,
});

const openPage = (page: string): Step => step(page, tabActive(page), 'pages', { effect: 'idempotent' });

/** Selecting a row takes the selection from the others. */
const ROWS = ['row.1', 'row.2', 'row.3', 'row.4'];
const selectRow = (row: string): Step =>
  step(row, all(...ROWS.map((each) => swatchIs(each, each === row ? 'selected' : 'plain'))), 'tree', {
    effect: 'idempotent',
    unit: true,
  });

export default defineFlow({
  name: 'gtk-widget-factory',
  calibration: './calibration.yaml',
  session: {
    url: 'http://127.0.0.1:8185',
    ready: any(tabActive('page.1'), tabActive('page.2'), tabActive('page.3')),
  },
  steps: {
    openPage1: openPage('page.1'),
    openPage2: openPage('page.2'),
    openPage3: openPage('page.3'),
    check: step('check', swatchIs('check', 'checked'), 'checks'),
    uncheck: step('check', swatchIs('check', 'unchecked'), 'checks'),
    press: step('toggle', swatchIs('toggle', 'pressed'), 'toggles'),
    release: step('toggle', swatchIs('toggle', 'released'), 'toggles'),
    switchOn: step('switch', swatchIs('switch', 'on'), 'switches'),
    switchOff: step('switch', swatchIs('switch', 'off'), 'switches'),
    openCombo: step('combo', modalOpen('combo'), 'combos'),
    chooseOtto: step('combo.next', all(modalClosed('combo'), visible('combo.otto')), 'combos'),
    chooseAndrea: step('combo.previous', all(modalClosed('combo'), visible('combo.andrea')), 'combos'),
    dismissCombo: step('label', all(modalClosed('combo'), unchanged('checks')), 'combos'),
    selectRow1: selectRow('row.1'),
    selectRow2: selectRow('row.2'),
    selectRow3: selectRow('row.3'),
    selectRow4: selectRow('row.4'),
  },
  async run(ui) {
    // A run may begin where another was cut off: with a popup on the screen.
    if (await ui.sees(modalOpen('combo'))) await ui.step('dismissCombo');
    for (const page of ['openPage2', 'openPage3', 'openPage1']) await ui.step(page);

    // There and back: from whatever state an earlier run has left behind.
    const twice = async (there: string, back: string, isThere: Evidence): Promise<void> => {
      const steps = (await ui.sees(isThere)) ? [back, there] : [there, back];
      for (const each of steps) await ui.step(each);
    };
    await twice('check', 'uncheck', swatchIs('check', 'checked'));
    await twice('press', 'release', swatchIs('toggle', 'pressed'));
    await twice('switchOn', 'switchOff', swatchIs('switch', 'on'));

    const choices = (await ui.sees(visible('combo.otto')))
      ? ['chooseAndrea', 'chooseOtto']
      : ['chooseOtto', 'chooseAndrea'];
    for (const choose of choices) {
      await ui.step('openCombo');
      await ui.step(choose);
    }
    for (const row of ['selectRow1', 'selectRow2', 'selectRow3', 'selectRow4']) await ui.step(row);
  },
});
