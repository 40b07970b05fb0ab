import { draw, drawBetween } from './random.mjs';

const NAMES = [
  'Aldgate Paper Co.',
  'Birch & Sons',
  'Cobalt Freight',
  'Dovetail Joinery',
  'Eastwick Dairy',
  'Fernhill Optics',
  'Gannet Shipping',
  'Harrow Textiles',
  'Ironbridge Tools',
  'Juniper Foods',
  'Kestrel Print',
  'Lowland Energy',
  'Marrow Bakery',
  'Northgate Labs',
  'Oakum Marine',
  'Pembroke Glass',
  'Quarry Stone Ltd',
  'Redwood Legal',
  'Saltmarsh Farm',
  'Thistle Hotels',
];
const MEMOS = [
  'Invoice, net 30',
  'Monthly retainer',
  'Freight and handling',
  'Second reminder',
  'Deposit returned',
  'Annual licence',
  'Repair, part two',
  'Consulting, 12 h',
  'Rent, unit 4',
  'Credit note',
  'Samples, spring',
  'Travel expenses',
];
// One row in each block, at a drawn place: about 8 and 6 percent, without the long stretches that have none.
const CONFIRM_BLOCK = 12;
const DISABLED_BLOCK = 16;

/**
 * The rows of the ledger, in list order. Row `id` counts from 1 and is the server's own; what is drawn is `label`, `name`,
 * `memo`, `amount`, `date` and `height`. A row depends only on the seed and its id, so a longer list starts with the same
 * rows. With `equal`, that share of rows looks exactly like the row before it and can be told apart only by its id.
 *
 * @param {{seed: number, count: number, equal?: number}} options
 */
export function makeRows({ seed, count, equal = 0 }) {
  const rows = [];
  for (let id = 1; id <= count; id += 1) {
    const behaviour = {
      id,
      needsConfirmation: isChosen(seed, 'row-confirm', id, CONFIRM_BLOCK),
      disabledMs: isChosen(seed, 'row-disabled', id, DISABLED_BLOCK)
        ? Math.round(drawBetween(seed, 'row-disabled-ms', id, 400, 1900))
        : 0,
    };
    const copiesPrevious = id > 1 && draw(seed, 'row-equal', id) < equal;
    rows.push({ ...(copiesPrevious ? rows[id - 2] : appearance(seed, id)), ...behaviour });
  }
  return rows;
}

function isChosen(seed, name, id, blockSize) {
  const block = Math.floor((id - 1) / blockSize);
  return (id - 1) % blockSize === Math.floor(draw(seed, name, block) * blockSize);
}

function appearance(seed, id) {
  const month = 1 + Math.floor(draw(seed, 'row-month', id) * 6);
  const day = 1 + Math.floor(draw(seed, 'row-day', id) * 28);
  return {
    label: `#${String(id).padStart(4, '0')}`,
    name: NAMES[Math.floor(draw(seed, 'row-name', id) * NAMES.length)],
    memo: MEMOS[Math.floor(draw(seed, 'row-memo', id) * MEMOS.length)],
    amountCents: Math.round(drawBetween(seed, 'row-amount', id, 1000, 999999)),
    date: `2025-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    height: 50 + Math.floor(draw(seed, 'row-height', id) * 9),
  };
}
