// Longer than a screenful because it is one picture: each function paints one part of it, in order from back to front.
import {
  ANNOUNCEMENT,
  ARCHIVE_ROW_HEIGHT,
  COLUMNS,
  CONFIRM,
  EXPIRED,
  FOOTER,
  HEADER,
  LIST,
  MARKS,
  SEARCH,
  SETTINGS,
  TABS,
  TAB_BAR,
  TAB_STRIP_HEIGHT,
  TOAST,
  arrange,
  placeRows,
} from './layout.mjs';

const FIELDS = { label: 40, name: 136, memo: 420, amount: 930, date: 972 };

/**
 * Paints the whole picture. `view` is the server's state, `local` what only this page knows:
 * `{tab, clock, caret, search, black, turn}`, `ambient` how many marks turn. The context is already scaled to design pixels; `page` is the visible page in them.
 */
export function paint({ context, theme, view, local, page, redesign = 0, ambient = 0 }) {
  context.textBaseline = 'middle';
  if (local.black) return fill(context, page, '#000000');
  const drawing = { context, theme, view, local };
  fill(context, page, theme.page);
  const { head, body } = arrange(redesign);
  lowered(context, body, () => {
    SCREENS[local.tab](drawing);
    paintFooter(drawing);
  });
  lowered(context, head, () => {
    paintHeader(drawing);
    paintTabs(drawing);
  });
  for (const mark of MARKS.slice(0, ambient)) paintMark(context, mark, local.turn);
  paintPopup(drawing, page);
}

/** A hand that goes round: a different picture with every turn of a hundred. */
function paintMark(context, { x, y, width, height }, turn) {
  const [centerX, centerY, radius] = [x + width / 2, y + height / 2, width / 2 - 1];
  const angle = (2 * Math.PI * (turn % 100)) / 100;
  context.strokeStyle = '#8a97a8';
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(centerX, centerY);
  context.lineTo(centerX + radius * Math.cos(angle), centerY + radius * Math.sin(angle));
  context.stroke();
}

function lowered(context, down, draw) {
  context.save();
  context.translate(0, down);
  draw();
  context.restore();
}

const SCREENS = { inbox: paintInbox, archive: paintArchive, reports: paintReports, settings: paintSettings };

function paintHeader({ context, theme, local }) {
  fill(context, HEADER, theme.header);
  write(context, 'Ledger', { x: 24, y: 32, color: theme.headerText, font: 'bold 24px "DejaVu Sans"' });
  write(context, local.clock, {
    x: 1256,
    y: 32,
    color: theme.headerMuted,
    font: '18px "DejaVu Sans"',
    align: 'right',
  });
  round(context, SEARCH, 4, theme.search);
  context.strokeStyle = theme.headerMuted;
  context.lineWidth = 2;
  context.beginPath();
  context.arc(SEARCH.x + 17, SEARCH.y + 14, 5.5, 0, 2 * Math.PI);
  context.moveTo(SEARCH.x + 21, SEARCH.y + 18);
  context.lineTo(SEARCH.x + 26, SEARCH.y + 23);
  context.stroke();
  const textX = SEARCH.x + 38;
  write(context, local.search, { x: textX, y: 32, color: theme.headerText, font: '16px "DejaVu Sans"' });
  if (!local.caret) return;
  const caretX = Math.round(textX + context.measureText(local.search).width) + 1;
  fill(context, { x: caretX, y: SEARCH.y + 7, width: 2, height: 18 }, theme.caret);
}

function paintTabs({ context, theme, local }) {
  fill(context, TAB_BAR, theme.tabBar);
  for (const { name, label, rect } of TABS) {
    const active = name === local.tab;
    if (active) {
      fill(context, rect, theme.tabActive);
      fill(
        context,
        { ...rect, y: rect.y + rect.height - TAB_STRIP_HEIGHT, height: TAB_STRIP_HEIGHT },
        theme.accent,
      );
    }
    write(context, label, {
      x: rect.x + rect.width / 2,
      y: rect.y + 22,
      color: active ? theme.tabActiveText : theme.tabText,
      font: '17px "DejaVu Sans"',
      align: 'center',
    });
  }
}

function paintInbox(drawing) {
  const { context, theme, view, local } = drawing;
  paintColumns(drawing, 'Action');
  if (view.rows.length === 0) return paintEmpty(drawing);
  clipped(context, LIST, () => {
    for (const { index, row, rect, button } of placeRows(view.rows)) {
      paintRow(drawing, { index, row, rect, highlight: local.search });
      round(context, button, 4, row.enabled ? theme.action : theme.disabled);
      write(context, 'Collect', {
        x: button.x + button.width / 2,
        y: button.y + button.height / 2 + 1,
        color: row.enabled ? theme.actionText : theme.disabledText,
        font: '15px "DejaVu Sans"',
        align: 'center',
      });
    }
  });
}

