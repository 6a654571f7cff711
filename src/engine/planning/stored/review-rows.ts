import type { FieldRow, RecordRow } from '../../../contract/shapes.ts'
import type { AnswerKind, BlockedCause, FieldClass, Raw, RecordOperation } from '../../../contract/states.ts'
import { parseRaw } from '../../values/json.ts'

/** One row of `review_fields`. */
export interface FieldSqlRow {
  ordinal: number
  key: string
  label: string
  remote_id: string | null
  operation: RecordOperation
  field: string
  class: FieldClass
  drift: boolean
  first_contact: boolean
  write: boolean
  base_known: boolean
  base: string | null
  base_read_at: string | null
  base_assumed: boolean | null
  warehouse: string
  destination: string
  editor_kind: 'person' | 'other system' | 'us' | 'unknown' | null
  editor_name: string | null
  editor_at: string | null
  preselected: boolean
  selected: boolean
  answer: AnswerKind | null
  answer_value: string | null
  answer_reason: string | null
  answer_by: string | null
  answer_policy: string | null
  answer_expires_at: string | null
}

/** One row of `review_records`. */
export interface RecordSqlRow {
  ordinal: number
  key: string
  label: string
  remote_id: string | null
  match_key: string | null
  operation: RecordOperation
  cause: BlockedCause | null
  cause_field: string | null
  cause_message: string | null
  preselected: boolean
  selected: boolean
  hold: string | null
  changes: number
  conflicts: number
}

export function toFieldRow(row: FieldSqlRow, labels: Map<string, string>): FieldRow {
  const result = resultOf(row)
  return {
    ordinal: row.ordinal,
    record: row.key,
    label: row.label,
    operation: row.operation,
    field: row.field,
    fieldLabel: labels.get(row.field) ?? row.field,
    class: row.class,
    drift: row.drift,
    firstContact: row.first_contact,
    write: row.write,
    base: { known: row.base_known, value: parseRaw(row.base), ...(row.base_read_at ? { at: row.base_read_at } : {}), ...(row.base_assumed ? { assumed: true } : {}) },
    warehouse: parseRaw(row.warehouse),
    destination: parseRaw(row.destination),
    preselected: row.preselected,
    selected: row.selected,
    ...(row.remote_id === null ? {} : { remoteId: row.remote_id }),
    ...(result === undefined ? {} : { result: parseRaw(result) }),
    ...(row.editor_kind === null ? {} : { editor: { kind: row.editor_kind, name: row.editor_name ?? '', ...(row.editor_at ? { at: row.editor_at } : {}) } }),
    ...(row.answer === null
      ? {}
      : {
          answer: {
            take: row.answer,
            by: row.answer_by ?? '',
            ...(row.answer_value === null ? {} : { value: parseRaw(row.answer_value) }),
            ...(row.answer_reason === null ? {} : { reason: row.answer_reason }),
            ...(row.answer_policy === null ? {} : { policy: row.answer_policy }),
            ...(row.answer_expires_at === null ? {} : { expiresAt: new Date(Number(row.answer_expires_at)).toISOString() }),
          },
        }),
  }
}

/** What the destination will hold; undefined while a conflict is open. */
function resultOf(row: FieldSqlRow): string | undefined {
  if (row.class !== 'conflict') return row.write && row.selected ? row.warehouse : row.destination
  switch (row.answer) {
    case null:
      return undefined
    case 'warehouse':
      return row.warehouse
    case 'value':
      return row.answer_value ?? 'null'
    case 'destination':
    case 'skip':
      return row.destination
  }
}

/** What the fields of a record contribute to its request once it is selected; open, kept and skipped ones nothing. */
export function valuesSent(fields: readonly FieldSqlRow[]): Record<string, Raw> {
  return Object.fromEntries(
    fields.flatMap(({ field, write, warehouse, answer, answer_value: pinned }) => {
      if (write || answer === 'warehouse') return [[field, parseRaw(warehouse)]]
      return answer === 'value' ? [[field, parseRaw(pinned ?? 'null')]] : []
    }),
  )
}

export function toRecordRow(row: RecordSqlRow): RecordRow {
  return {
    ordinal: row.ordinal,
    record: row.key,
    label: row.label,
    operation: row.operation,
    fields: row.changes,
    conflicts: row.conflicts,
    preselected: row.preselected,
    selected: row.selected,
    ...(row.remote_id === null ? {} : { remoteId: row.remote_id }),
    ...(row.match_key === null ? {} : { matchKey: row.match_key }),
    ...(row.cause === null ? {} : { cause: row.cause }),
    ...(row.cause_field === null ? {} : { causeField: row.cause_field }),
    ...(row.cause_message === null ? {} : { causeMessage: row.cause_message }),
    ...(row.hold === null ? {} : { hold: row.hold }),
  }
}
