import type { ResolvedList } from '../../calibration/index.js';
import { intersect } from '../../core/index.js';
import type { Look } from '../look.js';
import { rowActions } from '../list/row-actions.js';
import { isAligned } from '../list/row-ink.js';
import type { RowBox } from '../list/row-shift.js';

/** Whether the last row shows the rows' action, or goes from side to side as they do: a line below them, or a toast, does not. */
export function isLikeRow(look: Look, rows: readonly RowBox[], { rect, action }: ResolvedList): boolean {
  if (action?.kind !== 'component') return isAligned(look, rows, rect);
  const { y, height } = rows[rows.length - 1];
  const { enabled, disabled } = rowActions(look, intersect(action.rect, { ...rect, y, height }), action);
  return enabled.length + disabled.length > 0;
}

/**
 * Whether the last of several rows may be a line of text below a list without boundaries, which looks like a row but for its action.
 * A row may lack that, too, or show it in a colour that is not calibrated, and a popup dims them all.
 */
export function mayBeFooter(rows: readonly RowBox[], before: Look, list: ResolvedList): boolean {
  return rows.length > 1 && (list.action?.kind !== 'component' || !isLikeRow(before, rows, list));
}
