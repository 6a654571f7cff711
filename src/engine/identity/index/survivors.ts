import type { DuckDb } from '../../storage/duckdb.ts'

/** A person said which of several records of one source stands for their entity. */
export interface SurvivorChoice {
  /** Later choices outrank earlier ones. */
  seq: number
  chosen: string
  /** References of the records that it was chosen among. */
  among: readonly string[]
}

/**
 * Fills `survivor` with the chosen record of each entity and source. A choice holds while the entity has no other records
 * there than those it was made among: whoever came later, nobody has looked at yet.
 */
export async function storeSurvivors(db: DuckDb, choices: readonly SurvivorChoice[]): Promise<void> {
  const writer = await db.createTable('named_survivor', { seq: 'whole number', reference: 'text', chosen: 'true or false' })
  for (const { seq, chosen, among } of choices) for (const reference of new Set([chosen, ...among])) writer.add([seq, reference, reference === chosen])
  writer.finish()
  await db.run(`CREATE OR REPLACE TABLE survivor AS
    WITH named AS (SELECT seq, chosen, number, source, entity FROM named_survivor JOIN record USING (reference) JOIN outcome USING (number)),
      head AS (SELECT seq, number, source, entity FROM named WHERE chosen),
      looked_at AS (SELECT head.seq, count(*) AS records FROM head JOIN named USING (seq, source, entity) GROUP BY head.seq),
      there AS (SELECT head.seq, count(*) AS records FROM head JOIN outcome USING (entity) JOIN record ON record.number = outcome.number AND record.source = head.source GROUP BY head.seq)
    SELECT arg_max(number, seq) AS number FROM head JOIN looked_at USING (seq) JOIN there USING (seq) WHERE looked_at.records = there.records GROUP BY source, entity`)
}
