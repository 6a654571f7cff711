import type { DuckDb, TableWriter } from '../storage/duckdb.ts'
import { parseTextRow } from '../storage/duckdb.ts'
import { blockedValues } from './blocked-values.ts'
import { droppedValues } from './dropped-values.ts'
import { formValue } from './forms.ts'
import type { FormRules } from './forms.ts'
import { missing } from './forms/key-value.ts'
import type { DropReason, KeyValue } from './forms/key-value.ts'
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
  dropped?: Awaited<ReturnType<typeof droppedValues>>[number]
}

/** Some raw values repeat (names, days, places): their forms are kept for a while, as long as that pays. */
const REMEMBERED = 20_000

/** One part of a key, ready to read its value out of a row. */
class PartReader {
  private readonly resolved: ResolvedPart
  private readonly forms: FormRules
  private readonly places: number[]
  private readonly country: number | undefined
  private known: Map<string, KeyValue> | undefined = new Map<string, KeyValue>()
  private found = 0

  constructor(resolved: ResolvedPart, forms: FormRules, columns: readonly string[]) {
    this.resolved = resolved
    this.forms = forms
    this.places = resolved.columns.map((column) => columns.indexOf(column))
    this.country = resolved.part.country === undefined ? undefined : columns.indexOf(resolved.part.country)
  }

  /** Whether several values of one text are several things, not spellings of one. */
  get givesWords(): boolean {
    return this.resolved.part.words === 'each'
  }

  read(row: readonly (string | null)[], source: string): KeyValue {
    const { part } = this.resolved
    if (part.sources !== undefined && !part.sources.includes(source)) return missing
    const held = this.columnsOf(row)
    if (held === undefined) return missing
    const country = this.country === undefined ? null : (row[this.country] ?? null)
    const make = (): KeyValue => formValue(held.join(' '), { part, country, columns: held.length > 1 ? held : [], ...this.forms })
    const name = held.join('\u0001')
    return this.known === undefined ? make() : this.remembered(this.known, country === null ? name : `${country}\u0000${name}`, make)
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

  /** What the columns hold; undefined where one of them holds nothing. */
  columnsOf(row: readonly (string | null)[]): string[] | undefined {
    const only = this.places.length === 1
    const held = this.places.map((place) => (only ? row[place] : row[place]?.trim()) ?? '')
    return held.includes('') ? undefined : held
  }
}

/** A value that was there and is no key, with why. */
export interface DroppedValue {
  reason: DropReason
  raw: string
}

/** Every comparable value of a key that a row gives, and what it gave that is unusable. */
export class KeyReader {
  private readonly parts: PartReader[]
  private readonly blocked: ReadonlySet<string>

  constructor(key: ResolvedKey, columns: readonly string[]) {
    this.parts = key.parts.map((part) => new PartReader(part, key.forms, columns))
    this.blocked = new Set(blockedValues(key))
  }

  read(row: readonly (string | null)[], source: string): { values: readonly string[]; dropped: readonly DroppedValue[] } {
    let values: readonly string[] = []
    let dropped: DroppedValue[] | undefined
    for (const part of this.parts) {
      const value = part.read(row, source)
      if (value.ok) {
        const allowed = part.givesWords ? value.values : this.allowed(value.values)
        values = values.length === 0 ? allowed : [...new Set([...values, ...allowed])]
      }
      else if (value.cause === 'key invalid') (dropped ??= []).push({ reason: value.reason, raw: part.columnsOf(row)?.join(' ') ?? '' })
    }
    return { values, dropped: dropped ?? [] }
  }

  /** An address is known under several hashes; where one of them is blocked, the others lead nowhere either. */
  private allowed(values: readonly string[]): readonly string[] {
    if (values.length < 2 || this.blocked.size === 0) return values
    const held = values.filter((value) => this.blocked.has(value))
    return held.length === 0 ? values : held
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

/** Also `dropped`: what records hold of a key that is no key, with why; and `unusable`, those of which it has nothing else. */
export async function createKeyTables(db: DuckDb, keys: readonly ResolvedKey[]): Promise<void> {
  for (const key of keys.keys()) await db.run(`CREATE TABLE ${keyTable(key)} (record INTEGER, value VARCHAR)`)
  await db.run('CREATE OR REPLACE TABLE unusable (key SMALLINT, record INTEGER)')
  await db.run('CREATE OR REPLACE TABLE dropped (key SMALLINT, record INTEGER, reason VARCHAR, value VARCHAR)')
}

export async function dropKeyTables(db: DuckDb, keys: readonly ResolvedKey[]): Promise<void> {
  for (const key of keys.keys()) await db.run(`DROP TABLE ${keyTable(key)}`)
  await db.run('DROP TABLE unusable')
  await db.run('DROP TABLE IF EXISTS dropped')
}

/** Reads number, source and columns of every row of a table, and adds the comparable values to the tables of the keys. */
export async function fillKeyTables(db: DuckDb, keys: readonly ResolvedKey[], { table, columns }: { table: string; columns: readonly string[] }): Promise<KeyCounts[]> {
  const counts = keys.map(({ name }) => ({ key: name, valid: 0, invalid: 0, missing: 0 }))
  const readers = keys.map((key) => new KeyReader(key, columns))
  const writer = await db.createTable('new_value', { key: 'whole number', record: 'whole number', value: 'text', reason: 'text', alone: 'true or false' })
  const reading = await db.fork()
  try {
    for await (const rows of reading.textRows(['number', 'source', ...columns.map((_, at) => `c${at}`)], `FROM ${table}`)) {
      for (const row of rows) writeRow(parseTextRow(row), readers, writer, counts)
    }
  } finally {
    writer.finish()
    reading.close()
  }
  for (const key of keys.keys()) await db.run(`INSERT INTO ${keyTable(key)} SELECT record, value FROM new_value WHERE key = ${key} AND reason IS NULL`)
  await db.run('INSERT INTO unusable SELECT DISTINCT key, record FROM new_value WHERE alone')
  await db.run('INSERT INTO dropped SELECT DISTINCT key, record, reason, value FROM new_value WHERE reason IS NOT NULL')
  await db.run('DROP TABLE new_value')
  const dropped = await droppedValues(db, keys.length)
  return counts.map((count, key) => ({ ...count, ...(dropped[key]?.length ? { dropped: dropped[key] } : {}) }))
}

function writeRow(row: readonly (string | null)[], readers: readonly KeyReader[], writer: TableWriter, counts: readonly KeyCounts[]): void {
  const [number, source, ...values] = row
  readers.forEach((reader, key) => {
    const read = reader.read(values, source ?? '')
    const count = counts[key]
    const found = read.values.length > 0 ? 'valid' : read.dropped.length > 0 ? 'invalid' : 'missing'
    if (count) count[found] += 1
    for (const { reason, raw } of read.dropped) writer.add([key, Number(number), exampleOf(reason, raw), reason, found === 'invalid'])
    for (const value of read.values) writer.add([key, Number(number), value, null, false])
  })
}

/** What the rules themselves name may be shown; a value with a slip in it is somebody’s. */
function exampleOf(reason: DropReason, raw: string): string | null {
  return reason === 'not of its form' ? null : raw.trim().slice(0, 60)
}
