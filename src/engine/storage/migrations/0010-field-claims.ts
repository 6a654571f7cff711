/** Since when each activation writes which field: of two that clash, the one that was there before goes on. */
export const fieldClaims = {
  number: 10,
  name: 'field claims',
  sql: `
  CREATE TABLE field_claims (
    activation TEXT NOT NULL, connection TEXT NOT NULL, object TEXT NOT NULL, field TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (connection, object, field, activation)) STRICT, WITHOUT ROWID;
  -- What plans of before tell of it.
  INSERT INTO field_claims (activation, connection, object, field, since)
    SELECT p.activation, p.connection, p.object, f.key, min(p.number) FROM plans p, json_each(p.header, '$.fieldLabels') f
    WHERE p.kind <> 'revert' AND json_extract(p.header, '$.membership') IS NULL GROUP BY p.activation, p.connection, p.object, f.key;
  INSERT INTO field_claims (activation, connection, object, field, since)
    SELECT activation, connection, object, 'membership', min(number) FROM plans
    WHERE kind <> 'revert' AND json_extract(header, '$.membership') IS NOT NULL GROUP BY activation, connection, object;
  `,
}
