/**
 * Where everything is, in design pixels (1280x720, origin top left), and what is under a point. The page draws and
 * hit-tests by this file, the server cuts its list by it. Rectangles are half-open: x..x+width, y..y+height.
 */
const rect = (x, y, width, height) => ({ x, y, width, height });

export const DESIGN = rect(0, 0, 1280, 720);
export const HEADER = rect(0, 0, 1280, 64);
export const SEARCH = rect(480, 16, 320, 32);
export const TAB_BAR = rect(0, 64, 1280, 48);
export const TAB_STRIP_HEIGHT = 6;
export const TABS = ['inbox', 'archive', 'reports', 'settings'].map((name, i) => ({
  name,
  label: name[0].toUpperCase() + name.slice(1),
  rect: rect(24 + 200 * i, 64, 200, 48),
}));
export const COLUMNS = rect(24, 120, 1232, 32);
export const LIST = rect(24, 152, 1232, 512);
export const FOOTER = rect(0, 664, 1280, 56);
export const TOAST = rect(24, 674, 320, 36);

/** Where marks turn when the application is told to be restless, the first of them first. */
export const MARKS = [
  rect(610, 682, 20, 20),
  rect(300, 22, 20, 20),
  rect(1100, 78, 20, 20),
  rect(1244, 170, 10, 10),
  rect(1244, 420, 10, 10),
  rect(700, 682, 20, 20),
  rect(1180, 78, 20, 20),
  rect(1244, 640, 10, 10),
];

export const ACTION_BUTTON = { x: 1130, width: 110, height: 32 };
export const ARCHIVE_ROW_HEIGHT = 50;
/** As many rows of the least height as can show in the list, the last one cut. */
export const MAX_VISIBLE_ROWS = Math.ceil(LIST.height / 50);

export const CONFIRM = {
  box: rect(410, 260, 460, 200),
  cancel: rect(586, 400, 124, 40),
  confirm: rect(722, 400, 124, 40),
};
export const ANNOUNCEMENT = {
  box: rect(380, 240, 520, 240),
  band: rect(380, 240, 520, 40),
  dismiss: rect(570, 416, 140, 40),
};
export const EXPIRED = {
  box: rect(430, 270, 420, 180),
  band: rect(430, 270, 420, 40),
  signin: rect(560, 386, 160, 40),
};

export const SETTINGS = [
  { name: 'summaries', label: 'Email summaries', note: 'A short report every Monday morning' },
  { name: 'sound', label: 'Sound on collection', note: 'Play a chime when a row is collected' },
  { name: 'rounding', label: 'Round amounts', note: 'Show reports without cents' },
  { name: 'reminders', label: 'Reminders', note: 'Ask again after seven days' },
].map((setting, i) => ({
  ...setting,
  row: rect(24, 136 + 72 * i, 1232, 64),
  toggle: rect(1180, 156 + 72 * i, 44, 24),
}));

/**
 * Rows from the top of the list down to its end; the last may stick out below the list.
 * Answers `{index, row, rect, button}` with the action button's rectangle, both not cut at the list's end.
 */
export function placeRows(rows) {
  const placed = [];
  let y = LIST.y;
  for (const row of rows) {
    if (y >= LIST.y + LIST.height) break;
    const button = rect(
      ACTION_BUTTON.x,
      y + Math.floor((row.height - ACTION_BUTTON.height) / 2),
      ACTION_BUTTON.width,
      ACTION_BUTTON.height,
    );
    placed.push({ index: placed.length, row, rect: rect(LIST.x, y, LIST.width, row.height), button });
    y += row.height;
  }
  return placed;
}

/**
 * How the design is put on a page of this size: scaled uniformly from the top left corner, by `fixed` or as large as fits,
 * then moved by `shift`.
 */
export function fit({ width, height, shift = 0, fixed = 0 }) {
  const scale = fixed === 0 ? Math.min(width / DESIGN.width, height / DESIGN.height) : fixed;
  return { scale, offset: shift * scale };
}

const HEAD = rect(0, 0, 1280, 112);

/**
 * How far down the two parts of the screen are moved: in the redesigned layout the head (header and tabs) changes places
 * with the body below it. Popups stay where they are.
 */
export function arrange(redesign) {
  return redesign ? { head: DESIGN.height - HEAD.height, body: -HEAD.height } : { head: 0, body: 0 };
}

/**
 * What a click at this design point means, or null. Whatever is behind a popup is out of reach.
 * `tab` is the page's active tab, `view` the state as the server sent it, `redesign` 1 for the other layout.
 */
export function hitTest({ x, y }, { tab, view, redesign = 0 }) {
  const { head, body } = arrange(redesign);
  const on = (area, down = 0) =>
    x >= area.x && x < area.x + area.width && y - down >= area.y && y - down < area.y + area.height;
  if (view.session === 'ended') return on(EXPIRED.signin) ? { kind: 'signin' } : null;
  if (view.popup?.kind === 'announcement') {
    return on(ANNOUNCEMENT.dismiss) ? { kind: 'dismiss', number: view.popup.number } : null;
  }
  if (view.popup?.kind === 'confirm') {
    const row = view.popup.row.id;
    if (on(CONFIRM.confirm)) return { kind: 'confirm', row };
    return on(CONFIRM.cancel) ? { kind: 'cancel', row } : null;
  }
  const hitTab = TABS.find((each) => on(each.rect, head));
  if (hitTab) return { kind: 'tab', name: hitTab.name };
  if (tab === 'inbox' && on(LIST, body)) {
    const target = placeRows(view.rows).find((each) => on(each.button, body));
    return target ? { kind: 'action', row: target.row.id } : null;
  }
  if (tab === 'settings') {
    const setting = SETTINGS.find((each) => on(each.toggle, body));
    return setting ? { kind: 'toggle', name: setting.name } : null;
  }
  return null;
}
