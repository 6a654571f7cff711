import type { WriteRow } from '../../destinations/destination.ts'
import { rawText } from '../../values/json.ts'
import { sha256Hex } from '../../values/hash.ts'
import type { IntentRow } from '../journal/row-changes.ts'
import type { PlanForApply, PlannedRecord, Sending } from '../../plans/plan-for-apply.ts'

/** What a request does with its rows. */
export type How = 'create' | 'update' | 'archive' | 'delete'

/** One row that a run sends: exactly the fields that were approved. */
export interface PlannedWrite extends Sending {
  record: PlannedRecord
  ordinal: number
  how: How
}

/** What leaves for a row, as its intent holds it. */
export interface Payload {
  hash: string
  /** Size in a request, about. */
  bytes: number
}

/** What a plan must say for one of its records to become a write. */
export type WritePlan = Pick<PlanForApply, 'id' | 'object' | 'onRemove' | 'sendingOf'>

/** The write that a record comes to, or why it is not sent. */
export function toWrite(plan: WritePlan, record: PlannedRecord): PlannedWrite | { skip: 'not selected' | 'kept' | 'skip for now' | 'nothing left to send' } {
  const sending = plan.sendingOf(record)
  if ('skip' in sending) return sending
  if ('hold' in sending) throw new Error(`record ${record.ordinal} of plan ${plan.id} has no answer yet`)
  const how = howTo(plan, record)
  const { before, everything } = sending
  return { record, ordinal: record.ordinal, how, send: how === 'archive' || how === 'delete' ? {} : sending.send, before, everything }
}

/** The fingerprint of everything that a write changes. */
export function payloadOf(plan: Pick<PlanForApply, 'object'>, { how, record, send }: Pick<PlannedWrite, 'how' | 'record' | 'send'>): Payload {
  // Members by name: its text is canonical as it stands.
  const payload = rawText({ fields: send, how, id: record.remoteId ?? null, key: record.matchKey ?? null, object: plan.object })
  return { hash: sha256Hex(payload), bytes: payload.length + 32 }
}

function howTo(plan: WritePlan, record: PlannedRecord): How {
  // A record that is known is changed: somebody who is there is put into a list.
  if (record.operation === 'create') return record.remoteId === undefined ? 'create' : 'update'
  if (record.operation === 'update') return 'update'
  if (plan.onRemove === 'archive' || plan.onRemove === 'delete') return plan.onRemove
  return 'update'
}

/** A record as a row of the journal names it. */
export function rowOf({ ordinal, key, label, remoteId, operation }: PlannedRecord): Omit<IntentRow, 'payloadHash'> {
  return { ordinal, record: key, label, remoteId: remoteId ?? null, operation }
}

export function toIntent({ record, ordinal }: PlannedWrite, payload: Payload | undefined): IntentRow {
  if (!payload) throw new Error(`row ${ordinal} has no payload`)
  return { ...rowOf(record), payloadHash: payload.hash }
}

/** The destination's form of a row. The trace id is the same whenever the row is sent, so that it can prove itself. */
export function toRow(plan: PlanForApply, run: string, write: PlannedWrite, position: number): WriteRow {
  const { record } = write
  return {
    position,
    traceId: `${run}-${write.ordinal}`,
    ...(record.remoteId === undefined ? {} : { id: record.remoteId }),
    key: { field: plan.matchField, value: record.matchKey ?? '' },
    fields: write.send,
  }
}
