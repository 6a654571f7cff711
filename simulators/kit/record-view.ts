import { toIso } from './clock.ts'
import { historyOf } from './records.ts'
import type { StoredRecord } from './record.ts'
import type { ObjectControl } from './simulator.ts'

/** A record as `GET /_sim/records` tells it: the committed state, also what no reader sees yet. */
export function describeRecord({ table }: ObjectControl, record: StoredRecord) {
  const keys: Record<string, unknown> = {}
  for (const { field } of table.keyFields) {
    if (record.fields[field] !== undefined) keys[field] = record.fields[field]
  }
  const history: Record<string, unknown> = {}
  for (const field of new Set([...Object.keys(record.fields), ...Object.keys(record.history)])) {
    history[field] = historyOf(record, field).map(({ value, at, actor }) => ({ value, at: toIso(at), actor }))
  }
  return {
    id: record.id,
    keys,
    fields: record.fields,
    deleted: record.deleted,
    mergedInto: record.mergedInto,
    createdAt: toIso(record.createdAt),
    updatedAt: toIso(record.updatedAt),
    history,
  }
}
