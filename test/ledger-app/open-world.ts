import { parseMisbehave } from '../../calibrations/ledger/app/misbehave.mjs';
import type { Misbehaviour } from '../../calibrations/ledger/app/misbehave.mjs';
import { makeRows } from '../../calibrations/ledger/app/rows.mjs';
import type { LedgerRow } from '../../calibrations/ledger/app/rows.mjs';
import { createWorld } from '../../calibrations/ledger/app/world.mjs';
import type { Hit, World } from '../../calibrations/ledger/app/world.mjs';
import { simulatedTime } from './simulated-time.js';
import type { SimulatedTime } from './simulated-time.js';

export interface OpenWorld {
  world: World;
  time: SimulatedTime;
  crashes: () => number;
  /** A click on whatever this is, by the page that is signed in now; answers its record. */
  click: (hit: Hit | null, epoch?: number) => ReturnType<World['click']>;
  /** Clicks the top row, answers its popups and waits until it is gone. Needs a world that loses nothing. */
  collectTop: () => void;
}

/** A ledger on simulated time. Without `rows` its rows are plain: none asks for confirmation, none is ever disabled. */
export function openWorld(
  options: Readonly<{
    rows?: LedgerRow[];
    count?: number;
    seed?: number;
    misbehave?: Partial<Misbehaviour>;
  }> = {},
): OpenWorld {
  const { seed = 1, count = 20, misbehave = {} } = options;
  const rows = options.rows ?? plainRows({ seed, count });
  const time = simulatedTime();
  let crashes = 0;
  const world = createWorld({
    rows,
    misbehave: parseMisbehave(misbehave),
    seed,
    clock: time,
    onCrash: () => (crashes += 1),
  });
  const click: OpenWorld['click'] = (hit, epoch = world.signIn()) => world.click({ x: 7, y: 9, hit, epoch });

  function collectTop(): void {
    const top = world.view().rows[0].id;
    for (let tries = 0; world.view().rows[0]?.id === top; tries += 1) {
      if (tries > 20) throw new Error(`row ${String(top)} cannot be collected`);
      const { popup } = world.view();
      if (popup?.kind === 'announcement') click({ kind: 'dismiss', number: popup.number });
      else if (popup?.kind === 'confirm') click({ kind: 'confirm', row: popup.row.id });
      else click({ kind: 'action', row: top });
      time.advance(700);
    }
  }
  return { world, time, crashes: () => crashes, click, collectTop };
}

export function plainRows(options: Readonly<{ seed: number; count: number }>): LedgerRow[] {
  return makeRows(options).map((row) => ({ ...row, needsConfirmation: false, disabledMs: 0 }));
}
