const query = new URLSearchParams(location.search);
let seed = Number(query.get('seed') ?? 1);
const random = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed / 0x7fffffff;
};
for (let i = 0; i < 5; i++) random();
const pick = (list) => list[Math.floor(random() * list.length)];
const WORDS =
  `alpha Bergen quay invoice gypsum Platform delivery Opening yearly Quarterly review Team sync ink Wood pallet axle
  Rotor gear zinc ore export hull paint copper spring Tuesday draft budget moss Harbour engine night report`.split(
    /\s+/,
  );
const words = (count) => Array.from({ length: count }, () => pick(WORDS)).join(' ');
const number = () => (random() * 9000).toFixed(2);

const THEMES = {
  light: ['#f4f5f7', '#ffffff', '#222222', '#d9dbe0', '#2b4a6f', '#ffffff', '#1976d2', '#e8eaee'],
  white: ['#ffffff', '#ffffff', '#1f2328', '#d0d7de', '#ffffff', '#1f2328', '#0969da', '#f6f8fa'],
  grey: ['#d6d6d6', '#ececec', '#101010', '#9a9a9a', '#b8b8b8', '#101010', '#4a6fa5', '#c8c8c8'],
  sepia: ['#f3ead7', '#fbf5e6', '#3c3020', '#d8c9a8', '#7a5c33', '#fdf6e3', '#b5651d', '#eadfc6'],
  dark: ['#1c1d20', '#2a2c31', '#dcdde0', '#3b3d43', '#101114', '#dcdde0', '#6fb1ff', '#232529'],
  navy: ['#0f1b2d', '#182a44', '#d4deee', '#2b4163', '#0a1322', '#d4deee', '#3fb68b', '#13233b'],
  black: ['#000000', '#121212', '#f0f0f0', '#333333', '#000000', '#f0f0f0', '#bb86fc', '#0a0a0a'],
};
const theme = THEMES[query.get('theme') ?? 'light'];
['page', 'box', 'ink', 'line', 'bar', 'barInk', 'accent', 'bar2'].forEach((name, i) =>
  document.body.style.setProperty(`--${name}`, theme[i]),
);
const radius = pick([0, 3, 6, 10, 16]);
document.body.style.setProperty('--radius', `${radius}px`);
document.body.style.setProperty('--pitch', `${pick([26, 30, 36, 44])}px`);
document.body.style.font = `${pick([12, 13, 14, 15])}px ${pick(['sans-serif', 'serif', 'monospace', 'sans-serif'])}`;
const frame = pick([
  'border:1px solid var(--line);',
  'border:1px solid var(--line);box-shadow:0 4px 14px #0003;',
  'box-shadow:0 8px 28px #0006;',
  'border:1px solid var(--line);box-shadow:0 2px 6px #0004;',
  'box-shadow:0 1px 3px #0005,0 6px 18px #0003;',
]);

const row = () =>
  `<div class="row"><span>${words(2)}</span><span>${words(3)}</span><span>${number()}</span></div>`;
const many = (count, make) => Array.from({ length: count }, make);
const card = () => `<div class="card"><b>${words(2)}</b><p>${words(7)}</p></div>`;
const VIEWS = {
  rows: () => many(30, row).join(''),
  fewRows: () => many(4, row).join(''),
  cards: () => `<div class="grid">${many(24, card).join('')}</div>`,
  board: () =>
    `<div class="columns">${many(4, () => `<div><b>${words(1)}</b>${many(9, card).join('')}</div>`).join('')}</div>`,
  form: () =>
    many(9, () => `<div class="field">${words(2)}<i>${words(3)}</i></div>`).join('') +
    '<div class="field"><button>Save</button></div>',
  prose: () =>
    `<div class="prose"><h2>${words(4)}</h2>${many(8, () => `<p>${words(50)}</p>`).join('')}</div>`,
  nothing: () => `<div style="padding:80px;text-align:center">Nothing here</div>`,
  panel: () =>
    `<div style="width:300px;height:210px;margin:40px auto;background:var(--box);border:1px solid var(--line);border-radius:var(--radius);padding:20px"><b>Sign in</b><p>${words(9)}</p><button>Go</button></div>`,
};
const [top_, tabs, main, veil, box, arrow] = ['top', 'tabs', 'main', 'veil', 'box', 'arrow'].map((id) =>
  document.getElementById(id),
);
const layout = query.get('layout') ?? 'rows';
const SIDED = ['sided', 'sidedBoard', 'sidedProse'];
const START = {
  rows: 'rows',
  sided: 'cards',
  mail: 'rows',
  form: 'form',
  sidedBoard: 'board',
  sidedProse: 'prose',
};
const sided = SIDED.includes(layout);
const tabNames = many(4, () => pick(WORDS));
top_.innerHTML = `<b>${words(1)}</b>${many(3, () => `<span>${words(1)}</span>`).join('')}<span style="margin-left:auto">${words(2)}</span>`;
const side = sided ? `<div id="side">${many(14, () => `<div>${words(2)}</div>`).join('')}</div>` : '';
const detail =
  layout === 'mail' ? `<div style="width:42%;border-left:1px solid var(--line)">${VIEWS.prose()}</div>` : '';
