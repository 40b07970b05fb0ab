const query = new URLSearchParams(location.search);
if (query.has('dark')) document.body.className = 'dark';
let seed = 7;
const random = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed / 0x7fffffff;
};
const WORDS =
  `alpha Bergen quay invoice gypsum Platform delivery Opening yearly Quarterly review Team sync ink Wood pallet axle
  Rotor gear zinc ore export hull paint copper spring`.split(/\s+/);
const words = (count) =>
  Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
const rowOf = () =>
  `<div class="row"><span>${words(2)}</span><span>${words(3)}</span><span>${(random() * 9000).toFixed(2)}</span></div>`;
const TABS = {
  orders: Array.from({ length: 24 }, rowOf),
  stock: Array.from({ length: 5 }, rowOf),
  reports: [],
};
const [tabs, main, veil, box] = ['tabs', 'main', 'veil', 'box'].map((id) => document.getElementById(id));
let active = 'orders';

function show(name, rows = TABS[name]) {
  active = name;
  tabs.innerHTML = Object.keys(TABS)
    .map((each) => `<span class="${each === name ? 'on' : ''}">${each}</span>`)
    .join('');
  main.innerHTML = rows.join('');
}

function open(place, { backdrop = 'none', html = DIALOG } = {}) {
  box.style.cssText = `${place};display:block`;
  box.innerHTML = html;
  if (backdrop !== 'none') veil.style.cssText = `display:block;${backdrop}`;
}

const DIALOG = `<b>Delete this order?</b><p>${words(12)}</p><span style="background:#1976d2;color:#fff;padding:6px 16px">Delete</span>`;
const MENU = Array.from({ length: 5 }, () => `<div style="padding:6px 0">${words(2)}</div>`).join('');
const middle = (width, height) =>
  `left:${Math.round((innerWidth - width) / 2)}px;top:${Math.round((innerHeight - height) / 2)}px;width:${width}px;height:${height}px`;
const SHADOW = 'box-shadow:0 6px 20px #0005';

const OPENS = {
  dialog: () => open(`${middle(250, 150)};border-radius:8px;${SHADOW}`, { backdrop: 'background:#0008' }),
  plainDialog: () => open(`${middle(250, 150)};border:1px solid #888;${SHADOW}`),
  paleDialog: () => open(`${middle(250, 150)};border:1px solid #aaa`, { backdrop: 'background:#fffb' }),
  blurred: () =>
    open(`${middle(250, 150)};border-radius:8px;${SHADOW}`, {
      backdrop: 'backdrop-filter:blur(4px);background:#0004',
    }),
  drawer: () => open(`right:0;top:0;width:170px;height:100vh;${SHADOW}`, { backdrop: 'background:#0006' }),
  sheet: () =>
    open(`left:0;bottom:0;width:100vw;height:140px;border-radius:14px 14px 0 0`, {
      backdrop: 'background:#0006',
    }),
  menu: () => open(`left:120px;top:66px;width:150px;border:1px solid #bbb;${SHADOW}`, { html: MENU }),
};
const OTHERS = {
  stock: () => show('stock'),
  reports: () => show('reports'),
  scrolled: () => show('orders', TABS.orders.slice(2)),
  firstGone: () => show('orders', TABS.orders.slice(1)),
  thirdGone: () => show('orders', TABS.orders.toSpliced(2, 1)),
  selected: () => (main.children[3].style.background = '#7fb0ff66'),
  toast: () =>
    open('right:16px;bottom:16px;width:240px;height:44px;background:#323232;color:#fff;padding:13px', {
      html: 'Saved',
    }),
  banner: () =>
    open('left:0;top:76px;width:100vw;height:36px;background:#fff3cd;color:#664d03;padding:9px 16px', {
      html: 'There is a new version',
    }),
  spinner: () =>
    open(`${middle(56, 56)};border-radius:28px;border:6px solid #1976d2;background:none`, { html: '' }),
  signIn: () => {
    main.innerHTML = `<div style="width:280px;margin:16px auto;background:var(--box);border:1px solid #8886;padding:20px;height:170px"><b>Sign in</b><p>${words(9)}</p></div>`;
  },
};
show('orders');

const whole = ({ left, top, right, bottom }) => {
  const [x, y] = [Math.round(left * devicePixelRatio), Math.round(top * devicePixelRatio)];
  return {
    x,
    y,
    width: Math.round(right * devicePixelRatio) - x,
    height: Math.round(bottom * devicePixelRatio) - y,
  };
};
window.play = (name) => void { ...OPENS, ...OTHERS }[name]();
window.names = () => ({ opens: Object.keys(OPENS), others: Object.keys(OTHERS) });
window.boxOf = () => whole(box.getBoundingClientRect());
/** Of the page without anything over it. */
window.truth = () => {
  const area = main.getBoundingClientRect();
  const marks = [...tabs.children].map((each) => {
    const { left, right, bottom } = each.getBoundingClientRect();
    return [
      each.textContent,
      whole({ left: left + 2, right: right - 2, top: bottom - 3, bottom: bottom - 1 }),
    ];
  });
  const { backgroundColor } = getComputedStyle(document.body);
  const rows = [...main.children]
    .map((each) => each.getBoundingClientRect())
    .filter(({ top }) => top < area.bottom)
    .map(({ left, right, top, bottom }) => {
      const { y, height } = whole({ left, right, top, bottom: Math.min(bottom, area.bottom) });
      return { y, height, ...(bottom > area.bottom ? { partial: true } : {}) };
    });
  const colors = {
    active: hex(getComputedStyle(document.querySelector('.on')).borderBottomColor),
    inactive: hex(backgroundColor),
  };
  return {
    tabs: { marks: Object.fromEntries(marks), colors, active },
    lists: [{ region: whole(area), rows }],
  };
};
function hex(color) {
  const channels = color.match(/\d+/g).map(Number);
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
