// One list per look. Rows are elements, so the document itself knows their boxes.
const query = new URLSearchParams(location.search);
const dark = query.has('dark');
let seed = Number(query.get('seed') ?? 1);
const random = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed / 0x7fffffff;
};
const WORDS =
  `alpha Bergen quay invoice gypsum Platform delivery jigsaw Opening ops yearly Quarterly review Team sync ink Ply Wood pallet
  axle Rotor gear zinc ore export hull paint copper plating spring`.split(/\s+/);
const upTo = (most) => 1 + Math.floor(random() * most);
const words = (count) =>
  Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
const paragraph = (lines) => Array.from({ length: lines }, () => words(5)).join('<br>');
const list = document.getElementById('list');
if (dark) Object.assign(document.body.style, { background: '#1e1f22', color: '#d5d7db' });
if (query.has('font')) document.body.style.font = query.get('font');
const line = dark ? '#35373c' : '#e0e0e0';
const stripe = dark ? '#25272b' : '#f6f7f9';
const selected = dark ? '#2d4a7a' : '#cfe2ff';
const rows = [];

function add(html, style, flags = {}) {
  const element = document.createElement('div');
  element.className = 'row';
  element.style.cssText = style;
  element.innerHTML = html;
  list.append(element);
  rows.push({ element, flags });
}

const cells = (width, most) =>
  `<span style="width:${width}px" class="g">${words(2)}</span><span class="g">${words(upTo(most))}</span><span>${(random() * 9000).toFixed(2)}</span>`;

