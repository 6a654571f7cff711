import { isObject } from '../kit/json.ts'
import { exactKey, lowerCaseKey } from '../kit/key-index.ts'
import { LaggingView } from '../kit/lagging-view.ts'
import { RecordTable } from '../kit/records.ts'
import type { FieldValue, StoredRecord } from '../kit/record.ts'
import type { ObjectControl } from '../kit/simulator.ts'
import { isStandardAttribute } from './schema.ts'
import type { CustomAttribute, MarketingSchema } from './schema.ts'
import { inferType, readCustom, readStandard } from './values.ts'
import type { Reading } from './values.ts'

/** A label and a name in one text, under which an aliased user is kept. */
export const ALIAS_FIELD = 'user_alias'

/** The platform's own ids look like this; the rest is a running number. */
const ID_PREFIX = '6a51c0de'

/** The marketing platform's user profiles and what its exports see of them. */
export class Profiles implements ObjectControl {
  readonly table = new RecordTable('users', [
    exactKey('external_id', true),
    lowerCaseKey('email', false),
    exactKey('phone', false),
    exactKey(ALIAS_FIELD, true),
  ])
  readonly exportView: LaggingView
  private readonly custom = new Map<string, CustomAttribute>()
  private readonly schema: MarketingSchema

  constructor(schema: MarketingSchema, applyDelay: number) {
    this.schema = schema
    this.exportView = new LaggingView(applyDelay)
    this.table.onChange((record, before, at) => this.exportView.hold(record, before, at))
    this.reset()
  }

  /** Back to the attributes of the schema. */
  reset(): void {
    this.exportView.clear()
    this.custom.clear()
    for (const attribute of this.schema.customAttributes) this.custom.set(attribute.name, attribute)
  }

  get customAttributes(): readonly CustomAttribute[] {
    return [...this.custom.values()].sort((left, right) => (left.name < right.name ? -1 : 1))
  }

  /** What the platform makes of one sent attribute; an unknown name becomes a new custom attribute. */
  read(name: string, value: unknown, current: FieldValue | undefined): Reading {
    if (isStandardAttribute(name)) return readStandard(name, value)
    const attribute = this.custom.get(name) ?? this.addAttribute(name, value)
    return attribute ? readCustom(attribute, value, current) : { ignore: true }
  }

  /** Of several profiles with one address, the latest that has an external id. */
  latest(field: 'email' | 'phone', value: string): StoredRecord | undefined {
    const ranked = [...this.table.findAll(field, value)].sort((left, right) => rank(right) - rank(left) || right.updatedAt - left.updatedAt)
    return ranked[0]
  }

  newId(): string {
    let number = this.table.size
    let id: string
    do {
      number += 1
      id = ID_PREFIX + number.toString(16).padStart(16, '0')
    } while (this.table.get(id))
    return id
  }

  fieldName(name: string): string | undefined {
    return name.startsWith('custom_attributes.') ? name.slice('custom_attributes.'.length) : name
  }

  fieldValue(field: string, value: unknown): FieldValue | null {
    if ((field === 'external_id' || field === ALIAS_FIELD) && typeof value === 'string') return value
    const reading = this.read(field, value, undefined)
    if ('take' in reading) return reading.take
    throw new Error('error' in reading ? reading.error : `${field} cannot hold ${JSON.stringify(value)}`)
  }

  private addAttribute(name: string, value: unknown): CustomAttribute | undefined {
    const type = inferType(value)
    if (type === undefined || name === '__proto__') return undefined
    const attribute = { name, type }
    this.custom.set(name, attribute)
    return attribute
  }
}

function rank(record: StoredRecord): number {
  return record.fields['external_id'] === undefined ? 0 : 1
}

/** The stored form of `{alias_name, alias_label}`. */
export function aliasKey(alias: unknown): string | undefined {
  if (!isObject(alias) || typeof alias['alias_name'] !== 'string' || typeof alias['alias_label'] !== 'string') return undefined
  return `${alias['alias_label']}:${alias['alias_name']}`
}
