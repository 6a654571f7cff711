/**
 * Links are shared by the activations of one product and object, what is settled belongs to each. A released file holds
 * both, so it is named twice: nothing is rewritten. Its place is that of the newest plan that can have written it.
 */
export const sharedLinks = {
  number: 2,
  name: 'shared links',
  sql: `
  CREATE TEMP TABLE places AS
    SELECT f.id, f.scope AS activation,
      (SELECT p.connection || '/' || p.object || '/' || (SELECT json_extract(d.value, '$.id') FROM json_each(p.header, '$.definitions') d WHERE json_extract(d.value, '$.kind') = 'product')
         FROM plans p WHERE p.activation = f.scope ORDER BY p.created_at > f.created_at, p.number DESC LIMIT 1) AS place
    FROM data_files f WHERE f.kind = 'links';
  INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at, retired_at)
    SELECT f.id || '-settled', 'settled', p.place || '/' || p.activation, f.path, f.sequence, f.rows, f.created_at, f.retired_at
    FROM data_files f JOIN places p USING (id) WHERE p.place IS NOT NULL;
  UPDATE data_files SET scope = (SELECT place FROM places WHERE places.id = data_files.id)
    WHERE kind = 'links' AND id IN (SELECT id FROM places WHERE place IS NOT NULL);
  DROP TABLE places;

  -- The newest audit entry when the plan began to read: runs that ended later may have moved what it read.
  ALTER TABLE plans ADD COLUMN read_after INTEGER;
  `,
}
