/** Who wrote an entry of the audit, provable with the workspace's key; and the entries of one subject, found at once. */
export const auditSeals = {
  number: 11,
  name: 'audit seals',
  sql: `
  -- HMAC of the entry's hash with a key that lies outside the database. NULL: written before there were seals.
  ALTER TABLE audit ADD COLUMN seal TEXT;
  CREATE INDEX audit_of_subject ON audit (subject, sequence) WHERE subject IS NOT NULL;
  `,
}
