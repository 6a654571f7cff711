import type { FieldValue, StoredRecord } from './record.ts'

/** A field by which records are found. `normalise` decides which values count as the same key. */
export type KeyField = { readonly field: string; readonly unique: boolean; normalise(value: string): string }

/** Key value → record(s). One record per value is the common case and costs no array. */
export class KeyIndex {
  private readonly key: KeyField
  private readonly entries = new Map<string, StoredRecord | StoredRecord[]>()

  constructor(key: KeyField) {
    this.key = key
  }

  find(value: string): StoredRecord | undefined {
    const entry = this.entries.get(this.key.normalise(value))
    return Array.isArray(entry) ? entry.at(-1) : entry
  }

  findAll(value: string): readonly StoredRecord[] {
    const entry = this.entries.get(this.key.normalise(value))
    if (entry === undefined) return []
    return Array.isArray(entry) ? entry : [entry]
  }

  add(value: string, record: StoredRecord): void {
    const key = this.key.normalise(value)
    const entry = this.entries.get(key)
    if (entry === undefined || entry === record) this.entries.set(key, record)
    else if (!Array.isArray(entry)) this.entries.set(key, [entry, record])
    else if (!entry.includes(record)) entry.push(record)
  }

  /** Moves a record from its former key value to its new one; either may be missing. */
  replace(former: FieldValue | undefined, value: FieldValue | null, record: StoredRecord): void {
    if (typeof former === 'string') this.drop(former, record)
    if (typeof value === 'string') this.add(value, record)
  }

  clear(): void {
    this.entries.clear()
  }

  private drop(value: string, record: StoredRecord): void {
    const key = this.key.normalise(value)
    const entry = this.entries.get(key)
    if (entry === record) this.entries.delete(key)
    else if (Array.isArray(entry)) {
      const rest = entry.filter((other) => other !== record)
      const only = rest[0]
      if (rest.length === 1 && only) this.entries.set(key, only)
      else this.entries.set(key, rest)
    }
  }
}

/** Keys that compare without regard to case, as addresses do everywhere and external ids do in some systems. */
export function lowerCaseKey(field: string, unique: boolean): KeyField {
  return { field, unique, normalise: (value) => value.toLowerCase() }
}

export function exactKey(field: string, unique: boolean): KeyField {
  return { field, unique, normalise: (value) => value }
}
