import { RecordTable } from '../kit/records.ts'
import type { FieldChanges, FieldValue, StoredRecord } from '../kit/record.ts'
import type { ObjectControl } from '../kit/simulator.ts'
import { API_ACTOR } from '../kit/records.ts'

export const fields = ['external_id', 'name', 'tier'] as const
export const tiers = ['bronze', 'silver', 'gold']

/** What is wrong with one row, in the system's own words. */
export class BadRow extends Error {}

/** The records of a system that is written in bulk: people with an external id and a tier. */
export class People implements ObjectControl {
  readonly table = new RecordTable('people', [{ field: 'external_id', unique: true, normalise: (value) => value }])

  fieldName(name: string): string | undefined {
    return fields.find((field) => field === name)
  }

  fieldValue(_field: string, value: unknown): FieldValue | null {
    return typeof value === 'string' && value !== '' ? value : null
  }

  newId(): string {
    return String(this.table.nextId())
  }

  /** Applies one row of a job; an empty cell changes nothing, `#N/A` empties the field. */
  apply(operation: string, row: Record<string, string>, at: number): { record: StoredRecord; created: boolean } {
    const changes: Record<string, FieldValue | null> = {}
    for (const field of fields) {
      const text = row[field] ?? ''
      if (text !== '') changes[field] = text === '#N/A' ? null : text
    }
    if (typeof changes['tier'] === 'string' && !tiers.includes(changes['tier'])) throw new BadRow('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:tier')
    return operation === 'create' ? this.create(changes, at) : this.change(operation, row['id'] ?? '', changes, at)
  }

  private create(changes: FieldChanges, at: number): { record: StoredRecord; created: boolean } {
    const key = changes['external_id']
    if (typeof key !== 'string') throw new BadRow('REQUIRED_FIELD_MISSING:external_id')
    if (this.table.find('external_id', key)) throw new BadRow('DUPLICATE_VALUE:external_id')
    const kept = Object.fromEntries(Object.entries(changes).filter((entry): entry is [string, FieldValue] => entry[1] !== null))
    return { record: this.table.create(this.newId(), kept, API_ACTOR, at), created: true }
  }

  private change(operation: string, id: string, changes: FieldChanges, at: number): { record: StoredRecord; created: boolean } {
    const record = this.table.get(id)
    if (!record || record.deleted) throw new BadRow('ENTITY_IS_DELETED:id')
    if (operation === 'delete') this.table.remove(record, at)
    else this.table.write(record, changes, API_ACTOR, at)
    return { record, created: false }
  }
}