const LOOKS = {
  plain() {
    for (let i = 0; i < 20; i++) add(cells(200, 4), 'height:48px');
  },
  tight() {
    for (let i = 0; i < 40; i++) add(cells(200, 5), 'height:18px;font-size:12px');
  },
  tightStriped() {
    for (let i = 0; i < 40; i++)
      add(cells(200, 5), `height:18px;font-size:12px;background:${i % 2 ? stripe : 'transparent'}`);
  },
  unequalLined() {
    for (let i = 0; i < 20; i++) {
      const n = upTo(4);
      add(
        `<span class="g">${paragraph(n)}</span>`,
        `padding:10px 16px;border-bottom:1px solid ${line};line-height:18px`,
      );
    }
  },
  unequalPlain() {
    for (let i = 0; i < 20; i++) {
      const n = upTo(4);
      add(`<span class="g">${paragraph(n)}</span>`, `padding:12px 16px;line-height:18px`);
    }
  },
  avatars() {
    for (let i = 0; i < 20; i++)
      add(
        `<span style="width:40px;height:40px;border-radius:20px;background:hsl(${i * 67} 50% 50%)"></span><span class="g">${words(2)}<br><span class="m">${words(6)}</span></span><span class="m">${i + 1} h</span>`,
        'height:72px',
      );
  },
  threeLines() {
    for (let i = 0; i < 20; i++)
      add(
        `<span class="g"><b>${words(2)}</b><br>${words(6)}<br><span class="m">${words(7)}</span></span>`,
        `height:88px;line-height:20px;border-bottom:1px solid ${line}`,
      );
  },
  checkBoxes() {
    for (let i = 0; i < 30; i++)
      add(
        `<span style="width:16px;height:16px;border:2px solid #1976d2;border-radius:3px;background:${i % 3 ? 'transparent' : '#1976d2'}"></span>` +
          cells(200, 4),
        'height:32px',
      );
  },
  headingBands() {
    for (let i = 0; i < 20; i++) {
      if (i % 4 == 0)
        add(
          `<b>${words(1).toUpperCase()}</b>`,
          `height:30px;background:${dark ? '#2f3136' : '#eceff1'};font-size:12px`,
          { heading: true },
        );
      add(cells(200, 4), `height:40px;border-bottom:1px solid ${line}`);
    }
  },
  headings() {
    for (let i = 0; i < 20; i++) {
      if (i % 4 == 0)
        add(`<b>${words(1).toUpperCase()}</b>`, `height:36px;font-size:11px;color:#1976d2`, {
          heading: true,
        });
      add(cells(200, 4), `height:44px`);
    }
  },
  cards() {
    list.style.background = dark ? '#111' : '#eceff1';
    for (let i = 0; i < 12; i++)
      add(
        `<span class="g"><b>${words(2)}</b><br><span class="m">${words(6)}</span></span><span class="b ${random() < 0.3 ? 'off' : ''}">Open</span>`,
        `height:80px;margin:0 12px 12px;border-radius:8px;background:${dark ? '#1e1f22' : '#fff'};box-shadow:0 1px 3px rgba(0,0,0,.3)`,
      );
  },
  framedCards() {
    for (let i = 0; i < 12; i++)
      add(
        `<span class="g"><b>${words(2)}</b><br><span class="m">${words(6)}</span></span>`,
        `height:70px;margin:0 8px 8px;border-radius:6px;border:1px solid ${line}`,
      );
  },
  buttons() {
    for (let i = 0; i < 20; i++)
      add(
        cells(200, 4) + `<span class="b ${random() < 0.4 ? 'off' : ''}">Collect</span>`,
        `height:44px;border-bottom:1px solid ${line}`,
      );
  },
  pill() {
    for (let i = 0; i < 20; i++)
      add(
        `<span class="g" style="padding:8px 10px;border-radius:8px;background:${i == (query.get('select') ?? 4) ? selected : 'transparent'}">${words(4)}</span>`,
        `height:44px;padding:0 8px`,
      );
  },
  shaded() {
    for (let i = 0; i < 20; i++)
      add(
        cells(200, 4),
        `height:38px;background:linear-gradient(${dark ? '#34363b,#26282c' : '#ffffff,#e4e8ee'})`,
      );
  },
  progress() {
    for (let i = 0; i < 20; i++)
      add(
        `<span class=g>${words(2)}</span><span style="width:300px;height:10px;background:${line};border-radius:5px"><span style="display:block;height:10px;border-radius:5px;width:${Math.floor(random() * 100)}%;background:#1976d2"></span></span><span>${Math.floor(random() * 100)} %</span>`,
        `height:42px;border-bottom:1px solid ${line}`,
      );
  },
  few() {
    for (let i = 0; i < 3; i++) add(cells(200, 4), `height:44px;border-bottom:1px solid ${line}`);
  },
  dashed() {
    for (let i = 0; i < 20; i++)
      add(cells(200, 4), `height:42px;border-bottom:1px dashed ${dark ? '#666' : '#aaa'}`);
  },
  scrolled() {
    for (let i = 0; i < 20; i++)
      add(
        cells(200, 4),
        `height:44px;border-bottom:1px solid ${line};flex:none;` + (i == 0 ? 'margin-top:-20px' : ''),
      );
  },
  messages() {
    for (let i = 0; i < 20; i++) {
      const n = upTo(3);
      add(
        `<span style="align-self:flex-start;width:36px;height:36px;border-radius:18px;background:hsl(${i * 77} 50% 50%)"></span><span class="g"><b>${words(1)}</b><br>${Array.from({ length: n }, () => words(6)).join('<br>')}</span>`,
        `padding:10px 16px;line-height:18px`,
      );
    }
  },
  tasks() {
    for (let i = 0; i < 24; i++) {
      const done = random() < 0.35;
      add(
        `<input type="checkbox" ${done ? 'checked' : ''} style="margin:0"><span class="g" style="${done ? 'text-decoration:line-through;color:#888' : ''}">${words(upTo(5) + 1)}</span><span>${upTo(27)} Dec</span>`,
        'height:38px',
      );
    }
  },
  groups() {
    for (let i = 0; i < 20; i++) {
      if (i % 4 == 0)
        add(`<b>${words(1)}</b>`, `height:26px;background:${stripe};font-size:12px`, { heading: true });
      add(
        `<span style="width:32px;height:32px;border-radius:16px;background:hsl(${i * 67} 50% 50%)"></span><span class="g">${words(2)}<br><span class="m">${words(5)}</span></span>`,
        `height:48px;background:${i % 2 ? stripe : 'transparent'}`,
      );
    }
  },
  fields() {
    for (let i = 0; i < 20; i++)
      add(
        `<span style="width:130px">${words(upTo(2))}</span><span class="g" style="height:26px;line-height:24px;padding:0 8px;border:1px solid ${line};border-radius:4px">${words(2)}</span>`,
        `height:42px;background:linear-gradient(${line},${line}) 16px 100%/100% 1px no-repeat`,
      );
  },
  downloads() {
    for (let i = 0; i < 20; i++)
      add(
        `<span class="g">${words(2)}<span style="display:block;height:4px;margin-top:5px;border-radius:2px;background:${line}"><span style="display:block;height:4px;border-radius:2px;width:${20 + upTo(80)}%;background:#1976d2"></span></span></span><span class="m">${upTo(900)} MB</span>`,
        `height:50px;border-bottom:1px solid ${line}`,
      );
  },
  insetLines() {
    for (let i = 0; i < 20; i++)
      add(
        `<span style="width:36px;height:36px;border-radius:18px;background:hsl(${i * 67} 50% 50%)"></span><span class="g">${words(2)}<br><span class="m">${words(6)}</span></span>`,
        `height:60px;background:linear-gradient(${line},${line}) 66px 100%/100% 1px no-repeat`,
      );
  },
  hovered() {
    for (let i = 0; i < 24; i++)
      add(cells(160, 4), `height:36px;background:${i % 2 || i == 4 ? stripe : 'transparent'}`);
  },
  comments() {
    for (let i = 0; i < 16; i++)
      add(
        `<span style="align-self:flex-start;width:32px;height:32px;border-radius:16px;background:hsl(${i * 77} 50% 50%)"></span><span class="g"><b>${words(1)}</b> <span class="m">${i + 1} h</span><br>${paragraph(upTo(4))}</span>`,
        `padding:10px 16px;line-height:19px;border-bottom:1px solid ${line}`,
      );
  },
  grid() {
    const cell = (html) =>
      `<span style="width:150px;padding:0 10px;line-height:30px;border-right:1px solid ${line}">${html}</span>`;
    for (let i = 0; i < 24; i++)
      add(
        cell(words(1)) + cell(words(2)) + cell((random() * 900).toFixed(1)),
        `height:31px;padding:0;gap:0;border-bottom:1px solid ${line}`,
      );
  },
  nothing() {},
};

