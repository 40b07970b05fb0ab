import type { Aim, SentAction } from '../visual/transition-record.js';

/** What was sent, in one line: `list.action at 600, 40, found by component`. Never a secret. */
export function actionText(action: SentAction): string {
  switch (action.kind) {
    case 'click':
      return `${spellClick(action)}${spellAim(action)}`;
    case 'hover':
      return spellAim(action);
    case 'drag':
      return `${spellAim(action)}, dragged to ${action.toTarget} at ${spellPoint(action.to)}`;
    case 'scroll':
      return `${action.target} by ${action.by} at ${spellPoint(action.point)}`;
    case 'type':
      return action.text === null ? `${action.length} characters, secret` : JSON.stringify(action.text);
    case 'press':
      return action.key;
  }
}

function spellAim({ target, point, foundBy }: Aim): string {
  return `${target} at ${spellPoint(point)}, found by ${foundBy}`;
}

/** Nothing of a single click of the left button. */
function spellClick({ button = 'left', count = 1 }: Extract<SentAction, { kind: 'click' }>): string {
  const words = [...(count === 2 ? ['double'] : []), ...(button === 'left' ? [] : [button])];
  return words.length === 0 ? '' : `${words.join(' ')} click on `;
}

function spellPoint({ x, y }: Readonly<{ x: number; y: number }>): string {
  return `${Math.round(x * 10) / 10}, ${Math.round(y * 10) / 10}`;
}
