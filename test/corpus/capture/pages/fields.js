const query = new URLSearchParams(location.search);
const input = document.querySelector('input');
document.body.className = query.get('theme') ?? '';
for (const name of ['font', 'textAlign']) if (query.has(name)) input.style[name] = query.get(name);
for (const name of ['placeholder', 'type']) if (query.has(name)) input[name] = query.get(name);

/** `caret`: before which character it stands; without it, the field has no focus. */
window.put = (text, { caret } = {}) => {
  input.value = text;
  input.blur();
  if (caret === undefined) return;
  input.focus();
  input.setSelectionRange(caret, caret);
};

/** The inside of the field, in pixels of the picture, and its text; `at` is where the first character begins. */
window.typed = () => {
  const { left, top, width, height } = input.getBoundingClientRect();
  const [edge, scale] = [input.clientLeft, devicePixelRatio];
  const ink = document.createElement('canvas').getContext('2d');
  ink.font = getComputedStyle(input).font;
  const free = width - 2 * edge - 16 - ink.measureText(input.value).width;
  const at = getComputedStyle(input).textAlign === 'center' ? free / 2 : -input.scrollLeft;
  return {
    region: {
      x: Math.ceil((left + edge) * scale),
      y: Math.ceil((top + edge) * scale),
      width: Math.floor((width - 2 * edge) * scale) - 1,
      height: Math.floor((height - 2 * edge) * scale) - 1,
    },
    text: input.value,
    at,
  };
};
