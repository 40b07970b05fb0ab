/* global CanvasRenderingContext2D */
// The grid, its columns, and a bar above it in which a spinner turns and a caret blinks.
import { ListGrid, columns, themes } from '/main.mjs';

const { ButtonColumn, CheckColumn } = columns.type;
const { ButtonAction, CheckEditor } = columns.action;
const { ButtonStyle } = columns.style;
/** Length of one blink of the caret, on and off, as on most systems. */
const BLINK_MS = 1060;

const { rows, still } = await (await fetch('/rows')).json();
const records = rows.map((row) => ({ ...row, toggle: toggleOf(row) }));

// A canvas draws with what is loaded, and with another font otherwise.
await Promise.all(Array.from(document.fonts, (font) => font.load()));
// The grid makes its boxes as wide as this letter, which our font lacks: the machine's would decide. One that no font has is ours.
const { measureText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.measureText = function measure(text) {
  return measureText.call(this, text === 'あ' ? '\uffff' : text);
};

const grid = new ListGrid({
  theme: themes.getDefault().extends({ font: '16px "DejaVu Sans"' }),
  parentElement: document.getElementById('grid'),
  defaultRowHeight: 44,
  headerRowHeight: 40,
  header: [
    { field: 'checked', caption: '', width: 56, columnType: new CheckColumn(), action: new CheckEditor() },
    { field: 'id', caption: 'No', width: 80 },
    { field: 'part', caption: 'Part', width: 320 },
    { field: 'city', caption: 'City', width: 260 },
    { field: 'amount', caption: 'Amount', width: 160, style: { textAlign: 'right' } },
    {
      caption: '',
      width: 170,
      columnType: new ButtonColumn({ caption: 'Collect' }),
      style: ({ held }) => new ButtonStyle({ buttonBgColor: held ? '#b4b9c0' : '#2e9e4f' }),
      action: new ButtonAction({ action: collect, disabled: ({ held }) => held }),
    },
    {
      field: 'toggle',
      caption: '',
      width: 170,
      columnType: new ButtonColumn(),
      style: ({ held }) => new ButtonStyle({ buttonBgColor: held ? '#e0912f' : '#3f6fd0' }),
      action: new ButtonAction({ action: toggle }),
    },
  ],
  records,
});
grid.listen(ListGrid.EVENT_TYPE.CHANGED_VALUE, ({ record }) => send('check', record));
grid.listen(ListGrid.EVENT_TYPE.SCROLL, () => void report());
// Before the grid hears of it, so that the row is the one that was there when the click came.
addEventListener('mousedown', recordClick, { capture: true });
drawBar(performance.now());
await report();

function toggleOf({ held }) {
  return held ? 'Release' : 'Hold';
}

function collect(record) {
  records.splice(records.indexOf(record), 1);
  grid.records = records;
  send('collect', record);
}

function toggle(record) {
  record.held = !record.held;
  record.toggle = toggleOf(record);
  grid.invalidate();
  send(record.held ? 'hold' : 'release', record);
}

function recordClick({ clientX: x, clientY: y }) {
  const { left, top } = document.getElementById('grid').getBoundingClientRect();
  const { row } = grid.getCellAt(x - left + grid.scrollLeft, y - top + grid.scrollTop);
  const record = y < top ? undefined : records[row - 1];
  send('click', { id: record?.id ?? null, x, y });
}

/** One after the other, so that the server hears of them in order. */
let tail = Promise.resolve();
function send(kind, { id, x, y }) {
  tail = tail.then(() => post('/event', { kind, id, x, y })).then(report);
}

/** What the widget itself says of its rows and cells, CSS pixels of the page. */
function report() {
  const { left, top } = document.getElementById('grid').getBoundingClientRect();
  const shown = records.map((record, i) => {
    const { left: x, top: y, width, height } = grid.getCellRelativeRect(0, i + 1);
    return {
      id: record.id,
      x: x + left,
      y: y + top,
      width,
      height,
      checked: record.checked,
      held: record.held,
    };
  });
  const visible = shown.filter(({ y, height }) => y + height > top + 40 && y < innerHeight);
  const { scrollHeight, clientHeight } = document.querySelector('.grid-scrollable');
  return post('/widget', {
    rows: visible,
    scrollTop: grid.scrollTop,
    maxScrollTop: scrollHeight - clientHeight,
  });
}

function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function drawBar(now) {
  const bar = document.getElementById('bar');
  const ratio = devicePixelRatio;
  const { clientWidth, clientHeight } = bar;
  if (bar.width !== clientWidth * ratio) bar.width = clientWidth * ratio;
  if (bar.height !== clientHeight * ratio) bar.height = clientHeight * ratio;
  const context = bar.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = '#24364b';
  context.fillRect(0, 0, clientWidth, clientHeight);
  context.fillStyle = '#fff';
  context.font = '20px "DejaVu Sans"';
  context.textBaseline = 'middle';
  context.fillText('Open orders', 20, 28);
  context.fillStyle = '#e8edf3';
  context.fillRect(900, 14, 260, 28);
  const blinks = still ? 0 : now;
  if (blinks % BLINK_MS < BLINK_MS / 2) {
    context.fillStyle = '#24364b';
    context.fillRect(908, 18, 2, 20);
  }
  const turn = still ? 0 : now / 400;
  context.strokeStyle = '#7fb2e5';
  context.lineWidth = 4;
  context.beginPath();
  context.arc(1210, 28, 12, turn, turn + 4);
  context.stroke();
  if (!still) requestAnimationFrame(drawBar);
}
