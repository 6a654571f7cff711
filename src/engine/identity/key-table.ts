import type { DuckDb, TableWriter } from '../storage/duckdb.ts'
import { parseTextRow } from '../storage/duckdb.ts'
import { formValue } from './forms.ts'
import { missing } from './forms/key-value.ts'
import type { KeyValue } from './forms/key-value.ts'
import type { ResolvedKey, ResolvedPart } from './read-rules.ts'

/** What the records hold of one key. */
export interface KeyCounts {
  key: string
  /** Records with at least one usable value. */
  valid: number
  /** Records whose every value is unusable: junk, placeholders, broken forms. */
  invalid: number
  /** Records without any value. */
  missing: number
}

/** Some raw values repeat (names, days, places): their forms are kept for a while, as long as that pays. */
const REMEMBERED = 20_000

/** One part of a key, ready to read its value out of a row. */
class PartReader {
  private readonly resolved: ResolvedPart
  private readonly hashed: boolean
  private readonly places: number[]
  private readonly country: number | undefined
  private known: Map<string, KeyValue> | undefined = new Map<string, KeyValue>()
  private found = 0

  constructor(resolved: ResolvedPart, hashed: boolean, columns: readonly string[]) {
    this.resolved = resolved
    this.hashed = hashed
    this.places = resolved.columns.map((column) => columns.indexOf(column))
    this.country = resolved.part.country === undefined ? undefined : columns.indexOf(resolved.part.country)
  }

  read(row: readonly (string | null)[], source: string): KeyValue {
    const { part } = this.resolved
    if (part.sources !== undefined && !part.sources.includes(source)) return missing
    const raw = this.rawOf(row)
    if (raw === null || raw === '') return missing
    const country = this.country === undefined ? null : (row[this.country] ?? null)
    const make = (): KeyValue => formValue(raw, { part, country, hashed: this.hashed })
    return this.known === undefined ? make() : this.remembered(this.known, country === null ? raw : `${country}\u0000${raw}`, make)
  }

  private remembered(known: Map<string, KeyValue>, name: string, make: () => KeyValue): KeyValue {
    const before = known.get(name)
    if (before) {
      this.found += 1
      return before
    }
    const value = make()
    if (known.size < REMEMBERED) known.set(name, value)
    else {
      this.known = this.found > REMEMBERED ? new Map([[name, value]]) : undefined
      this.found = 0
    }
    return value
  }

  private rawOf(row: readonly (string | null)[]): string | null {
    if (this.places.length === 1) return row[this.places[0] ?? -1] ?? null
    const parts = this.places.map((place) => row[place]?.trim() ?? '')
    return parts.includes('') ? null : parts.join(' ')
  }
}

/** Every comparable value of a key that a row gives, and whether what it gave was unusable. */
export class KeyReader {
  private readonly parts: PartReader[]

  constructor(key: ResolvedKey, columns: readonly string[]) {
    this.parts = key.parts.map((part) => new PartReader(part, key.hashed, columns))
  }

  read(row: readonly (string | null)[], source: string): { values: readonly string[]; invalid: boolean } {
    let values: readonly string[] = []
    let invalid = false
    for (const part of this.parts) {
      const value = part.read(row, source)
      if (value.ok) values = values.length === 0 ? value.values : [...new Set([...values, ...value.values])]
      else invalid ||= value.cause === 'key invalid'
    }
    return { values, invalid }
  }
}

/** Columns that the keys read, each once. */
export function columnsOf(keys: readonly ResolvedKey[]): string[] {
  return [...new Set(keys.flatMap(({ parts }) => parts.flatMap(({ columns, part }) => [...columns, ...(part.country === undefined ? [] : [part.country])])))]
}

/** The table of one key's values: record number and value, a line for each. */
export function keyTable(key: number): string {
  return `key_${key}`
}

/** Also `unusable`: the records of which a key has values, and no usable one. */
export async function createKeyTables(db: DuckDb, keys: readonly ResolvedKey[]): Promise<void> {
  for (const key of keys.keys()) await db.run(`CREATE TABLE ${keyTable(key)} (record INTEGER, value VARCHAR)`)
  await db.run('CREATE TABLE unusable (key SMALLINT, record INTEGER)')
}

export async function dropKeyTables(db: DuckDb, keys: readonly ResolvedKey[]): Promise<void> {
  for (const key of keys.keys()) await db.run(`DROP TABLE ${keyTable(key)}`)
  await db.run('DROP TABLE unusable')
}

/** Reads number, source and columns of every row of a table, and adds the comparable values to the tables of the keys. */
export async function fillKeyTables(db: DuckDb, keys: readonly ResolvedKey[], { table, columns }: { table: string; columns: readonly string[] }): Promise<KeyCounts[]> {
  const counts = keys.map(({ name }) => ({ key: name, valid: 0, invalid: 0, missing: 0 }))
  const readers = keys.map((key) => new KeyReader(key, columns))
  const writer = await db.createTable('new_value', { key: 'whole number', record: 'whole number', value: 'text' })
  const reading = await db.fork()
  try {
    for await (const rows of reading.textRows(['number', 'source', ...columns.map((_, at) => `c${at}`)], `FROM ${table}`)) {
      for (const row of rows) writeRow(parseTextRow(row), readers, writer, counts)
    }
  } finally {
    writer.finish()
    reading.close()
  }
  for (const key of keys.keys()) await db.run(`INSERT INTO ${keyTable(key)} SELECT record, value FROM new_value WHERE key = ${key} AND value IS NOT NULL`)
  await db.run('INSERT INTO unusable SELECT key, record FROM new_value WHERE value IS NULL')
  await db.run('DROP TABLE new_value')
  return counts
}

function writeRow(row: readonly (string | null)[], readers: readonly KeyReader[], writer: TableWriter, counts: readonly KeyCounts[]): void {
  const [number, source, ...values] = row
  readers.forEach((reader, key) => {
    const read = reader.read(values, source ?? '')
    const count = counts[key]
    const found = read.values.length > 0 ? 'valid' : read.invalid ? 'invalid' : 'missing'
    if (count) count[found] += 1
    if (found === 'invalid') writer.add([key, Number(number), null])
    for (const value of read.values) writer.add([key, Number(number), value])
  })
}
