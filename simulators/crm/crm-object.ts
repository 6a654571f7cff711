import { exactKey, lowerCaseKey } from '../kit/key-index.ts'
import { LaggingView } from '../kit/lagging-view.ts'
import { API_ACTOR, RecordTable } from '../kit/records.ts'
import type { Actor, FieldValue, StoredRecord } from '../kit/record.ts'
import type { ObjectControl } from '../kit/simulator.ts'
import { badRequest } from './errors.ts'
import type { ObjectSchema, Property } from './schema.ts'
import { checkValue } from './values.ts'
import type { ValueProblem } from './values.ts'

const DOWNGRADE_ACTOR: Actor = { kind: 'workflow', name: 'Legacy downgrade' }
const DOWNGRADED_TIER = 'bronze'

const FIRST_ID = 5_000_001

/** Checked changes of one input; the empty string clears. */
export type CheckedProperties = { readonly changes: Record<string, string | null>; readonly problems: readonly ValueProblem[] }

/** One object of the CRM: its properties, its records and what the search index sees of them. */
export class CrmObject implements ObjectControl {
  readonly name: string
  readonly schema: ObjectSchema
  readonly table: RecordTable
  readonly searchView: LaggingView
  readonly properties: ReadonlyMap<string, Property>

  constructor(name: string, schema: ObjectSchema, searchDelay: number) {
    this.name = name
    this.schema = schema
    this.properties = new Map(schema.properties.map((property) => [property.name, property]))
    const keys = schema.properties.filter((property) => property.unique)
    const keyFields = keys.map(({ name: field }) => (field === 'email' ? lowerCaseKey(field, true) : exactKey(field, true)))
    this.table = new RecordTable(name, keyFields, FIRST_ID)
    this.searchView = new LaggingView(searchDelay)
    this.table.onChange((record, before, at) => this.searchView.hold(record, before, at))
  }

  /** The record that now answers for this id or unique value, following merges; archived ones do not. */
  resolve(id: string, idProperty: string | undefined): StoredRecord | undefined {
    const byId = idProperty === undefined || idProperty === 'hs_object_id'
    let record = byId ? this.table.get(id) : this.table.find(idProperty, id)
    while (record?.mergedInto) record = this.table.get(record.mergedInto)
    return record?.deleted ? undefined : record
  }

  /** Archived records, which only answer when they are asked for as such. */
  archived(id: string): StoredRecord | undefined {
    const record = this.table.get(id)
    return record?.deleted && !record.mergedInto ? record : undefined
  }

  requireUnique(idProperty: string): void {
    if (this.table.hasKey(idProperty)) return
    throw badRequest(`Unable to perform update/upsert by non-unique ${this.schema.typeId} property ${idProperty}`)
  }

  check(properties: Readonly<Record<string, string>>): CheckedProperties {
    const changes: Record<string, string | null> = {}
    const problems: ValueProblem[] = []
    for (const name of Object.keys(properties)) {
      const property = this.properties.get(name)
      if (!property) {
        problems.push({ name, code: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` })
        continue
      }
      const checked = checkValue(property, properties[name] ?? '')
      if ('problem' in checked) problems.push(checked.problem)
      else changes[name] = checked.value === '' ? null : checked.value
    }
    return { changes, problems }
  }

  /** Another record that holds one of these unique values already. */
  holder(changes: Readonly<Record<string, string | null>>, self: StoredRecord | undefined): StoredRecord | undefined {
    for (const { field } of this.table.keyFields) {
      const value = changes[field]
      const holder = typeof value === 'string' ? this.table.find(field, value) : undefined
      if (holder && holder !== self) return holder
    }
    return undefined
  }

  /** A write through the API, followed by the workflow that reacts to it. */
  write(record: StoredRecord, changes: Record<string, string | null>, now: number): void {
    const tierBefore = record.fields['tier']
    this.table.write(record, changes, API_ACTOR, now)
    if (record.fields['tier'] !== tierBefore) this.downgrade(record, now)
  }

  create(changes: Record<string, string | null>, now: number): StoredRecord {
    const fields: Record<string, string> = {}
    for (const name of Object.keys(changes)) {
      const value = changes[name]
      if (typeof value === 'string') fields[name] = value
    }
    const record = this.table.create(this.newId(), fields, API_ACTOR, now)
    if (fields['tier'] !== undefined) this.downgrade(record, now)
    return record
  }

  newId(): string {
    return String(this.table.nextId())
  }

  fieldName(name: string): string | undefined {
    const property = this.properties.get(name)
    return property && !property.readOnly ? name : undefined
  }

  fieldValue(field: string, value: unknown): FieldValue | null {
    const property = this.properties.get(field)
    if (!property) throw new Error(`${this.name} has no property ${field}`)
    const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
    const checked = checkValue(property, text)
    if ('problem' in checked) throw new Error(`${field}: ${checked.problem.message}`)
    return checked.value === '' ? null : checked.value
  }

  /** The addresses of a merged record go on leading to the record that it became. */
  afterMerge(loser: StoredRecord, winner: StoredRecord): void {
    const email = loser.fields['email']
    if (typeof email === 'string') this.table.addAlias('email', email, winner)
  }

  restore(record: StoredRecord): void {
    const winner = record.mergedInto === null ? undefined : this.table.get(record.mergedInto)
    if (winner) this.afterMerge(record, winner)
  }

  /** The company's workflow: who has churned, or is with the Legacy team, goes back to the lowest tier. */
  private downgrade(record: StoredRecord, now: number): void {
    const { lifecyclestage, hs_owner_team: team } = record.fields
    if (lifecyclestage !== 'churned' && team !== 'Legacy') return
    this.table.write(record, { tier: DOWNGRADED_TIER }, DOWNGRADE_ACTOR, now + 1)
  }
}
