import { AppError } from '../../../contract/errors.ts'
import type { SettledAs } from '../../../contract/shapes.ts'
import type { Actor } from '../../session/session.ts'
import type { Journal } from '../journal/journal.ts'
import type { RowOutcome } from '../journal/row-changes.ts'
import { unknownByRecord } from '../../plans/journal-rows.ts'

/** What a person says of rows that nothing else could settle. */
export interface PersonsWord {
  /** Product keys. */
  records: string[]
  as: SettledAs
  reason: string
}

/**
 * Moves unknown rows of an ended run where a person says they belong, with their name and reason in the audit, and opens
 * the run again to read back what arrived and to store the receipts. All of it or nothing.
 */
export function resolveByPerson(journal: Journal, word: PersonsWord, actor: Actor, also: () => void): void {
  const { run, database } = journal
  const rows = unknownByRecord(database, run.id, word.records)
  const missing = word.records.find((record) => !rows.has(record))
  if (missing !== undefined) {
    throw new AppError('bad-input', 'One of these records is not in doubt in this run any more.', { field: 'records', value: missing, next: 'Load the list again; nothing was changed.' })
  }
  const outcomes = [...rows.values()].map((row): RowOutcome => ({ ordinal: row.ordinal, from: 'unknown', ...becomes(word, row.remote_id) }))
  database.transaction(() => {
    journal.settle(outcomes, { kind: 'unknown rows settled', actor: actor.name, subject: run.id, data: { rows: outcomes.length, as: word.as, reason: word.reason } })
    journal.moveRun({ kind: 'read back' }, { also })
  })
}

function becomes({ as, reason }: PersonsWord, remoteId: string | null): Pick<RowOutcome, 'to' | 'reason' | 'message' | 'remoteId'> {
  return as === 'delivered'
    ? { to: 'delivered', remoteId, message: `A person says that it arrived: ${reason}` }
    : { to: 'quarantined', reason: 'said not delivered', message: `A person says that it did not arrive: ${reason}` }
}
