/**
 * One number in [0, 1) that depends only on the seed, the name of what is drawn, and its ordinal. Draws do not share a
 * stream, so adding a draw of one kind (or one row more) never changes another: the same seed repeats the same run.
 *
 * Source: names are hashed by FNV-1a, 32 bit (Fowler, Noll, Vo, http://www.isthe.com/chongo/tech/comp/fnv/); the number
 * is the first output of mulberry32 (Tommy Ettinger, public domain,
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c) started from that hash and the seed.
 *
 * @param {number} seed 32-bit unsigned integer
 * @param {string} name what is drawn, e.g. 'lost'
 * @param {number} ordinal which one, e.g. the number of the click
 * @returns {number}
 */
export function draw(seed, name, ordinal) {
  return mulberry32((fnv1a(`${name}:${ordinal}`) ^ Math.imul(seed, 0x9e3779b1)) >>> 0);
}

/** The same, scaled to [low, high). */
export function drawBetween(seed, name, ordinal, low, high) {
  return low + draw(seed, name, ordinal) * (high - low);
}

function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

function mulberry32(state) {
  const a = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
