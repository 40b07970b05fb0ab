import { MAX_VISIBLE_ROWS, SETTINGS } from './layout.mjs';
import { draw, drawBetween } from './random.mjs';

const TOAST_MS = 1200;
const FIRST_ANNOUNCEMENT_AFTER = 5;

/**
 * The ledger itself: which rows are left, what is open over them, what every click did. It owns no socket and no clock of
 * its own, so delayed effects outlive the page that asked for them and a test runs it on simulated time.
 *
 * The session is an epoch: a page signs in to the current one, and an expiry begins the next. Clicks that belong to an
 * epoch that has ended are recorded and do nothing, also when their effect was already on its way.
 *
 * @param {object} options
 * @param {ReturnType<import('./rows.mjs').makeRows>} options.rows
 * @param {import('./misbehave.mjs').Misbehaviour} options.misbehave
 * @param {number} options.seed
 * @param {{now(): number, setTimeout(run: () => void, ms: number): unknown, clearTimeout(timer: unknown): void}} options.clock
 * @param {() => void} [options.onChange] called once after each change of the view
 * @param {() => void} [options.onCrash] called once when the renderer is to crash, after the change that caused it
 */
export function createWorld({ rows, misbehave, seed, clock, onChange = () => {}, onCrash = () => {} }) {
  const startedAt = clock.now();
  const timers = new Set();
  const remaining = [...rows];
  const collected = [];
  const clicks = [];
  const settings = Object.fromEntries(SETTINGS.map(({ name }, i) => [name, i % 2 === 0]));
  const counts = { doubles: 0, expired: 0, lost: 0, announced: 0, crashes: 0 };
  let version = 1;
  let epoch = 1;
  let confirming = null;
  let announcing = false;
  let toast = null;
  let toastTimer = null;
  let topId = null;
  let lockedId = null;
  let crashDue = false;
  lockTopRow();

  return {
    /** Records one click and applies or schedules its effect. `epoch` is the session the page belongs to. */
    click({ x, y, hit, epoch: sessionEpoch }) {
      const n = clicks.length + 1;
      const disabled = hit?.kind === 'action' && hit.row === lockedId;
      // Signing in again is all that a page of an ended session can do, and the only thing no other page can.
      const canAct = hit !== null && !disabled && (hit.kind === 'signin') === (sessionEpoch !== epoch);
      const click = {
        n,
        x,
        y,
        atMs: Math.round(clock.now() - startedAt),
        row: hit?.kind === 'action' && !disabled ? hit.row : null,
        hit,
        disabled,
        lost: canAct && draw(seed, 'lost', n) < misbehave.lost,
        delayMs: canAct ? Math.round(draw(seed, 'delay', n) * misbehave.delay) : 0,
        effect: 'none',
      };
      clicks.push(click);
      if (click.lost) counts.lost += 1;
      if (canAct && !click.lost) {
        if (click.delayMs === 0) {
          run(click, sessionEpoch);
        } else {
          click.effect = 'pending';
          after(click.delayMs, () => run(click, sessionEpoch));
        }
      }
      return { n, delayMs: click.delayMs, effect: click.effect };
    },

    /** The epoch a new sign-in belongs to. */
    signIn: () => epoch,

    /** Whether a session of this epoch is still signed in. */
    isLive: (sessionEpoch) => sessionEpoch === epoch,

    /** What a page may know: only what it can draw. */
    view: () => ({
      version,
      rows: remaining
        .slice(0, MAX_VISIBLE_ROWS)
        .map((row) => ({ ...shown(row), enabled: row.id !== lockedId })),
      archive: collected.slice(-MAX_VISIBLE_ROWS).reverse().map(shown),
      remaining: remaining.length,
      collected: collected.length,
      report: report(remaining, collected),
      popup: popup(),
      toast,
      settings: { ...settings },
    }),

    /** Everything that really happened; the engine under test never reads it. */
    truth: () => ({
      clicks: clicks.map((click) => ({ ...click })),
      collected: collected.map(({ id }) => id),
      ...counts,
      remaining: remaining.length,
      popup: popup()?.kind ?? null,
    }),

    /** Cancels every effect that is still on its way. */
    close() {
      for (const timer of timers) clock.clearTimeout(timer);
      timers.clear();
    },
  };

  function run(click, sessionEpoch) {
    const place = remaining.findIndex(({ id }) => click.hit.kind === 'action' && id === click.hit.row);
    click.effect = apply(click.hit, sessionEpoch);
    commit();
    if (draw(seed, 'double', click.n) < misbehave.double) {
      after(drawBetween(seed, 'double-ms', click.n, 60, 140), () => runAgain(click, place, sessionEpoch));
    }
  }

  /** The second firing of a doubled click. It is at the same place, where another row may be by now. */
  function runAgain(click, place, sessionEpoch) {
    const row = remaining[place];
    if (click.hit.kind === 'action' && row === undefined) return;
    const hit = click.hit.kind === 'action' ? { kind: 'action', row: row.id } : click.hit;
    if (apply(hit, sessionEpoch) === 'none') return;
    counts.doubles += 1;
    if (hit.kind === 'action') click.doubledOnto = row.id;
    commit();
  }

  function apply(hit, sessionEpoch) {
    if (sessionEpoch !== epoch) return hit.kind === 'signin' ? 'signin' : 'none';
    switch (hit.kind) {
      case 'action': {
        const row = remaining.find(({ id }) => id === hit.row);
        if (row === undefined || row.id === lockedId || popup() !== null) return 'none';
        if (!row.needsConfirmation) return collect(row);
        confirming = row;
        return 'opened';
      }
      case 'confirm':
      case 'cancel': {
        // Bound to its own popup: a late click must not answer the one that is open by then.
        if (popup()?.kind !== 'confirm' || confirming.id !== hit.row) return 'none';
        const row = confirming;
        confirming = null;
        return hit.kind === 'confirm' ? collect(row) : 'cancelled';
      }
      case 'dismiss':
        if (!announcing || counts.announced !== hit.number) return 'none';
        announcing = false;
        return 'dismissed';
      case 'toggle':
        if (popup() !== null) return 'none';
        settings[hit.name] = !settings[hit.name];
        return 'toggled';
      case 'tab':
        // Which tab is active is the page's own affair; the world only says whether it may change.
        return popup() === null ? 'tab' : 'none';
      default:
        return 'none';
    }
  }

  function collect(row) {
    remaining.splice(remaining.indexOf(row), 1);
    collected.push(row);
    lockTopRow();
    showToast(`Collected ${row.label}`);
    const count = collected.length;
    if (count === FIRST_ANNOUNCEMENT_AFTER || every(misbehave.announce, count)) {
      after(drawBetween(seed, 'announce-ms', count, 0, 600), announce);
    }
    if (every(misbehave.expire, count)) {
      epoch += 1;
      counts.expired += 1;
    }
    if (misbehave.crash > 0 && count >= misbehave.crash && counts.crashes === 0) {
      counts.crashes = 1;
      crashDue = true;
    }
    return 'collected';
  }

  function lockTopRow() {
    const top = remaining[0];
    if (top === undefined || top.id === topId) return;
    topId = top.id;
    lockedId = top.disabledMs > 0 ? top.id : null;
    if (lockedId === null) return;
    after(top.disabledMs, () => {
      if (lockedId !== top.id) return;
      lockedId = null;
      commit();
    });
  }

  function showToast(text) {
    toast = text;
    if (toastTimer !== null) cancel(toastTimer);
    toastTimer = after(TOAST_MS, () => {
      toast = null;
      toastTimer = null;
      commit();
    });
  }

  function announce() {
    if (announcing) return;
    announcing = true;
    counts.announced += 1;
    commit();
  }

  /** An announcement lies over a confirmation that was open before it, which comes back when it is dismissed. */
  function popup() {
    if (announcing) return { kind: 'announcement', number: counts.announced };
    if (confirming !== null) return { kind: 'confirm', row: shown(confirming) };
    return null;
  }

  function commit() {
    version += 1;
    onChange();
    if (!crashDue) return;
    crashDue = false;
    onCrash();
  }

  function after(ms, effect) {
    const timer = clock.setTimeout(() => {
      timers.delete(timer);
      effect();
    }, ms);
    timers.add(timer);
    return timer;
  }

  function cancel(timer) {
    clock.clearTimeout(timer);
    timers.delete(timer);
  }
}

const every = (n, count) => n > 0 && count % n === 0;

const shown = ({ id, label, name, memo, amountCents, date, height }) => ({
  id,
  label,
  name,
  memo,
  amountCents,
  date,
  height,
});

/** Open and collected amounts by month, for the chart. */
function report(remaining, collected) {
  const months = ['01', '02', '03', '04', '05', '06'].map((month) => ({
    month,
    openCents: 0,
    collectedCents: 0,
  }));
  for (const row of remaining) months[Number(row.date.slice(5, 7)) - 1].openCents += row.amountCents;
  for (const row of collected) months[Number(row.date.slice(5, 7)) - 1].collectedCents += row.amountCents;
  return months;
}
