import { type Clock, PixelproofError } from '../core/index.js';
import type { Lease, LeaseHolder, RunStore, RunSummary } from '../runtime/run-store.js';
import type { IntentEvent, RunState, StoredEvent, TimelineEvent } from '../runtime/timeline.js';
import { type Sqlite, openSqlite, rollBack } from './open-sqlite.js';

/**
 * The run store in one SQLite file, shared by any number of processes of this machine. Every call is one synchronous
 * transaction: about one fsync for a write, during which the event loop stands still. `parse` checks events on their way
 * in and out and throws on what is none. Lease times are wall clock; a clock that jumps ahead lets a lease expire early,
 * which the fence makes harmless. Errors: PXP_STORE, PXP_LEASE.
 *
 * @example
 * const store = await openSqliteRunStore({ file: 'data/runs.sqlite', clock: systemClock, parse });
 */
export async function openSqliteRunStore(
  options: Readonly<{ file: string; clock: Clock; parse: (value: unknown) => TimelineEvent }>,
): Promise<RunStore> {
  return new SqliteRunStore(await openSqlite(options.file), options);
}

/** States in which a run waits for nothing of its own; a parked one waits for a person and is resumed by a new lease. */
const ENDED: ReadonlySet<RunState> = new Set(['done', 'failed', 'cancelled', 'parked']);

interface LeaseRow {
  readonly fence: number;
  readonly run_id: string | null;
  readonly pid: number;
  readonly process_start: string;
  readonly expires_at_ms: number;
}

interface RunRow {
  readonly run_id: string;
  readonly flow: string;
  readonly target: string;
  readonly state: RunState;
  readonly started_at: string;
  readonly ended_at: string | null;
}

interface EventRow {
  readonly run_id: string;
  readonly seq: number;
  readonly at: string;
  readonly data: string;
}

class SqliteRunStore implements RunStore {
  readonly #database: Sqlite;
  readonly #file: string;
  readonly #clock: Clock;
  readonly #parse: (value: unknown) => TimelineEvent;
  readonly #sql: ReturnType<typeof prepare>;
  #closed = false;

  constructor(
    database: Sqlite,
    {
      file,
      clock,
      parse,
    }: Readonly<{ file: string; clock: Clock; parse: (value: unknown) => TimelineEvent }>,
  ) {
    this.#database = database;
    this.#file = file;
    this.#clock = clock;
    this.#parse = parse;
    this.#sql = prepare(database);
  }

  acquireLease({
    target,
    holder,
    ttlMs,
    isAlive,
  }: Readonly<{
    target: string;
    holder: LeaseHolder;
    ttlMs: number;
    isAlive: (holder: LeaseHolder) => boolean;
  }>): Promise<Lease> {
    return this.#write('acquireLease', () => {
      const now = this.#clock.date();
      const current = this.#sql.lease.get(target) as LeaseRow | undefined;
      const held = current === undefined ? undefined : holderOf(current);
      const expired = current !== undefined && current.expires_at_ms <= now.getTime();
      if (held !== undefined && !expired && isAlive(held)) {
        throw new PixelproofError('PXP_LEASE', 'another run works on this target', {
          what: target,
          expected: 'a free target',
          received: `run ${held.runId} of process ${held.pid}, until ${new Date(current!.expires_at_ms).toISOString()}`,
          hint: 'stop that run, or wait for it',
        });
      }
      const fence = (current?.fence ?? 0) + 1;
      this.#sql.grant.run(
        target,
        fence,
        holder.runId,
        holder.pid,
        holder.processStart,
        now.getTime() + ttlMs,
      );
      const why = held === undefined ? 'lease-released' : expired ? 'lease-expired' : 'holder-died';
      for (const { run_id } of this.#sql.unended.all(target) as RunRow[]) {
        this.#insert(run_id, { type: 'run.state', state: 'failed', reason: why }, now);
      }
      return { target, fence };
    });
  }

  renewLease(lease: Lease, { ttlMs }: Readonly<{ ttlMs: number }>): Promise<void> {
    return this.#write('renewLease', () => {
      this.#requireLease(lease);
      this.#sql.renew.run(this.#clock.date().getTime() + ttlMs, lease.target);
    });
  }

  releaseLease(lease: Lease): Promise<void> {
    return this.#write('releaseLease', () => {
      this.#sql.release.run(lease.target, lease.fence);
    });
  }

  createRun({ runId, flow, lease }: Readonly<{ runId: string; flow: string; lease: Lease }>): Promise<void> {
    return this.#write('createRun', () => {
      this.#requireLease(lease);
      this.#sql.createRun.run(runId, flow, lease.target, 'queued', this.#clock.date().toISOString());
    });
  }

  append(runId: string, lease: Lease, event: TimelineEvent): Promise<StoredEvent> {
    return this.#write('append', () => {
      const checked = this.#parse(event);
      this.#requireLease(lease);
      const run = this.#sql.run.get(runId) as RunRow | undefined;
      if (run?.target !== lease.target) {
        throw new PixelproofError('PXP_STORE', 'events go to a run on the target of their lease', {
          what: runId,
          expected: `a run on ${lease.target}`,
          received: run === undefined ? 'an unknown run' : `one on ${run.target}`,
        });
      }
      return this.#insert(runId, checked, this.#clock.date());
    });
  }

  openIntents(target: string): Promise<readonly IntentEvent[]> {
    return this.#read('openIntents', () =>
      (this.#sql.openIntents.all(target) as EventRow[]).map((row) => this.#event(row) as IntentEvent),
    );
  }

  run(runId: string): Promise<RunSummary | undefined> {
    return this.#read('run', () => {
      const row = this.#sql.run.get(runId) as RunRow | undefined;
      return row === undefined ? undefined : summary(row);
    });
  }

  runs(): Promise<readonly RunSummary[]> {
    return this.#read('runs', () => (this.#sql.runs.all() as RunRow[]).map(summary));
  }

  events(runId: string): Promise<readonly StoredEvent[]> {
    return this.#read('events', () =>
      (this.#sql.events.all(runId) as EventRow[]).map((row) => this.#event(row)),
    );
  }

  close(): Promise<void> {
    return this.#read('close', () => {
      if (this.#closed) return;
      this.#closed = true;
      this.#database.close();
    });
  }

  #insert(runId: string, event: TimelineEvent, date: Date): StoredEvent {
    const at = date.toISOString();
    const { seq } = this.#sql.nextSeq.get(runId) as { seq: number };
    this.#sql.insert.run(runId, seq, at, event.type, intentIdOf(event), JSON.stringify(event));
    if (event.type === 'run.state') {
      this.#sql.setState.run(event.state, ENDED.has(event.state) ? at : null, runId);
    }
    return { ...event, runId, seq, at };
  }

  #event({ run_id: runId, seq, at, data }: EventRow): StoredEvent {
    try {
      return { ...this.#parse(JSON.parse(data)), runId, seq, at };
    } catch (error) {
      throw new PixelproofError('PXP_STORE', 'the stored event is not one this version knows', {
        what: runId,
        where: `${seq}`,
        cause: error,
      });
    }
  }

  #requireLease({ target, fence }: Lease): void {
    const current = this.#sql.lease.get(target) as LeaseRow | undefined;
    if (current?.fence === fence && current.run_id !== null) return;
    throw new PixelproofError('PXP_LEASE', 'this run no longer holds the target', {
      what: target,
      expected: `lease ${fence}`,
      received:
        current === undefined
          ? 'none'
          : `lease ${current.fence}${current.run_id === null ? ', released' : ` of run ${current.run_id}`}`,
    });
  }

  #write<T>(what: string, work: () => T): Promise<T> {
    return this.#read(what, () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack(this.#database);
        throw error;
      }
    });
  }

  /** Runs at once, so calls take effect in the order they are made; what it throws becomes the promise's rejection. */
  #read<T>(what: string, work: () => T): Promise<T> {
    return new Promise((resolve) => {
      try {
        resolve(work());
      } catch (error) {
        if (error instanceof PixelproofError) throw error;
        throw new PixelproofError('PXP_STORE', `${what} failed`, { what: this.#file, cause: error });
      }
    });
  }
}