LOOKS[query.get('look')]();
const listed = rows.filter(({ flags }) => !flags.heading).map(({ element }) => element);
if (query.has('select') && query.get('look') !== 'pill')
  listed[query.get('select') % listed.length].style.background = selected;
if (query.has('scroll')) rows[0].element.style.marginTop = `-${query.get('scroll')}px`;
window.looks = Object.keys(LOOKS);

window.truth = () => {
  const scale = devicePixelRatio;
  const area = list.getBoundingClientRect();
  const whole = ({ left, top, right, bottom }) => {
    const [x, y] = [Math.round(left * scale), Math.round(top * scale)];
    return { x, y, width: Math.round(right * scale) - x, height: Math.round(bottom * scale) - y };
  };
  const shown = rows.flatMap(({ element, flags }) => {
    const box = element.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, area.top), Math.min(box.bottom, area.bottom)];
    if (bottom - top < 1) return [];
    const { y, height } = whole({ left: 0, right: 0, top, bottom });
    const partial = top > box.top + 0.5 || bottom < box.bottom - 0.5;
    return [{ y, height, ...(partial ? { partial } : {}), ...flags }];
  });
  const buttons = [...document.querySelectorAll('.b')]
    .filter((each) => each.getBoundingClientRect().bottom <= area.bottom)
    .map((each) => ({
      ...whole(each.getBoundingClientRect()),
      color: each.classList.contains('off') ? '#bdbdbd' : '#2e7d32',
    }));
  return { lists: [{ region: whole(area), rows: shown }], ...(buttons.length > 0 ? { buttons } : {}) };
};
