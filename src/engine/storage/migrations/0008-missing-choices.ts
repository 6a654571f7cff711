/** What people decided about linked records that are gone or were merged. */
export const missingChoices = {
  number: 8,
  name: 'missing choices',
  sql: `
  -- Per product key, as links are. 'remote_id' is the record it was said of, 'moved_to' the one it was merged into;
  -- 'entry' is the audit entry of the choice: a plan that began to read later knows of it.
  CREATE TABLE missing_choices (
    connection TEXT NOT NULL, object TEXT NOT NULL, product TEXT NOT NULL, record TEXT NOT NULL,
    choice TEXT NOT NULL CHECK (choice IN ('re-create', 'follow', 'forget', 'taken back', 'done')),
    cause TEXT NOT NULL, remote_id TEXT NOT NULL, moved_to TEXT, reason TEXT, by TEXT NOT NULL, at INTEGER NOT NULL,
    plan TEXT NOT NULL, entry INTEGER NOT NULL,
    PRIMARY KEY (connection, object, product, record)) STRICT, WITHOUT ROWID;
  `,
}
