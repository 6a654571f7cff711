/** A value as the vendor stores it. An absent field is never stored as null. */
export type FieldValue = string | number | boolean | readonly FieldValue[] | { readonly [name: string]: FieldValue | null }

export type Fields = Readonly<Record<string, FieldValue>>

/** Who wrote a value. `import` is the vendor's own import tool. */
export type Actor = { readonly kind: 'person' | 'workflow' | 'integration' | 'import'; readonly name: string }

/** One entry of a field's history; `value` is null where the field was cleared. */
export type Change = { readonly value: FieldValue | null; readonly at: number; readonly actor: Actor }

/** What can change about a record. `fields` is replaced, never mutated, so a state may be kept as a snapshot. */
export type RecordState = {
  fields: Fields
  deleted: boolean
  mergedInto: string | null
  updatedAt: number
}

export type StoredRecord = RecordState & {
  readonly id: string
  readonly position: number
  readonly createdAt: number
  readonly createdBy: Actor
  /** Only fields that changed since creation have an entry; `historyOf` tells the others. */
  history: Record<string, Change[]>
}

/** Told after every change; `before` is undefined for a record that did not exist. */
export type ChangeListener = (record: StoredRecord, before: RecordState | undefined, at: number) => void

export type FieldChanges = Readonly<Record<string, FieldValue | null>>

export type RecordInput = {
  readonly id: string
  readonly fields: Fields
  readonly createdAt: number
  readonly updatedAt: number
  readonly createdBy?: Actor
  readonly deleted?: boolean
  readonly mergedInto?: string | null
  readonly history?: Record<string, Change[]>
}
