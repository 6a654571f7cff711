/** What a read showed of the ids that destinations answer with when a record is made. */
export const answeredIds = {
  number: 12,
  name: 'answered ids',
  sql: `
  -- The record in which a read by its match key found what was made, where it is another than the one that was answered;
  -- '' where the read found it in none. NULL: as answered.
  ALTER TABLE journal ADD COLUMN read_id TEXT;
  CREATE INDEX journal_found_nowhere ON journal (run) WHERE read_id = '';
  -- Whether an id was answered before, for somebody else.
  CREATE INDEX journal_made ON journal (remote_id) WHERE operation = 'create' AND remote_id IS NOT NULL;
  `,
}
