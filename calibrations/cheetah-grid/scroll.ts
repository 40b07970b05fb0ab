// Scrolls to the end of the list and back to its top.
import { defineFlow, scroll, scrolled, visible, type Step } from 'pixelproof';

const scrolls = (by: number): Step => ({
  act: scroll('list', { by }),
  proves: scrolled('list'),
  blockedBy: [],
  keep: ['list'],
  effect: 'advance',
});

export default defineFlow({
  name: 'cheetah-grid-scroll',
  calibration: './calibration.yaml',
  session: { url: 'http://127.0.0.1:8191', ready: visible('title') },
  // Fewer pixels than the list shows: rows that stay in view tell how far it went.
  steps: { down: scrolls(350), up: scrolls(-350) },
  async run(ui) {
    for (const step of ['down', 'up']) while ((await ui.step(step)) !== null);
  },
});
