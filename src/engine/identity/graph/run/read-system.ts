import type { IdentitySource } from '../../../../contract/shapes.ts'
import type { ReadRecord } from '../../../destinations/destination.ts'
import type { DestinationField } from '../../../values/destination-field.ts'
import { PageWatch } from '../../../destinations/pages.ts'
import { inFlight } from '../../../concurrency/in-flight.ts'
import type { Clock } from '../../../ports/ports.ts'
import { quoteText } from '../../../storage/duckdb.ts'
import type { DuckDb, TableWriter } from '../../../storage/duckdb.ts'
import { textOf } from '../../../values/canonical.ts'
import { normaliseMatchKey } from '../../../values/match-key.ts'
import type { SourceState } from './source-states.ts'
import type { SystemSource } from './record-sources.ts'

/** Requests in flight at once; the connection's limiter decides the pace. */
const readsInFlight = 6
const day = 24 * 60 * 60_000
/** As many requests are no slower than asking what changed. */
const cheapRequests = 2

export type SystemRead = IdentitySource['how']

/**
 * How the records of a system are read: not at all when they were a moment ago; by what changed, where the system tells;
 * in full at least once a day, since no feed tells what was deleted, and where that is no slower.
 */
export function chooseRead(source: Pick<SystemSource, 'connected' | 'lookUp'>, known: SourceState | undefined, { now, readAgainAfterMs }: { now: number; readAgainAfterMs: number }): SystemRead {
  if (known && now - known.readAt < readAgainAfterMs) return 'as read before'
  const { declaration, profile } = source.connected
  if (!declaration.list) return 'looked up'
  const fullRequests = Math.ceil((known?.records ?? 0) / profile.rowsPerRead)
  return known && declaration.changeFeed && now - known.fullAt < day && fullRequests > cheapRequests ? 'changed since' : 'full'
}

export interface SystemReading {
  db: DuckDb
  source: SystemSource
  /** Of the rules, in order. */
  columns: readonly string[]
  clock: Clock
  signal?: AbortSignal
  progress(done: number, of?: number): void
}

/** Fills `answered` with every record that the system tells of: id, gone, label, c0, c1 … */
export class SystemReader {
  private readonly reading: SystemReading
  private readonly writer: TableWriter
  /** For each column of the rules the field here, where there is one; then those of the label. */
  private readonly columns: (DestinationField | undefined)[]
  private readonly label: (DestinationField | undefined)[]
  private done = 0

  private constructor(reading: SystemReading, writer: TableWriter) {
    this.reading = reading
    this.writer = writer
    const { object, columns, label } = reading.source
    const fieldOf = (name: string | undefined): DestinationField | undefined => object.fields.find((field) => field.name === name)
    this.columns = reading.columns.map((column) => fieldOf(columns.get(column)))
    this.label = label.map(fieldOf)
  }

  static async start(reading: SystemReading): Promise<SystemReader> {
    const values = Object.fromEntries(reading.columns.map((_, at) => [`c${at}`, 'text' as const]))
    return new SystemReader(reading, await reading.db.createTable('answered', { id: 'text', gone: 'true or false', label: 'text', ...values }))
  }

  /** All records, or those that changed since then. */
  async list(changedSince?: string): Promise<void> {
    const { connected, object } = this.reading.source
    const watch = new PageWatch({ name: connected.name, what: 'listing its records' })
    let cursor: string | undefined
    do {
      const page = await connected.list({ object: object.name, fields: this.fields, ...(changedSince === undefined ? {} : { changedSince }), ...(cursor === undefined ? {} : { cursor }) }, this.reading.signal)
      this.keep(page.records)
      this.advance(page.records.length)
      cursor = page.next
      if (cursor !== undefined) watch.goesOn(cursor, page.records.map(({ id }) => id))
    } while (cursor !== undefined)
  }

  /** The records that hold one of the values in `asked`. */
  async lookUp(field: string, of: number): Promise<void> {
    const { connected, object } = this.reading.source
    const requests = inFlight(readsInFlight)
    const send = (values: string[]): Promise<void> =>
      requests.add(async () => {
        this.keep(await connected.read({ object: object.name, fields: this.fields, by: { kind: 'key', field, values } }, this.reading.signal))
        this.advance(values.length, of)
      })
    const asking = await this.reading.db.fork()
    try {
      let batch: string[] = []
      for await (const { columns } of asking.columns('SELECT value FROM asked')) {
        for (const value of columns[0] as string[]) {
          // Placeholders are asked of nobody.
          if (!normaliseMatchKey('trimmed', value).ok) continue
          batch.push(value)
          if (batch.length < connected.profile.rowsPerRead) continue
          await send(batch)
          batch = []
        }
      }
      if (batch.length > 0) await send(batch)
    } finally {
      asking.close()
    }
    await requests.drain()
  }

  finish(): void {
    this.writer.finish()
  }

  private get fields(): string[] {
    return [...new Set([...this.columns, ...this.label].flatMap((field) => field?.name ?? []))]
  }

  private keep(records: readonly ReadRecord[]): void {
    for (const record of records) {
      const label = this.label.flatMap((field) => this.textOf(record, field) ?? []).join(' ')
      this.writer.add([record.id, record.deleted ?? false, label === '' ? null : label, ...this.columns.map((field) => this.textOf(record, field))])
    }
  }

  private textOf(record: ReadRecord, field: DestinationField | undefined): string | null {
    if (field === undefined) return null
    const canonical = this.reading.source.connected.decode(field, record.fields[field.name] ?? null)
    return canonical === null ? null : textOf(canonical)
  }

  private advance(count: number, of?: number): void {
    this.done += count
    this.reading.progress(this.done, of)
  }
}

/** Adds the records of a system to `incoming`: what `answered` says, and, unless that is all, what is held of the others. */
export async function takeAnswers(db: DuckDb, source: string, columns: number, complete: boolean): Promise<void> {
  const counted = await db.row<{ records: number; ids: number }>('SELECT count(*) AS records, count(DISTINCT id) AS ids FROM answered')
  // A record that moved between two pages, or that several values led to, was told of twice.
  if (counted && counted.ids < counted.records) await db.run('CREATE OR REPLACE TABLE answered AS SELECT unnest(newest) FROM (SELECT arg_max(answered, rowid) AS newest FROM answered GROUP BY id)')
  await db.run(`INSERT INTO incoming SELECT ${quoteText(`${source}:`)} || id, ${quoteText(source)}, * EXCLUDE (id, gone) FROM answered WHERE NOT gone`)
  if (!complete) await takeHeld(db, source, columns, `AND reference NOT IN (SELECT ${quoteText(`${source}:`)} || id FROM answered)`)
}

/** Adds to `incoming` what the index holds of a source. */
export async function takeHeld(db: DuckDb, source: string, columns: number, where = ''): Promise<void> {
  const values = Array.from({ length: columns }, (_, at) => `, c${at}`).join('')
  await db.run(`INSERT INTO incoming SELECT reference, source, label${values} FROM record JOIN content USING (number) WHERE source = ${quoteText(source)} ${where}`)
}
