/** Plans that somebody reviewed and gave to somebody else; the newest counts, the audit keeps all. */
export const handOvers = {
  number: 7,
  name: 'hand-overs',
  sql: `
  -- 'decision_hash' is what was reviewed: the plan with its answers and selection as they were handed over.
  CREATE TABLE hand_overs (
    plan TEXT PRIMARY KEY, given_by TEXT NOT NULL, given_to TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL,
    decision_hash TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
