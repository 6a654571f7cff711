import { Pool } from 'undici'
import { stopwatch, type Spent } from '../measure.ts'
import { step } from '../step.ts'
import { BareJournal } from './bare-journal.ts'
import { plainRecord, written } from './records.ts'

export interface CeilingResult extends Spent {
  rows: number
  rowsPerSecond: number
}

const batch = 100
const connections = 8
const warmUps = 200

/**
 * The least that sending costs: batches of 100 over 8 connections of undici's pool, each answer validated, nothing
 * remembered; with a folder for a `journal`, the least that sending durably costs.
 */
await step<{ url: string; rows: number; journal?: string }>(async ({ url, rows, journal: folder }): Promise<CeilingResult & object> => {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const records = Array.from({ length: Math.min(rows, 200_000) }, (_, row) => plainRecord(row))
  const journal = folder === undefined ? undefined : new BareJournal(folder)
  const send = async (first: number): Promise<string[]> => {
    const body = JSON.stringify({ records: records.slice(first, first + batch) })
    const answer = await pool.request({ path: '/', method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return written.parse(await answer.body.json()).results.flatMap(({ status, id }) => (status === 'error' ? [] : id))
  }
  for (let time = 0; time < warmUps; time++) await send(0)
  let next = 0
  let taken = 0
  const work = async (): Promise<void> => {
    while (next < records.length) {
      const first = next
      next += batch
      await journal?.intend(first, records.slice(first, first + batch))
      const ids = await send(first)
      await journal?.settle(first, ids)
      taken += ids.length
    }
  }
  const spent = stopwatch()
  await Promise.all(Array.from({ length: connections }, work))
  const whole = spent()
  journal?.close()
  await pool.close()
  if (taken !== records.length) throw new Error(`${records.length - taken} records were not taken`)
  return { ...whole, rows: records.length, rowsPerSecond: Math.round((records.length / whole.ms) * 1000) }
})
