import { rmSync } from 'node:fs'
import { openDatabase } from '../src/engine/storage/database.ts'
import { stopwatch } from './measure.ts'
import { step, type StepInput } from './step.ts'

const rowsPerCommit = 1000

/** The least that a durable run must do: append one row a record to a journal, 1,000 a commit, synchronous = FULL. */
await step<StepInput & { changes: number }>(async ({ folder, changes }) => {
  const path = `${folder}/journal-limit`
  rmSync(path, { recursive: true, force: true })
  const database = openDatabase(path, Date.now())
  const insert = database.statement("INSERT INTO journal (run, ordinal, record, label, remote_id, operation, state, payload_hash, attempts, sent_at) VALUES ('run', ?, ?, ?, ?, 'update', 'sent', ?, 1, ?)")
  const hash = 'a'.repeat(64)
  const spent = stopwatch()
  for (let first = 0; first < changes; first += rowsPerCommit) {
    database.transaction(() => {
      for (let row = first; row < Math.min(changes, first + rowsPerCommit); row++) insert.run(row, `record-${row}`, `record-${row}`, `record-${row}`, hash, row)
    })
  }
  const whole = spent()
  database.close()
  rmSync(path, { recursive: true, force: true })
  return { ...whole, rowsPerSecond: Math.round((changes / whole.ms) * 1000) }
})