function paintArchive(drawing) {
  const { context, theme, view, local } = drawing;
  paintColumns(drawing, '');
  if (view.archive.length === 0) {
    write(context, 'Nothing has been collected yet', {
      x: 640,
      y: 408,
      color: theme.muted,
      font: '20px "DejaVu Sans"',
      align: 'center',
    });
    return;
  }
  clipped(context, LIST, () => {
    view.archive.forEach((row, index) => {
      const rect = { ...LIST, y: LIST.y + index * ARCHIVE_ROW_HEIGHT, height: ARCHIVE_ROW_HEIGHT };
      paintRow(drawing, { index, row, rect, highlight: local.search });
    });
  });
}

function paintColumns({ context, theme }, last) {
  fill(context, COLUMNS, theme.columns);
  const style = {
    y: COLUMNS.y + COLUMNS.height / 2 + 1,
    color: theme.columnsText,
    font: '13px "DejaVu Sans"',
  };
  write(context, 'No.', { ...style, x: FIELDS.label });
  write(context, 'Counterparty', { ...style, x: FIELDS.name });
  write(context, 'Memo', { ...style, x: FIELDS.memo });
  write(context, 'Amount', { ...style, x: FIELDS.amount, align: 'right' });
  write(context, 'Due', { ...style, x: FIELDS.date });
  write(context, last, { ...style, x: 1185, align: 'center' });
}

function paintRow({ context, theme }, { index, row, rect, highlight }) {
  // By position, not by row: the stripes stay where they are when the list moves up.
  fill(context, rect, index % 2 === 0 ? theme.stripeEven : theme.stripeOdd);
  fill(context, { ...rect, y: rect.y + rect.height - 1, height: 1 }, theme.separator);
  const style = { y: rect.y + Math.floor(rect.height / 2), color: theme.text, font: '16px "DejaVu Sans"' };
  const nameFont = 'bold 16px "DejaVu Sans"';
  if (highlight !== '' && row.name.toLowerCase().includes(highlight.toLowerCase())) {
    context.font = nameFont;
    const width = context.measureText(row.name).width + 8;
    fill(context, { x: FIELDS.name - 4, y: style.y - 13, width, height: 26 }, theme.highlight);
  }
  write(context, row.label, { ...style, x: FIELDS.label, color: theme.muted });
  write(context, row.name, { ...style, x: FIELDS.name, font: nameFont });
  write(context, row.memo, { ...style, x: FIELDS.memo, color: theme.muted });
  write(context, money(row.amountCents), { ...style, x: FIELDS.amount, align: 'right' });
  write(context, row.date, { ...style, x: FIELDS.date, color: theme.muted });
}

function paintEmpty({ context, theme }) {
  fill(context, LIST, theme.stripeEven);
  context.strokeStyle = theme.muted;
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(600, 352);
  context.lineTo(612, 312);
  context.lineTo(668, 312);
  context.lineTo(680, 352);
  context.lineTo(680, 384);
  context.lineTo(600, 384);
  context.closePath();
  context.moveTo(600, 352);
  context.lineTo(624, 352);
  context.lineTo(630, 364);
  context.lineTo(650, 364);
  context.lineTo(656, 352);
  context.lineTo(680, 352);
  context.stroke();
  write(context, 'Nothing to collect', {
    x: 640,
    y: 428,
    color: theme.muted,
    font: '22px "DejaVu Sans"',
    align: 'center',
  });
}

function paintReports({ context, theme, view }) {
  const panel = { x: 24, y: 128, width: 1232, height: 520 };
  round(context, panel, 6, theme.stripeEven);
  write(context, 'Amounts due by month', {
    x: 56,
    y: 164,
    color: theme.text,
    font: 'bold 20px "DejaVu Sans"',
  });
  legend(context, { x: 1000, text: 'Collected', color: theme.accent, theme });
  legend(context, { x: 1130, text: 'Open', color: theme.bar, theme });
  const base = 592;
  const most = Math.max(
    1,
    ...view.report.flatMap(({ openCents, collectedCents }) => [openCents, collectedCents]),
  );
  const unit = 360 / most;
  for (let line = 0; line <= 4; line += 1) {
    const y = base - line * 90;
    fill(context, { x: 140, y, width: 1084, height: 1 }, theme.separator);
    write(context, money((most * line) / 4, { decimals: view.settings.rounding ? 0 : 2 }), {
      x: 128,
      y,
      color: theme.muted,
      font: '13px "DejaVu Sans"',
      align: 'right',
    });
  }
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
  view.report.forEach(({ openCents, collectedCents }, i) => {
    const x = 180 + i * 174;
    const bar = (dx, cents, color) => {
      const height = Math.round(cents * unit);
      fill(context, { x: x + dx, y: base - height, width: 52, height }, color);
    };
    bar(0, collectedCents, theme.accent);
    bar(60, openCents, theme.bar);
    write(context, names[i], {
      x: x + 56,
      y: 616,
      color: theme.muted,
      font: '15px "DejaVu Sans"',
      align: 'center',
    });
  });
}

