/** The first schema. Never edited once merged; later changes are migrations of their own. */
export const foundation = {
  number: 1,
  name: 'foundation',
  sql: `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- One writer per workspace. A shell that finds a live owner becomes its client.
  CREATE TABLE owner_lease (
    id INTEGER PRIMARY KEY CHECK (id = 1), process INTEGER NOT NULL, host TEXT NOT NULL,
    taken_at INTEGER NOT NULL, beat_at INTEGER NOT NULL, socket TEXT) STRICT;

  -- A stored copy of every definition that a plan used, by content hash.
  CREATE TABLE definition_copies (
    hash TEXT PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, stored_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- Immutable data files and what they are for. 'scope' is connection/object or activation.
  CREATE TABLE data_files (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, scope TEXT NOT NULL, path TEXT NOT NULL, sequence INTEGER NOT NULL,
    rows INTEGER NOT NULL, created_at INTEGER NOT NULL, retired_at INTEGER) STRICT, WITHOUT ROWID;
  CREATE INDEX data_files_live ON data_files (kind, scope, sequence) WHERE retired_at IS NULL;
  CREATE TABLE sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- Until when an activation has read the destination's changes (changed since).
  CREATE TABLE read_marks (activation TEXT PRIMARY KEY, read_until TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- 'number' orders plans and runs among each other, whatever the clock says.
  CREATE TABLE plans (
    id TEXT PRIMARY KEY, activation TEXT NOT NULL, connection TEXT NOT NULL, object TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ordinary', 'trial', 'revert')), state TEXT NOT NULL,
    plan_hash TEXT NOT NULL, header TEXT NOT NULL, counts TEXT NOT NULL, read_scope TEXT NOT NULL,
    guards TEXT NOT NULL, number INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, opened_at INTEGER,
    folder TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX plans_by_activation ON plans (activation, created_at);

  -- d and a travel with the answer, so that it carries into the next plan while both hold.
  CREATE TABLE answers (
    plan TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL, kind TEXT NOT NULL, value TEXT, d TEXT, a TEXT,
    reason TEXT, by TEXT NOT NULL, at INTEGER NOT NULL, policy TEXT, expires_at INTEGER,
    PRIMARY KEY (plan, record, field)) STRICT, WITHOUT ROWID;
  CREATE TABLE selections (
    plan TEXT NOT NULL, record TEXT NOT NULL, selected INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, policy TEXT,
    PRIMARY KEY (plan, record)) STRICT, WITHOUT ROWID;
  CREATE TABLE approvals (
    plan TEXT PRIMARY KEY, plan_hash TEXT NOT NULL, decision_hash TEXT NOT NULL, approved_by TEXT NOT NULL, at INTEGER NOT NULL,
    confirmed_count INTEGER) STRICT, WITHOUT ROWID;
  CREATE TABLE guard_lifts (
    plan TEXT NOT NULL, guard TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (plan, guard)) STRICT, WITHOUT ROWID;

  CREATE TABLE standing_answers (
    connection TEXT NOT NULL, object TEXT NOT NULL, remote_id TEXT NOT NULL, field TEXT NOT NULL,
    d TEXT, a TEXT, kind TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, run TEXT,
    PRIMARY KEY (connection, object, remote_id, field)) STRICT, WITHOUT ROWID;
  CREATE TABLE overrides (
    activation TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, reason TEXT NOT NULL,
    owner TEXT NOT NULL, at INTEGER NOT NULL, expires_at INTEGER,
    PRIMARY KEY (activation, record, field)) STRICT, WITHOUT ROWID;

  -- 'counts' (JSON) moves in the transaction that moves a row; pending is what is left of planned.
  -- All ordinals below next_ordinal are in the journal.
  CREATE TABLE runs (
    id TEXT PRIMARY KEY, plan TEXT NOT NULL UNIQUE, activation TEXT NOT NULL, connection TEXT NOT NULL, object TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, paused INTEGER NOT NULL DEFAULT 0, cancelling INTEGER NOT NULL DEFAULT 0,
    planned INTEGER NOT NULL, next_ordinal INTEGER NOT NULL DEFAULT 0, batches INTEGER NOT NULL DEFAULT 0,
    counts TEXT NOT NULL, started_by TEXT NOT NULL,
    number INTEGER NOT NULL, started_at INTEGER NOT NULL, finished_at INTEGER) STRICT, WITHOUT ROWID;
  CREATE INDEX runs_open ON runs (state) WHERE state IN ('approved', 'applying', 'verifying');

  -- Intent first: a row is inserted as 'sent' before its request leaves. Rows not here yet are pending.
  CREATE TABLE journal (
    run TEXT NOT NULL, ordinal INTEGER NOT NULL, record TEXT NOT NULL, label TEXT NOT NULL, remote_id TEXT, operation TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT, message TEXT, detail TEXT, field TEXT, batch INTEGER, position INTEGER, payload_hash TEXT,
    job TEXT, existed INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, sent_at INTEGER, settled_at INTEGER, verification TEXT,
    PRIMARY KEY (run, ordinal)) STRICT, WITHOUT ROWID;

  CREATE TABLE pauses (
    scope TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT) STRICT, WITHOUT ROWID;

  CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, subject TEXT,
    data TEXT NOT NULL, previous_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
  `,
}
