import type { RowOutcome } from '../journal/row-changes.ts'
import { isPlainDelivery } from '../journal/journal-batches.ts'
import type { ObservationSink, PlannedRecord } from '../../plans/plan-for-apply.ts'
import type { PlannedWrite } from '../send/planned-write.ts'

/**
 * Delivered to a system that nobody can read: agreed without proof, as soon as that is durable. What there is more to
 * say of is left to the end of the run, which looks at every row that has no verification yet.
 */
export function assumedAtOnce(outcome: RowOutcome): RowOutcome {
  return isPlainDelivery(outcome) ? { ...outcome, unverifiable: true } : outcome
}

/** States what was sent as agreed; `readAt` is an ISO instant. */
export function stateAssumed(sink: ObservationSink, { record, send, everything }: PlannedWrite, { remoteId: given, existed = false }: Pick<RowOutcome, 'remoteId' | 'existed'>, readAt: string): void {
  const remoteId = given ?? record.remoteId ?? record.matchKey
  if (remoteId === undefined) return
  if (record.operation === 'remove') sink.forget({ key: record.key, remoteId })
  else sink.add({ key: record.key, remoteId, readAt, assumed: true, agreed: send, fp: everything ? record.fp : null, created: madeByUs(record, existed) })
}

/** This activation made the record, now or earlier. */
export function madeByUs(record: PlannedRecord, existed: boolean): boolean {
  return record.createdByUs === true || (record.operation === 'create' && !existed)
}
