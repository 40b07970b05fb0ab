import { judgeMark } from './mark.js';
import type { Finding, Scene } from './scene.js';

/**
 * Tabs compete: this one's mark holds and no other's does. No active tab is an answer (fails), several are too
 * (unsure: the look fell into a transition, or the calibration is off).
 */
export function judgeTabActive(scene: Scene, tab: string): Finding {
  const own = judgeMark(scene.now, scene.calibration.tab(tab).mark);
  const marks = [...scene.calibration.tabs.values()].map(({ name, mark }) => ({
    name,
    found: judgeMark(scene.now, mark),
  }));
  const active = marks.filter(({ found }) => found.truth === 'holds').map(({ name }) => name);
  const rival = Math.max(0, ...marks.filter(({ name }) => name !== tab).map(({ found }) => found.score));
  const regions = marks.flatMap(({ found }) => found.regions);
  const answer = { score: own.score, margin: Math.max(0, own.score - rival), regions };
  if (active.length > 1) return { ...answer, truth: 'unsure', reason: 'several-active' };
  if (active[0] === tab) return { ...answer, truth: 'holds', reason: 'active' };
  if (active.length === 1)
    return { ...answer, margin: rival - own.score, truth: 'fails', reason: `${active[0]}-active` };
  return { ...answer, truth: own.truth === 'unsure' ? 'unsure' : 'fails', reason: 'none-active' };
}
