/** What a destination needs to go on with a job after a restart; the job's id stands with its rows in the journal. */
export const writeJobs = {
  number: 14,
  name: 'write jobs',
  sql: `
  CREATE TABLE write_jobs (run TEXT NOT NULL, job TEXT NOT NULL, context TEXT NOT NULL, PRIMARY KEY (run, job)) STRICT, WITHOUT ROWID;
  `,
}