function legend(context, { x, text, color, theme }) {
  fill(context, { x, y: 157, width: 14, height: 14 }, color);
  write(context, text, { x: x + 22, y: 165, color: theme.muted, font: '15px "DejaVu Sans"' });
}

function paintSettings({ context, theme, view }) {
  for (const { name, label, note, row, toggle } of SETTINGS) {
    round(context, row, 6, theme.stripeEven);
    write(context, label, {
      x: row.x + 24,
      y: row.y + 23,
      color: theme.text,
      font: 'bold 17px "DejaVu Sans"',
    });
    write(context, note, { x: row.x + 24, y: row.y + 45, color: theme.muted, font: '14px "DejaVu Sans"' });
    const on = view.settings[name];
    round(context, toggle, toggle.height / 2, on ? theme.accent : theme.toggleOff);
    context.fillStyle = theme.knob;
    context.beginPath();
    context.arc(on ? toggle.x + 32 : toggle.x + 12, toggle.y + 12, 9, 0, 2 * Math.PI);
    context.fill();
  }
}

function paintFooter({ context, theme, view }) {
  fill(context, FOOTER, theme.footer);
  write(context, `${view.remaining} remaining`, {
    x: 1256,
    y: 692,
    color: theme.text,
    font: '17px "DejaVu Sans"',
    align: 'right',
  });
  if (view.toast === null) return;
  round(context, TOAST, 4, theme.toast);
  write(context, view.toast, { x: TOAST.x + 18, y: 692, color: theme.toastText, font: '16px "DejaVu Sans"' });
}

function paintPopup(drawing, page) {
  const { context, theme, view } = drawing;
  if (view.session === 'ended') {
    fill(context, page, theme.veil);
    paintBox(drawing, { ...EXPIRED, bandColor: theme.expiredBand, title: 'Session expired' });
    paintBoxText(drawing, { x: 640, y: 348, text: 'You have been signed out.', align: 'center' });
    paintButton(drawing, EXPIRED.signin, 'Sign in again', {
      color: theme.accent,
      textColor: theme.accentText,
    });
  } else if (view.popup?.kind === 'announcement') {
    fill(context, page, theme.veil);
    paintBox(drawing, { ...ANNOUNCEMENT, bandColor: theme.announcementBand, title: 'Announcement' });
    const lines = ['The ledger will be closed for maintenance', 'on Sunday between 02:00 and 04:00.'];
    lines.forEach((text, i) => paintBoxText(drawing, { x: 640, y: 326 + 28 * i, text, align: 'center' }));
    paintButton(drawing, ANNOUNCEMENT.dismiss, 'Dismiss', {
      color: theme.announcementBand,
      textColor: theme.bandText,
    });
  } else if (view.popup?.kind === 'confirm') {
    const { row } = view.popup;
    fill(context, page, theme.veil);
    paintBox(drawing, { box: CONFIRM.box });
    write(context, `Confirm collection of ${row.label}`, {
      x: CONFIRM.box.x + 24,
      y: CONFIRM.box.y + 40,
      color: theme.text,
      font: 'bold 20px "DejaVu Sans"',
    });
    const text = `${row.name}, ${money(row.amountCents)}`;
    paintBoxText(drawing, { x: CONFIRM.box.x + 24, y: CONFIRM.box.y + 82, text, align: 'left' });
    paintButton(drawing, CONFIRM.cancel, 'Cancel', { color: theme.quiet, textColor: theme.quietText });
    paintButton(drawing, CONFIRM.confirm, 'Confirm', { color: theme.accent, textColor: theme.accentText });
  }
}

function paintBox({ context, theme }, { box, band, bandColor, title }) {
  fill(context, box, theme.boxEdge);
  fill(context, { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 }, theme.box);
  if (band === undefined) return;
  fill(context, band, bandColor);
  write(context, title, {
    x: band.x + 20,
    y: band.y + band.height / 2 + 1,
    color: theme.bandText,
    font: 'bold 17px "DejaVu Sans"',
  });
}

function paintBoxText({ context, theme }, { x, y, text, align }) {
  write(context, text, { x, y, color: theme.muted, font: '17px "DejaVu Sans"', align });
}

function paintButton({ context }, rect, text, { color, textColor }) {
  round(context, rect, 4, color);
  write(context, text, {
    x: rect.x + rect.width / 2,
    y: rect.y + rect.height / 2 + 1,
    color: textColor,
    font: '16px "DejaVu Sans"',
    align: 'center',
  });
}

function fill(context, { x, y, width, height }, color) {
  context.fillStyle = color;
  context.fillRect(x, y, width, height);
}

function round(context, { x, y, width, height }, radius, color) {
  context.fillStyle = color;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

function write(context, text, { x, y, color, font, align = 'left' }) {
  context.font = font;
  context.textAlign = align;
  context.fillStyle = color;
  context.fillText(text, x, y);
}

function clipped(context, { x, y, width, height }, draw) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  draw();
  context.restore();
}

const money = (cents, { decimals = 2 } = {}) =>
  (cents / 100).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
