import type { DuckDb, TableWriter } from '../storage/duckdb.ts'
import { parseTextRow } from '../storage/duckdb.ts'
import { formValue } from './forms.ts'
import type { KeyValue } from './forms/key-value.ts'
import type { ResolvedKey, ResolvedPart } from './read-rules.ts'
import type { KeyColumn } from './clusters/types.ts'

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

/** Raw values repeat (names, days, places): what was brought to its form is kept for a while. */
const REMEMBERED = 50_000

/** One part of a key, ready to read its value out of a row. */
class PartReader {
  private readonly resolved: ResolvedPart
  private readonly hashed: boolean
  private readonly places: number[]
  private readonly country: number | undefined
  private known = new Map<string, KeyValue>()

  constructor(resolved: ResolvedPart, hashed: boolean, columns: readonly string[]) {
    this.resolved = resolved
    this.hashed = hashed
    this.places = resolved.columns.map((column) => columns.indexOf(column))
    this.country = resolved.part.country === undefined ? undefined : columns.indexOf(resolved.part.country)
  }

  read(row: readonly (string | null)[], source: string): KeyValue {
    const { part } = this.resolved
    if (part.sources !== undefined && !part.sources.includes(source)) return formValue(null, { part, hashed: this.hashed })
    const raw = this.rawOf(row)
    const country = this.country === undefined ? null : (row[this.country] ?? null)
    const name = country === null ? (raw ?? '') : `${country}\u0000${raw ?? ''}`
    const before = this.known.get(name)
    if (before) return before
    const value = formValue(raw, { part, country, hashed: this.hashed })
    if (this.known.size >= REMEMBERED) this.known = new Map()
    this.known.set(name, value)
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

/** Brings every value to its form, into one table `key_value` of key, record number and value. */
export async function fillKeyTable(db: DuckDb, keys: readonly ResolvedKey[], columns: readonly string[]): Promise<KeyCounts[]> {
  const writer = await db.createTable('key_value', { key: 'whole number', record: 'whole number', value: 'text' })
  const counts = keys.map(({ name }) => ({ key: name, valid: 0, invalid: 0, missing: 0 }))
  const reading = await db.fork()
  const readers = keys.map((key) => new KeyReader(key, columns))
  for await (const rows of reading.textRows(['number', 'source', ...columns.map((_, at) => `c${at}`)], 'FROM record')) {
    for (const row of rows) writeRow(parseTextRow(row), readers, writer, counts)
  }
  writer.finish()
  reading.close()
  return counts
}

function writeRow(row: readonly (string | null)[], readers: readonly KeyReader[], writer: TableWriter, counts: readonly KeyCounts[]): void {
  const [number, source, ...values] = row
  readers.forEach((reader, key) => {
    const read = reader.read(values, source ?? '')
    const count = counts[key]
    if (count) count[read.values.length > 0 ? 'valid' : read.invalid ? 'invalid' : 'missing'] += 1
    for (const value of read.values) writer.add([key, Number(number), value])
  })
}

/** Values as whole numbers: the smallest record that has a value stands for it. */
export async function numberKeys(db: DuckDb, keys: readonly ResolvedKey[], records: number): Promise<KeyColumn[]> {
  const columns: KeyColumn[] = []
  for (const [key, resolved] of keys.entries()) {
    const blocked = await blockedNumbers(db, key, resolved)
    columns.push({ ...(await numberKey(db, key, records)), blocked, mostRecords: resolved.mostRecords })
  }
  return columns
}

async function numberKey(db: DuckDb, key: number, records: number): Promise<Pick<KeyColumn, 'start' | 'values'>> {
  const counted = await db.row<{ values: number }>('SELECT count(*) AS "values" FROM key_value WHERE key = ?', [key])
  const total = counted?.values ?? 0
  const [owners, numbers] = [new Int32Array(total), new Int32Array(total)]
  let at = 0
  const sql = 'SELECT record::INTEGER, (min(record) OVER (PARTITION BY value))::INTEGER FROM key_value WHERE key = ?'
  for await (const { rows, columns } of db.columns(sql, [key])) {
    for (let row = 0; row < rows; row += 1, at += 1) {
      owners[at] = columns[0]?.[row] as number
      numbers[at] = columns[1]?.[row] as number
    }
  }
  return byRecord(owners, numbers, records)
}

/** A counting sort: the values of each record side by side. */
function byRecord(owners: Int32Array, numbers: Int32Array, records: number): Pick<KeyColumn, 'start' | 'values'> {
  const start = new Int32Array(records + 1)
  for (const owner of owners) start[owner + 1] = (start[owner + 1] ?? 0) + 1
  for (let record = 0; record < records; record += 1) start[record + 1] = (start[record + 1] ?? 0) + (start[record] ?? 0)
  const fill = start.slice(0, records)
  const values = new Int32Array(numbers.length)
  owners.forEach((owner, at) => {
    const place = fill[owner] ?? 0
    values[place] = numbers[at] ?? 0
    fill[owner] = place + 1
  })
  return { start, values }
}

/** Blocked values in any spelling that some part of the key brings to the same form. */
async function blockedNumbers(db: DuckDb, key: number, { blocked, parts, hashed }: ResolvedKey): Promise<Set<number>> {
  const values = blocked.flatMap((raw) =>
    parts.flatMap(({ part }) => {
      const value = formValue(raw, { part, hashed })
      return value.ok ? value.values : []
    }),
  )
  if (values.length === 0) return new Set()
  const list = values.map(() => '?').join(', ')
  const found = await db.rows<{ number: number }>(`SELECT min(record) AS number FROM key_value WHERE key = ? AND value IN (${list}) GROUP BY value`, [key, ...values])
  return new Set(found.map(({ number }) => number))
}