function tab(index) {
  tabs.innerHTML = tabNames
    .map((each, i) => `<span class="${i === index ? 'on' : ''}">${each}</span>`)
    .join('');
}
tab(0);
main.innerHTML = `${side}<div id="view">${VIEWS[START[layout]]()}</div>${detail}`;
const view = document.getElementById('view');

const paragraph = () => `<p>${words(14)}</p>`;
const DIALOG = () =>
  `<div style="padding:18px"><b>${words(3)}?</b>${paragraph()}<button>Delete</button> &nbsp; Cancel</div>`;
const MENU = (count) => () =>
  `<div style="padding:4px 0">${many(count, () => `<div class="item">${words(2)}</div>`).join('')}</div>`;
const PANEL = () =>
  `<div style="padding:16px"><h3 style="margin:0">${words(2)}</h3>${paragraph()}${many(5, () => `<div class="item">${words(2)}</div>`).join('')}<button>Apply</button></div>`;

function open(place, html, { backdrop = null, round = true, edges = frame } = {}) {
  box.style.cssText = `${place};${edges};display:block;${round ? 'border-radius:var(--radius)' : ''}`;
  box.innerHTML = html();
  if (backdrop !== null) veil.style.cssText = `display:block;${backdrop}`;
}
const [W, H] = [innerWidth, innerHeight];
const at = (x, y, w, h) =>
  `left:${Math.round(x)}px;top:${Math.round(y)}px;width:${Math.round(w)}px;height:${Math.round(h)}px`;
