/** What limits must remember over a restart, why a run holds itself back, and the last requests of every run. */
export const limitsAndRequests = {
  number: 3,
  name: 'limits and requests',
  sql: `
  -- A quota by the day. 'used' is ahead of the truth by at most one block, so that a crash never forgets a request.
  CREATE TABLE limit_usage (
    connection TEXT NOT NULL, name TEXT NOT NULL, used INTEGER NOT NULL, ends_at INTEGER NOT NULL,
    PRIMARY KEY (connection, name)) STRICT, WITHOUT ROWID;

  -- A run that paused itself because only a person can help.
  CREATE TABLE run_holds (
    run TEXT PRIMARY KEY, kind TEXT NOT NULL, reason TEXT NOT NULL, next TEXT, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  -- The last requests of a run, redacted. 'refs' lists what a request was about: ordinals of rows, keyed hashes of ids and keys.
  CREATE TABLE requests (
    id INTEGER PRIMARY KEY, run TEXT NOT NULL, at INTEGER NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, purpose TEXT NOT NULL,
    attempt INTEGER NOT NULL, records INTEGER, status INTEGER, outcome TEXT NOT NULL, failed INTEGER NOT NULL, milliseconds INTEGER NOT NULL,
    vendor_request TEXT, sent TEXT, answer TEXT, refs TEXT NOT NULL) STRICT;
  CREATE INDEX requests_of_run ON requests (run, failed, id);
  `,
}
