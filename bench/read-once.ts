import { openDuckDb, quoteText } from '../src/engine/storage/duckdb.ts'
import { columns } from './data-set.ts'
import { stopwatch, type Spent } from './measure.ts'
import { step, type StepInput } from './step.ts'

export interface ReadOnceResult extends Spent {
  rows: number
}

/** The least that a first plan could do row by row: every row of the warehouse, its columns as text, in JavaScript once. */
await step<StepInput>(async ({ folder }): Promise<ReadOnceResult & object> => {
  const db = await openDuckDb({ tempFolder: `${folder}/spill`, memoryLimitMb: 256 })
  await db.run(`ATTACH ${quoteText(`${folder}/warehouse.duckdb`)} AS warehouse (READ_ONLY)`)
  const spent = stopwatch()
  let rows = 0
  let characters = 0
  const texts = ['customer_id', ...columns].map((column) => `${column}::VARCHAR`)
  for await (const chunk of db.columns(`SELECT ${texts.join(', ')} FROM warehouse.customers`)) {
    for (const column of chunk.columns) for (const value of column) characters += (value as string).length
    rows += chunk.rows
  }
  const all = spent()
  db.closeInstance()
  if (characters === 0) throw new Error('nothing was read')
  return { ...all, rows }
})