function prepare(database: Sqlite) {
  const sql = (text: string) => database.prepare(text);
  return {
    lease: sql('SELECT * FROM leases WHERE target = ?'),
    grant: sql(
      `INSERT INTO leases (target, fence, run_id, pid, process_start, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (target) DO UPDATE SET fence = excluded.fence, run_id = excluded.run_id, pid = excluded.pid,
         process_start = excluded.process_start, expires_at_ms = excluded.expires_at_ms`,
    ),
    renew: sql('UPDATE leases SET expires_at_ms = ? WHERE target = ?'),
    release: sql('UPDATE leases SET run_id = NULL WHERE target = ? AND fence = ?'),
    createRun: sql('INSERT INTO runs (run_id, flow, target, state, started_at) VALUES (?, ?, ?, ?, ?)'),
    setState: sql('UPDATE runs SET state = ?, ended_at = ? WHERE run_id = ?'),
    run: sql('SELECT * FROM runs WHERE run_id = ?'),
    runs: sql('SELECT * FROM runs ORDER BY rowid DESC'),
    unended: sql('SELECT * FROM runs WHERE target = ? AND ended_at IS NULL ORDER BY rowid'),
    nextSeq: sql('SELECT COALESCE(MAX(seq), 0) + 1 AS seq FROM events WHERE run_id = ?'),
    insert: sql('INSERT INTO events (run_id, seq, at, type, intent_id, data) VALUES (?, ?, ?, ?, ?, ?)'),
    events: sql('SELECT * FROM events WHERE run_id = ? ORDER BY seq'),
    openIntents: sql(
      `SELECT intent.* FROM events AS intent JOIN runs USING (run_id)
       WHERE runs.target = ? AND intent.type = 'step.intent' AND NOT EXISTS (
         SELECT 1 FROM events AS verdict
         WHERE verdict.intent_id = intent.intent_id AND verdict.type IN ('step.verdict', 'step.withdrawn'))
       ORDER BY intent.rowid`,
    ),
  };
}

function holderOf({ run_id: runId, pid, process_start: processStart }: LeaseRow): LeaseHolder | undefined {
  return runId === null ? undefined : { runId, pid, processStart };
}

function intentIdOf(event: TimelineEvent): string | null {
  return 'intentId' in event ? event.intentId : null;
}

function summary(row: RunRow): RunSummary {
  const { run_id: runId, flow, target, state, started_at: startedAt, ended_at: endedAt } = row;
  return { runId, flow, target, state, startedAt, endedAt };
}
