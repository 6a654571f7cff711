import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { openDatabase } from '../../src/engine/storage/database.ts'
import type { BenchRecord } from './records.ts'

type Act = () => void

/**
 * The least that a journal costs: a row with the hash of what leaves, durable (WAL, synchronous = FULL) before its request,
 * and what became of it before the next; what comes in the same moment shares a commit. No plan, no audit, no proof.
 */
export class BareJournal {
  private readonly database
  private readonly folder: string
  private waiting: { act: Act; done: () => void }[] = []

  constructor(folder: string) {
    this.folder = folder
    rmSync(folder, { recursive: true, force: true })
    this.database = openDatabase(folder, 0)
  }

  /** Resolves when the intents of a batch are durable. */
  intend(first: number, records: readonly BenchRecord[]): Promise<void> {
    const insert = this.database.statement("INSERT INTO journal (run, ordinal, record, label, operation, state, payload_hash, attempts, sent_at) VALUES ('run', ?, ?, ?, 'create', 'sent', ?, 1, 0)")
    return this.commit(() => {
      for (const [index, record] of records.entries()) insert.run(first + index, record.customer_id, record.email, createHash('sha256').update(JSON.stringify(record)).digest('hex'))
    })
  }

  /** Resolves when it is durable what became of a batch. */
  settle(first: number, ids: readonly string[]): Promise<void> {
    const update = this.database.statement("UPDATE journal SET state = 'delivered', remote_id = ?, settled_at = 0 WHERE run = 'run' AND ordinal = ? AND state = 'sent'")
    return this.commit(() => {
      for (const [index, id] of ids.entries()) update.run(id, first + index)
    })
  }

  close(): void {
    this.database.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async commit(act: Act): Promise<void> {
    const durable = new Promise<void>((done) => this.waiting.push({ act, done }))
    if (this.waiting.length === 1) {
      await nextTurn()
      const together = this.waiting
      this.waiting = []
      this.database.transaction(() => {
        for (const { act: one } of together) one()
      })
      for (const { done } of together) done()
    }
    return durable
  }
}
