/** Stands in the file's user_version. A change of the tables raises it and adds the statements that lead there. */
export const RUN_STORE_VERSION = 1;

export const RUN_STORE_SCHEMA = `
  CREATE TABLE runs (
    run_id     TEXT PRIMARY KEY,
    flow       TEXT NOT NULL,
    target     TEXT NOT NULL,
    state      TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at   TEXT
  );
  CREATE INDEX runs_by_target ON runs (target);

  CREATE TABLE events (
    run_id    TEXT NOT NULL REFERENCES runs (run_id),
    seq       INTEGER NOT NULL,
    at        TEXT NOT NULL,
    type      TEXT NOT NULL,
    intent_id TEXT,
    data      TEXT NOT NULL,
    PRIMARY KEY (run_id, seq)
  );
  CREATE INDEX events_by_intent ON events (intent_id, type) WHERE intent_id IS NOT NULL;

  -- A released lease keeps its row with run_id NULL, so that its fence is never granted again.
  CREATE TABLE leases (
    target        TEXT PRIMARY KEY,
    fence         INTEGER NOT NULL,
    run_id        TEXT,
    pid           INTEGER,
    process_start TEXT,
    expires_at_ms INTEGER
  );
`;
