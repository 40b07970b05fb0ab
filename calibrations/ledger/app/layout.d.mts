import type { Hit, View, ViewRow } from './world.mjs';

export interface DesignRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type TabName = 'inbox' | 'archive' | 'reports' | 'settings';
export interface PlacedRow {
  readonly index: number;
  readonly row: ViewRow;
  readonly rect: DesignRect;
  readonly button: DesignRect;
}

export const DESIGN: DesignRect;
export const HEADER: DesignRect;
export const SEARCH: DesignRect;
export const TAB_BAR: DesignRect;
export const TAB_STRIP_HEIGHT: number;
export const TABS: readonly { name: TabName; label: string; rect: DesignRect }[];
export const COLUMNS: DesignRect;
export const LIST: DesignRect;
export const FOOTER: DesignRect;
export const TOAST: DesignRect;
export const ACTION_BUTTON: { readonly x: number; readonly width: number; readonly height: number };
export const ARCHIVE_ROW_HEIGHT: number;
export const MAX_VISIBLE_ROWS: number;
export const CONFIRM: { readonly box: DesignRect; readonly cancel: DesignRect; readonly confirm: DesignRect };
export const ANNOUNCEMENT: {
  readonly box: DesignRect;
  readonly band: DesignRect;
  readonly dismiss: DesignRect;
};
export const EXPIRED: { readonly box: DesignRect; readonly band: DesignRect; readonly signin: DesignRect };
export const SETTINGS: readonly {
  name: string;
  label: string;
  note: string;
  row: DesignRect;
  toggle: DesignRect;
}[];

export function placeRows(rows: readonly ViewRow[]): PlacedRow[];
export function fit(page: { width: number; height: number; shift?: number; fixed?: number }): {
  scale: number;
  offset: number;
};
export function arrange(redesign: number): { head: number; body: number };
export function hitTest(
  point: { x: number; y: number },
  scene: {
    tab: TabName;
    view: Pick<View, 'rows' | 'popup'> & { session: 'live' | 'ended' };
    redesign?: number;
  },
): Hit | null;
