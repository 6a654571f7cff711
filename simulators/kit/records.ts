import { KeyIndex } from './key-index.ts'
import type { KeyField } from './key-index.ts'
import type { Actor, Change, ChangeListener, FieldChanges, Fields, FieldValue, RecordInput, RecordState, StoredRecord } from './record.ts'

/** Vendors keep a bounded history; 45 is the CRM's figure for contacts. */
const HISTORY_LIMIT = 45

/** All records of one object, in order of arrival, with an index for each key field. */
export class RecordTable {
  readonly object: string
  readonly keyFields: readonly KeyField[]
  private readonly byId = new Map<string, StoredRecord>()
  private readonly indexes = new Map<string, KeyIndex>()
  private readonly listeners: ChangeListener[] = []
  private ordered: StoredRecord[] = []
  private readonly firstId: number
  private largestId: number

  /** `firstId` is where the vendor's running numbers start. */
  constructor(object: string, keyFields: readonly KeyField[], firstId = 1) {
    this.object = object
    this.keyFields = keyFields
    this.firstId = firstId
    this.largestId = firstId - 1
    for (const key of keyFields) this.indexes.set(key.field, new KeyIndex(key))
  }

  onChange(listener: ChangeListener): void {
    this.listeners.push(listener)
  }

  get size(): number {
    return this.ordered.length
  }

  get records(): readonly StoredRecord[] {
    return this.ordered
  }

  /** The record under this id, deleted and merged ones included. */
  get(id: string): StoredRecord | undefined {
    return this.byId.get(id)
  }

  find(field: string, value: string): StoredRecord | undefined {
    return this.indexes.get(field)?.find(value)
  }

  findAll(field: string, value: string): readonly StoredRecord[] {
    return this.indexes.get(field)?.findAll(value) ?? []
  }

  hasKey(field: string): boolean {
    return this.indexes.has(field)
  }

  /** Makes a further key value lead to a record, as vendors do for the addresses of a merged record. */
  addAlias(field: string, value: string, record: StoredRecord): void {
    this.indexes.get(field)?.add(value, record)
  }

  /** The next free numeric id: larger than every numeric id seen so far. */
  nextId(): number {
    return this.largestId + 1
  }

  /** Puts a record in without telling anybody: for seeds and saved state. Replaces a record with the same id. */
  load(input: RecordInput): StoredRecord {
    const existing = this.byId.get(input.id)
    if (existing) this.unindex(existing)
    const record: StoredRecord = {
      id: input.id,
      position: existing ? existing.position : this.ordered.length,
      createdAt: input.createdAt,
      createdBy: input.createdBy ?? SEED_ACTOR,
      updatedAt: input.updatedAt,
      fields: input.fields,
      deleted: input.deleted ?? false,
      mergedInto: input.mergedInto ?? null,
      history: input.history ?? {},
    }
    this.ordered[record.position] = record
    this.byId.set(record.id, record)
    const numeric = Number(record.id)
    if (Number.isSafeInteger(numeric) && numeric > this.largestId) this.largestId = numeric
    if (!record.deleted) this.index(record)
    return record
  }

  create(id: string, fields: Fields, actor: Actor, at: number): StoredRecord {
    const record = this.load({ id, fields, createdAt: at, updatedAt: at, createdBy: actor })
    this.tell(record, undefined, at)
    return record
  }

  /** Writes the fields that differ. Returns whether anything did; equal values leave no trace, as at the vendors. */
  write(record: StoredRecord, changes: FieldChanges, actor: Actor, at: number): boolean {
    let fields: Record<string, FieldValue> | undefined
    for (const field of Object.keys(changes)) {
      const value = changes[field] ?? null
      const current = record.fields[field]
      if (sameValue(current, value)) continue
      fields ??= { ...record.fields }
      if (value === null) delete fields[field]
      else fields[field] = value
      this.indexes.get(field)?.replace(current, value, record)
      remember(record, field, { value, at, actor })
    }
    if (!fields) return false
    this.replaceState(record, { fields }, at)
    return true
  }

  remove(record: StoredRecord, at: number): void {
    if (record.deleted) return
    this.unindex(record)
    this.replaceState(record, { deleted: true }, at)
  }

  /** Folds one record into another: the winner keeps its values and takes over those it does not have. */
  merge(loser: StoredRecord, winner: StoredRecord, actor: Actor, at: number): void {
    const inherited: Record<string, FieldValue> = {}
    for (const [field, value] of Object.entries(loser.fields)) {
      if (winner.fields[field] === undefined) inherited[field] = value
    }
    this.unindex(loser)
    this.replaceState(loser, { deleted: true, mergedInto: winner.id }, at)
    this.write(winner, inherited, actor, at)
  }

  clear(): void {
    this.byId.clear()
    this.ordered = []
    this.largestId = this.firstId - 1
    for (const index of this.indexes.values()) index.clear()
  }

  private replaceState(record: StoredRecord, next: Partial<RecordState>, at: number): void {
    const before = snapshot(record)
    Object.assign(record, next, { updatedAt: at })
    this.tell(record, before, at)
  }

  private tell(record: StoredRecord, before: RecordState | undefined, at: number): void {
    for (const listener of this.listeners) listener(record, before, at)
  }

  private index(record: StoredRecord): void {
    for (const [field, index] of this.indexes) index.replace(undefined, record.fields[field] ?? null, record)
  }

  private unindex(record: StoredRecord): void {
    for (const [field, index] of this.indexes) index.replace(record.fields[field], null, record)
  }
}

export function snapshot(record: StoredRecord): RecordState {
  return { fields: record.fields, deleted: record.deleted, mergedInto: record.mergedInto, updatedAt: record.updatedAt }
}

/** A field's history, oldest first; the first value is dated with the record's creation. */
export function historyOf(record: StoredRecord, field: string): readonly Change[] {
  const entries = record.history[field]
  if (entries) return entries
  const value = record.fields[field]
  return value === undefined ? [] : [{ value, at: record.createdAt, actor: record.createdBy }]
}

function remember(record: StoredRecord, field: string, change: Change): void {
  const entries = record.history[field] ?? [...historyOf(record, field)]
  entries.push(change)
  if (entries.length > HISTORY_LIMIT) entries.shift()
  record.history[field] = entries
}

/** Who wrote values that came with the seed and have no history of their own. */
export const SEED_ACTOR: Actor = { kind: 'import', name: 'Initial import' }

/** Who writes through the vendor's API with the simulator's token. */
export const API_ACTOR: Actor = { kind: 'integration', name: 'Lockstep' }

function sameValue(current: FieldValue | undefined, value: FieldValue | null): boolean {
  if (current === value) return true
  if (current === undefined || value === null) return current === undefined && value === null
  if (typeof current !== 'object' || typeof value !== 'object') return false
  return JSON.stringify(current) === JSON.stringify(value)
}
