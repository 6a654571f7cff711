/** Plans that somebody does not want to be asked about any more; the audit keeps who put what away and brought it back. */
export const putAwayPlans = {
  number: 13,
  name: 'put-away plans',
  sql: `
  CREATE TABLE put_aways (plan TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
