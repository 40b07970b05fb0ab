// What is drawn where, by the document: `remember()` keeps it, `places()` says of some places whether it has changed since.
// A page has elements of the ids top, tabs and main, and a box, which may come with a veil over everything else.
{
  const ITEMS = '.row, .card, .field, p, #side > div';
  /** As far as a shadow reaches, and a box's own border. */
  const SHADOW = 40;
  /** Of a place, below which a box over it is not counted. */
  const LEAST_COVER = 0.1;
  const byId = (id) => document.getElementById(id);
  const boxOf = (element) => element.getBoundingClientRect();
  const common = (a, b) => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const area = ({ left, top, right, bottom }) => Math.max(0, right - left) * Math.max(0, bottom - top);

  /** Every element in a place: where, what it says, and its colours. Each part cuts off what sticks out of it. */
  const drawn = (place) =>
    JSON.stringify(
      [byId('top'), byId('tabs'), byId('main')]
        .filter((part) => part !== null)
        .flatMap((part) => [part, ...part.querySelectorAll('*')].map((element) => ({ part, element })))
        .map(({ part, element }) => ({
          element,
          shown: common(boxOf(element), common(boxOf(part), place)),
        }))
        .filter(({ shown }) => area(shown) > 0)
        .map(({ element, shown }) => {
          const { backgroundColor, color, borderColor, borderWidth, outline } = getComputedStyle(element);
          const text = element.children.length === 0 ? element.textContent : '';
          return [shown, boxOf(element), text, backgroundColor, color, borderColor, borderWidth, outline];
        }),
    );

  let remembered = [];
  window.remember = () => {
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const items = [...document.querySelectorAll(ITEMS)]
      .map((element) => common(boxOf(element), screen))
      .filter(({ top, bottom }) => bottom - top >= 20);
    const some = [0, 2, 5].flatMap((i) => items.slice(i, i + 1));
    const parts = ['top', 'tabs', 'main'].map((id) => common(boxOf(byId(id)), screen));
    remembered = [...parts, ...some].map((place) => ({ place, was: drawn(place) }));
  };

  /** What a box's shadow alone may have changed is left out. */
  window.places = () => {
    const box = boxOf(byId('box'));
    const near = {
      left: box.left - SHADOW,
      top: box.top - SHADOW,
      right: box.right + SHADOW,
      bottom: box.bottom + SHADOW,
    };
    const isVeiled = getComputedStyle(byId('veil')).display !== 'none';
    const isOpen = area(box) > 0;
    return remembered.flatMap(({ place, was }) => {
      const cover = isOpen ? area(common(box, place)) / area(place) : 0;
      const changed = isVeiled || cover >= LEAST_COVER || drawn(place) !== was;
      if (!changed && isOpen && area(common(near, place)) > 0) return [];
      const { left: x, top: y, right, bottom } = place;
      const scale = devicePixelRatio;
      const [left, top] = [Math.round(x * scale), Math.round(y * scale)];
      const [width, height] = [Math.round(right * scale) - left, Math.round(bottom * scale) - top];
      return [{ x: left, y: top, width, height, changed }];
    });
  };
}
