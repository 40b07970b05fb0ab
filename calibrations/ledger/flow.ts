import {
  all,
  any,
  click,
  defineFlow,
  modalClosed,
  modalOpen,
  not,
  rowAdvanced,
  tabActive,
  type Step,
} from 'pixelproof';

const openTab = (tab: string): Step => ({
  act: click(`tab.${tab}`),
  proves: tabActive(tab),
  blockedBy: [],
  keep: ['tabs'],
  effect: 'idempotent',
});

export default defineFlow({
  name: 'ledger-collector',
  calibration: './calibration.yaml',
  session: {
    url: 'http://127.0.0.1:8090',
    // A popup that was left open dims the tabs; it shows the application as well as they do.
    ready: any(tabActive('inbox'), modalOpen('confirm')),
    consent: { when: '#consent', accept: '#accept' },
    login: {
      when: '#login',
      user: { selector: '#user', value: 'demo' },
      password: { selector: '#password', value: 'file:demo-password.txt' },
      submit: '#submit',
      failed: '#login-error',
    },
    loading: { when: '#splash' },
    blockers: {
      announcement: { when: modalOpen('announcement'), recover: { step: 'closeAnnouncement' } },
      expired: { when: modalOpen('expired'), recover: 'relogin' },
    },
  },
  steps: {
    openInbox: openTab('inbox'),
    openArchive: openTab('archive'),
    openReports: openTab('reports'),
    openSettings: openTab('settings'),
    closeAnnouncement: {
      act: click('announcement.close'),
      proves: modalClosed('announcement'),
      blockedBy: [],
      keep: ['list'],
      effect: 'idempotent',
    },
    collectRow: {
      act: click('list.action'),
      // One or the other: a row that went and a popup that asks about the next one is a click that fired twice.
      proves: any(
        all(rowAdvanced('list'), modalClosed('confirm')),
        all(modalOpen('confirm'), not(rowAdvanced('list'))),
      ),
      blockedBy: [],
      evidence: ['list.row'],
      keep: ['list'],
      effect: 'advance',
      // A popup that asks first is no row collected yet.
      unit: rowAdvanced('list'),
    },
    confirmRow: {
      act: click('confirm.yes'),
      proves: all(modalClosed('confirm'), rowAdvanced('list')),
      blockedBy: [],
      evidence: ['list.row'],
      keep: ['list'],
      effect: 'advance',
      unit: true,
    },
  },
  async run(ui) {
    // A run may begin where another was cut off: with a confirmation on the screen.
    if (await ui.sees(modalOpen('confirm'))) await ui.step('confirmRow');
    for (const step of ['openArchive', 'openReports', 'openSettings', 'openInbox']) await ui.step(step);
    while (!(await ui.isEmpty('list'))) {
      const collected = await ui.step('collectRow');
      if (collected?.units === 0) await ui.step('confirmRow');
    }
  },
});
