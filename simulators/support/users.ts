import { isObject } from '../kit/json.ts'
import { lowerCaseKey } from '../kit/key-index.ts'
import { LaggingView } from '../kit/lagging-view.ts'
import { API_ACTOR, RecordTable } from '../kit/records.ts'
import type { FieldValue, StoredRecord } from '../kit/record.ts'
import type { ObjectControl } from '../kit/simulator.ts'
import { isStandardField } from './schema.ts'
import type { SupportSchema, UserField } from './schema.ts'
import { InvalidValue, readStandard, readUserField } from './values.ts'

type Changes = Record<string, FieldValue | null>

/** Custom fields are stored beside the standard ones under this prefix. */
export const USER_FIELD_PREFIX = 'user_fields.'

const FIRST_ID = 19_000_000_001

export type WriteMode = 'create' | 'update' | 'createOrUpdate'

export type Written = { readonly record: StoredRecord; readonly created: boolean }

/** A user that a write was for does not exist. */
export class UnknownUser extends Error {}

/** The support desk's users and what its search sees of them. */
export class Users implements ObjectControl {
  readonly table = new RecordTable('users', [lowerCaseKey('external_id', true), lowerCaseKey('email', true)], FIRST_ID)
  readonly searchView: LaggingView
  readonly userFields: ReadonlyMap<string, UserField>
  /** Counts changes, so that readers can tell whether an ordering they keep still stands. */
  changes = 0

  constructor(schema: SupportSchema, searchDelay: number) {
    this.searchView = new LaggingView(searchDelay)
    this.userFields = new Map(schema.userFields.map((field) => [field.key, field]))
    this.table.onChange((record, before, at) => {
      this.changes += 1
      this.searchView.hold(record, before, at)
    })
  }

  /** Also deleted users, which the vendor goes on showing by id. */
  byId(id: string): StoredRecord | undefined {
    return this.table.get(id)
  }

  /** Writes one user as the API does; throws InvalidValue or UnknownUser. */
  write(input: unknown, mode: WriteMode, now: number): Written {
    if (!isObject(input)) throw new InvalidValue('base', 'User: is invalid')
    const existing = mode === 'create' ? undefined : this.match(input, mode)
    if (!existing && mode === 'update') throw new UnknownUser()
    const changes = this.readChanges(input)
    if (existing) {
      this.keepPrimaryEmail(existing, changes)
      this.refuseTaken(changes, existing)
      this.table.write(existing, changes, API_ACTOR, now)
      return { record: existing, created: false }
    }
    if (changes['name'] === undefined) readStandard('name', undefined)
    this.refuseTaken(changes, undefined)
    return { record: this.table.create(this.newId(), withDefaults(changes), API_ACTOR, now), created: true }
  }

  newId(): string {
    return String(this.table.nextId())
  }

  fieldName(name: string): string | undefined {
    if (isStandardField(name) || name === SECONDARY_EMAILS) return name
    const key = name.startsWith(USER_FIELD_PREFIX) ? name.slice(USER_FIELD_PREFIX.length) : name
    return this.userFields.has(key) ? USER_FIELD_PREFIX + key : undefined
  }

  fieldValue(field: string, value: unknown): FieldValue | null {
    if (isStandardField(field)) return readStandard(field, value)
    if (field === SECONDARY_EMAILS) return Array.isArray(value) ? value.map(String) : null
    const userField = this.userFields.get(field.slice(USER_FIELD_PREFIX.length))
    return userField ? readUserField(userField, value) : null
  }

  /** The addresses of a merged user become further addresses of the one that stays. */
  afterMerge(loser: StoredRecord, winner: StoredRecord): void {
    const email = loser.fields['email']
    if (typeof email === 'string') this.table.addAlias('email', email, winner)
  }

  restore(record: StoredRecord): void {
    const winner = record.mergedInto === null ? undefined : this.table.get(record.mergedInto)
    if (winner) this.afterMerge(record, winner)
    const further = record.fields[SECONDARY_EMAILS]
    if (Array.isArray(further) && !record.deleted) for (const email of further) this.table.addAlias('email', String(email), record)
  }

  private match(input: Readonly<Record<string, unknown>>, mode: WriteMode): StoredRecord | undefined {
    const { id, external_id: externalId, email } = input
    if (mode === 'update' && (typeof id === 'number' || typeof id === 'string')) {
      const record = this.table.get(String(id))
      return record?.deleted ? undefined : record
    }
    const byExternalId = isKey(externalId) ? this.table.find('external_id', String(externalId)) : undefined
    if (byExternalId) return byExternalId
    return mode === 'createOrUpdate' && typeof email === 'string' ? this.table.find('email', email.trim()) : undefined
  }

  /** Standard fields and custom fields that the desk knows; others are ignored without a word, as the vendor does. */
  private readChanges(input: Readonly<Record<string, unknown>>): Changes {
    const changes: Changes = {}
    for (const name of Object.keys(input)) {
      if (isStandardField(name)) changes[name] = readStandard(name, input[name])
    }
    const custom = input['user_fields']
    if (!isObject(custom)) return changes
    for (const key of Object.keys(custom)) {
      const field = this.userFields.get(key)
      if (field) changes[USER_FIELD_PREFIX + key] = readUserField(field, custom[key])
    }
    return changes
  }

  /** Once a user has a primary address, an address in an update becomes a secondary one. */
  private keepPrimaryEmail(record: StoredRecord, changes: Changes): void {
    const { email } = changes
    const primary = record.fields['email']
    if (email === undefined || primary === undefined) return
    delete changes['email']
    if (typeof email !== 'string' || email === primary) return
    const holder = this.table.find('email', email)
    if (holder && holder !== record) throw taken('email', email)
    const further = record.fields[SECONDARY_EMAILS]
    const known = Array.isArray(further) ? further : []
    if (known.includes(email)) return
    changes[SECONDARY_EMAILS] = [...known, email]
    this.table.addAlias('email', email, record)
  }

  private refuseTaken(changes: Changes, self: StoredRecord | undefined): void {
    for (const { field } of this.table.keyFields) {
      const value = changes[field]
      const holder = typeof value === 'string' ? this.table.find(field, value) : undefined
      if (holder && holder !== self) throw taken(field, String(value))
    }
  }
}

/** Where the further addresses of a user are kept. */
export const SECONDARY_EMAILS = 'secondary_emails'

function taken(field: string, value: string): InvalidValue {
  return field === 'email'
    ? new InvalidValue(field, `Email: ${value} is already being used by another user`)
    : new InvalidValue(field, 'External: has already been taken')
}

function isKey(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

function withDefaults(changes: Changes): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = { role: 'end-user' }
  for (const [field, value] of Object.entries(changes)) if (value !== null) fields[field] = value
  return fields
}