const between = (low, high) => low + random() * (high - low);
const centred = (w, h) => at((W - w) / 2, (H - h) / 2, w, h);
const SCRIM = pick(['background:#0008', 'background:#0005', 'background:#000b', 'background:#fff9']);
const [dw, dh] = [between(0.32, 0.5) * W, between(0.32, 0.55) * H];
const [mw, mh] = [between(130, 220), 5 * 30 + 8];
const drawerW = between(0.22, 0.38) * W;
const OPENS = {
  dialog: () => open(centred(dw, dh), DIALOG, { backdrop: SCRIM }),
  plainDialog: () => open(centred(dw, dh), DIALOG),
  blurredDialog: () =>
    open(centred(dw, dh), DIALOG, { backdrop: 'backdrop-filter:blur(5px);background:#0003' }),
  movedDialog: () => open(at(between(0.05, 0.5) * W, between(0.1, 0.4) * H, dw, dh), DIALOG),
  nearFull: () => open(at(24, 24, W - 48, H - 48), PANEL),
  full: () => open(at(0, 0, W, H), PANEL, { round: false, edges: '' }),
  drawerRight: () => open(at(W - drawerW, 0, drawerW, H), PANEL, { round: false }),
  drawerLeft: () => open(at(0, 0, drawerW, H), PANEL, { round: false }),
  drawerBelowBar: () => open(at(W - drawerW, 44, drawerW, H - 44), PANEL, { round: false }),
  drawerRightDimmed: () => open(at(W - drawerW, 0, drawerW, H), PANEL, { round: false, backdrop: SCRIM }),
  drawerLeftDimmed: () => open(at(0, 0, drawerW, H), PANEL, { round: false, backdrop: SCRIM }),
  sheet: () => open(at(0, H - 0.4 * H, W, 0.4 * H), PANEL, { round: false }),
  sheetDimmed: () => open(at(0, H - 0.4 * H, W, 0.4 * H), PANEL, { backdrop: SCRIM }),
  narrowSheet: () => open(at(W * 0.25, H * 0.55, W * 0.5, H * 0.45), PANEL, { round: false }),
  chat: () => open(at(W - 0.3 * W - 16, H - 0.6 * H, 0.3 * W, 0.6 * H), PANEL, { round: false }),
  cornerPopup: () => open(at(W - 0.3 * W, H - 0.45 * H, 0.3 * W, 0.45 * H), PANEL, { round: false }),
  notificationCentre: () => open(at(W - 0.3 * W - 12, 50, 0.3 * W, 0.5 * H), PANEL),
  menuTopLeft: () => open(at(0, 44, mw, mh), MENU(5), { round: false }),
  menuTopRight: () => open(at(W - mw, 44, mw, mh), MENU(5), { round: false }),
  menuBottomRight: () => open(at(W - mw - 4, H - mh - 4, mw, mh), MENU(5)),
  menuBottomLeft: () => open(at(3, H - mh - 3, mw, mh), MENU(5)),
  menuRightEdge: () => open(at(W - mw, 0.4 * H, mw, mh), MENU(5), { round: false }),
  menuBottomEdge: () => open(at(0.4 * W, H - mh, mw, mh), MENU(5), { round: false }),
  menuMiddle: () => open(at(between(0.2, 0.6) * W, between(0.2, 0.5) * H, mw, mh), MENU(5)),
  smallMenu: () => open(at(between(0.2, 0.6) * W, between(0.2, 0.5) * H, mw, 2 * 30 + 8), MENU(2)),
  tabMenu: () => open(at(60, 82, mw, mh), MENU(5), { round: false }),
  megaMenu: () => open(at(0, 44, W, 0.35 * H), PANEL, { round: false }),
  select: () => open(at(between(0.3, 0.6) * W, 0.3 * H, mw, 0.6 * H), MENU(20), { round: false }),
  popover: () => {
    const [x, y] = [between(0.2, 0.5) * W, between(0.25, 0.45) * H];
    open(at(x, y, 240, 130), DIALOG);
    arrow.style.cssText = `display:block;left:${x + 60}px;top:${y - 6}px`;
  },
};
const OTHERS = {
  nothing: () => undefined,
  tabRows: () => (tab(1), (view.innerHTML = VIEWS.rows())),
  tabFew: () => (tab(1), (view.innerHTML = VIEWS.fewRows())),
  tabCards: () => (tab(1), (view.innerHTML = VIEWS.cards())),
  tabBoard: () => (tab(2), (view.innerHTML = VIEWS.board())),
  tabForm: () => (tab(2), (view.innerHTML = VIEWS.form())),
  tabProse: () => (tab(3), (view.innerHTML = VIEWS.prose())),
  tabNothing: () => (tab(3), (view.innerHTML = VIEWS.nothing())),
  scrolled: () => (view.style.transform = 'translateY(-70px)'),
  rowGone: () => view.querySelector('.row, .card, .field, p').remove(),
  thirdGone: () => view.querySelectorAll('.row, .card, .field, p')[2].remove(),
  selected: () =>
    (view.querySelectorAll('.row, .card, .field, p')[2].style.background =
      'color-mix(in srgb, var(--accent) 30%, transparent)'),
  selectedSolid: () => {
    const each = view.querySelectorAll('.row, .card, .field, p')[3];
    each.style.background = 'var(--accent)';
    each.style.color = '#fff';
  },
  focusRing: () =>
    (view.querySelectorAll('.card, .row, .field i, p')[1].style.outline = '2px solid var(--accent)'),
  hover: () => (view.querySelectorAll('.card, .row, .field i, p')[2].style.background = 'var(--bar2)'),
  text: () => (view.querySelectorAll('.row span, .card, .field i, p')[4].textContent = words(3)),
  toast: () =>
    open(at(W - 276, H - 64, 260, 48) + ';background:#323232;color:#fff;padding:14px', () => words(3)),
  toastTop: () => open(at((W - 300) / 2, 14, 300, 46) + ';padding:13px', () => words(4)),
  tooltip: () =>
    open(at(0.4 * W, 0.4 * H, 120, 24) + ';background:#444;color:#fff;padding:4px 8px', () => words(1), {
      edges: '',
    }),
  banner: () =>
    open(at(0, 82, W, 36) + ';background:#fff3cd;color:#664d03;padding:9px 16px', () => words(6), {
      round: false,
      edges: '',
    }),
  spinner: () =>
    open(`${centred(56, 56)};border-radius:28px`, () => '', {
      round: false,
      edges: 'border:6px solid var(--accent);background:none;border-radius:28px',
    }),
  dimmed: () => open('width:0;height:0', () => '', { edges: '', backdrop: SCRIM }),
};
/** The page changed as a whole; a framed panel may have come with it. */
const PAGES = {
  navigatedPanel: () => (tab(1), (view.innerHTML = VIEWS.panel())),
  leftPanel: () => {
    tabs.remove();
    main.innerHTML = VIEWS.panel();
  },
  leftForm: () => {
    tabs.remove();
    top_.innerHTML = `<b>${words(2)}</b>`;
    main.innerHTML = VIEWS.form();
  },
};
const whole = ({ left, top, right, bottom }) => {
  const scale = devicePixelRatio;
  const [x, y] = [Math.round(left * scale), Math.round(top * scale)];
  return { x, y, width: Math.round(right * scale) - x, height: Math.round(bottom * scale) - y };
};
window.play = (name) => void { ...OPENS, ...OTHERS, ...PAGES }[name]();
window.names = () => ({ opens: Object.keys(OPENS), others: Object.keys(OTHERS), pages: Object.keys(PAGES) });
window.boxOf = () => whole(box.getBoundingClientRect());
