import type { Raw } from '../../contract/states.ts'
import type { WriteRow } from '../destinations/destination.ts'
import { rawText } from '../values/json.ts'
import { sha256Hex } from '../values/hash.ts'
import type { IntentRow } from './journal.ts'
import type { PlanForApply, PlannedRecord } from './plan-for-apply.ts'

/** What a request does with its rows. */
export type How = 'create' | 'update' | 'archive' | 'delete'

/** One row that a run sends: exactly the fields that were approved. */
export interface PlannedWrite {
  record: PlannedRecord
  ordinal: number
  how: How
  send: Record<string, Raw>
  /** What the destination held when the plan was made, per sent field. */
  before: Record<string, Raw>
  payloadHash: string
  /** Size in a request, about. */
  bytes: number
}

/** What a plan must say for one of its records to become a write. */
export type WritePlan = Pick<PlanForApply, 'id' | 'object' | 'onRemove' | 'resolutionOf'>

/** The write that a record comes to, or why it is not sent. */
export function toWrite(plan: WritePlan, record: PlannedRecord): PlannedWrite | { skip: 'not selected' | 'kept' | 'skip for now' | 'nothing left to send' } {
  const resolution = plan.resolutionOf(record)
  if ('skip' in resolution) return resolution
  if ('hold' in resolution) throw new Error(`record ${record.ordinal} of plan ${plan.id} has no answer yet`)
  const how = howTo(plan, record)
  const send = how === 'archive' || how === 'delete' ? {} : resolution.send
  const before: Record<string, Raw> = {}
  for (const change of resolution.changes) before[change.field] = change.destination
  const payload = rawText({ how, object: plan.object, id: record.remoteId ?? null, key: record.matchKey ?? null, fields: send })
  return { record, ordinal: record.ordinal, how, send, before, payloadHash: sha256Hex(payload), bytes: payload.length + 32 }
}

function howTo(plan: WritePlan, record: PlannedRecord): How {
  // A record that is known is changed: somebody who is there is put into a list.
  if (record.operation === 'create') return record.remoteId === undefined ? 'create' : 'update'
  if (record.operation === 'update') return 'update'
  if (plan.onRemove === 'archive' || plan.onRemove === 'delete') return plan.onRemove
  return 'update'
}

export function toIntent(write: PlannedWrite): IntentRow {
  const { record, payloadHash } = write
  return { ordinal: write.ordinal, record: record.key, label: record.label, remoteId: record.remoteId ?? null, operation: record.operation, payloadHash }
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
