/** What recovery needs to know of a row: since when its request is out, how often it went again unproved, when it was proved. */
export const execution = {
  number: 5,
  name: 'execution',
  sql: `
  -- 'first_sent_at' does not move when a row is sent again; 'resends' counts sends of a row that may have arrived before.
  -- 'proof' is the number of the run's end that publishes the row's read-back.
  ALTER TABLE journal ADD COLUMN first_sent_at INTEGER;
  ALTER TABLE journal ADD COLUMN resends INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE journal ADD COLUMN proof INTEGER;
  -- How often the run has ended and published what it had proved.
  ALTER TABLE runs ADD COLUMN ends INTEGER NOT NULL DEFAULT 0;
  UPDATE runs SET ends = 1 WHERE state IN ('done', 'stopped', 'failed') OR id IN (SELECT scope FROM data_files WHERE kind = 'receipts');
  `,
}
