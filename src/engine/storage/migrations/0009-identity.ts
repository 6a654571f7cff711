/** Who is one person: runs of the rules with their figures, what people decided, and pairs that they judged. */
export const identity = {
  number: 9,
  name: 'identity',
  sql: `
  -- One row per run of the rules. 'figures' is JSON: identityRun, ruleFigures and keyFigures as the contract has them.
  -- Which records and entities there are is an index file, to which data_files points (kind 'identity', scope: the definition).
  CREATE TABLE identity_runs (
    run INTEGER PRIMARY KEY, identity TEXT NOT NULL, at INTEGER NOT NULL, rules_version TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('full', 'incremental', 'decisions only')), figures TEXT NOT NULL) STRICT;
  CREATE INDEX identity_runs_of ON identity_runs (identity, run);

  -- What people decided; 'parts' is JSON, references of records. Undone ones stay, with who and why.
  CREATE TABLE identity_decisions (
    id TEXT PRIMARY KEY, identity TEXT NOT NULL, seq INTEGER NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('link', 'split', 'never the same', 'survivor', 'fix at source')),
    parts TEXT NOT NULL, column_name TEXT, record_fingerprint TEXT, reason TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL,
    undone_by TEXT, undone_at INTEGER, undo_reason TEXT, overruled INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE INDEX identity_decisions_of ON identity_decisions (identity, seq);

  -- Pairs that a rule joined, drawn for judging.
  CREATE TABLE identity_pairs (
    id TEXT PRIMARY KEY, identity TEXT NOT NULL, place INTEGER NOT NULL, rule TEXT NOT NULL, rules_version TEXT NOT NULL,
    one TEXT NOT NULL, other TEXT NOT NULL, drawn_at INTEGER NOT NULL,
    verdict TEXT CHECK (verdict IN ('same', 'different', 'cannot say')), by TEXT, at INTEGER) STRICT;
  CREATE INDEX identity_pairs_of ON identity_pairs (identity, place);
  `,
}
