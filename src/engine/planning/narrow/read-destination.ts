import type { ReadScope } from '../../../contract/states.ts'
import type { Connection } from '../../destinations/connect.ts'
import type { DestinationProfile, ReadQuery, ReadRecord } from '../../destinations/destination.ts'
import { PageWatch } from '../../destinations/pages.ts'
import type { MatchKeyForm } from '../../identity/forms/upload-form.ts'
import { inFlight } from '../../concurrency/in-flight.ts'
import type { Clock } from '../../ports/ports.ts'
import { type DuckDb, parseTextRow } from '../../storage/duckdb.ts'
import { createPageTable, type PageColumns, type PageTableWriter } from '../../storage/page-table.ts'
import { fieldColumn, fieldColumnName } from '../../storage/data-file-log.ts'
import { rawText } from '../../values/json.ts'
import { MatchKeys } from './match-keys.ts'

/** Requests in flight at once; the connection's limiter decides the pace. */
const readsInFlight = 6

export interface DestinationReading {
  duckdb: DuckDb
  connected: Connection
  object: string
  /** Destination fields to read, the mapped ones. */
  fields: string[]
  match: MatchKeyForm & { field: string }
  clock: Clock
  signal?: AbortSignal
  progress(done: number, of: number | undefined): void
}

/** Makes the table `actual`; every answer of the destination becomes one row in it. */
export async function startReading(reading: DestinationReading): Promise<ActualReader> {
  const columns: PageColumns = { requested_id: 'text', requested_key: 'text', remote_id: 'text', deleted: 'true or false', updated_at: 'text' }
  // Raw values are JSON.
  for (const field of reading.fields) columns[fieldColumnName(field)] = 'plain text'
  const connection = await reading.duckdb.fork()
  return new ActualReader(reading, connection, await createPageTable(connection, 'actual', columns))
}

/** Reads what the plan needs, batch by batch, into `actual`. */
export class ActualReader {
  private readonly reading: DestinationReading
  private readonly connection: DuckDb
  private readonly writer: PageTableWriter
  private done = 0

  constructor(reading: DestinationReading, connection: DuckDb, writer: PageTableWriter) {
    this.reading = reading
    this.connection = connection
    this.writer = writer
  }

  /** Strong read of the records behind `query`, which yields one column of remote ids. */
  async readIds(query: string, of: number): Promise<void> {
    const { connected, fields, object } = this.reading
    const requests = inFlight(readsInFlight)
    await this.eachBatch(query, connected.profile.rowsPerRead, ([ids]) =>
      requests.add(async () => this.keep(await this.read({ object, fields, by: { kind: 'id', values: ids ?? [] } }), ids?.length ?? 0, of)),
    )
    await requests.drain()
  }

  /**
   * Normalises the match key of every row of `query` (key, value) into `match_keys`, and reads the records that hold
   * them, where the destination can be read. Rows without a usable key are kept there with the reason.
   */
  async readKeys(query: string, of: number): Promise<void> {
    const { connected, fields, object, match } = this.reading
    const readable = canBeRead(connected)
    const connection = await this.reading.duckdb.fork()
    const keys = await MatchKeys.open(connection)
    const requests = inFlight(readsInFlight)
    let batch = new Set<string>()
    const send = (values: string[]): Promise<void> =>
      requests.add(async () => this.keep(await this.read({ object, fields, by: { kind: 'key', field: match.field, values } }), values.length, of))
    for await (const rows of this.textsOf(query)) {
      for (const row of rows) {
        const [own, value] = parseTextRow(row)
        const key = keys.add(own ?? '', value, match)
        if (key === undefined || !readable) continue
        batch.add(key)
        if (batch.size < connected.profile.rowsPerRead) continue
        await send([...batch])
        batch = new Set()
      }
    }
    if (batch.size > 0) await send([...batch])
    await requests.drain()
    await keys.finish()
    connection.close()
  }

  /** Records changed since then, as the destination's own feed tells; waits until the feed shows all up to now. */
  async readChanges(changedSince: string): Promise<void> {
    const { connected, fields, object, clock, signal } = this.reading
    await clock.sleep(connected.profile.changeFeedDelayMs, signal)
    const watch = new PageWatch({ name: connected.name, what: 'telling what changed' })
    let cursor: string | undefined
    do {
      const page = await connected.list({ object, fields, changedSince, ...(cursor === undefined ? {} : { cursor }) }, signal)
      await this.keep(page.records, page.records.length, undefined)
      cursor = page.next
      if (cursor !== undefined) watch.goesOn(cursor, page.records.map(({ id }) => id))
    } while (cursor !== undefined)
  }

  /** Makes all that was read visible to queries. */
  async finish(): Promise<void> {
    try {
      await this.writer.finish()
    } finally {
      await this.writer.idle()
      this.connection.close()
    }
  }

  private read(query: ReadQuery): Promise<ReadRecord[]> {
    return this.reading.connected.read(query, this.reading.signal)
  }

  private async keep(records: ReadRecord[], asked: number, of: number | undefined): Promise<void> {
    for (const record of records) {
      const row: (string | boolean | null)[] = [record.mergedFrom ?? record.id, record.requestedKey ?? null, record.id, record.deleted ?? false, record.updatedAt ?? null]
      for (const field of this.reading.fields) row.push(rawText(record.fields[field] ?? null))
      this.writer.add(row)
    }
    this.done += asked
    this.reading.progress(this.done, of)
    await this.writer.stored()
  }

  /** Of two text columns, `key` and `value`. As JSON: the driver drops a byte order mark at the start of a text. */
  private async *textsOf(query: string): AsyncGenerator<string[]> {
    const connection = await this.reading.duckdb.fork()
    try {
      yield* connection.textRows(['key', 'value'], `FROM (${query}) AS asked(key, value)`)
    } finally {
      connection.close()
    }
  }

  private async *streamOf(query: string): AsyncGenerator<{ rows: number; columns: unknown[][] }> {
    const connection = await this.reading.duckdb.fork()
    try {
      yield* connection.columns(query)
    } finally {
      connection.close()
    }
  }

  private async eachBatch(query: string, size: number, use: (columns: string[][]) => Promise<void>): Promise<void> {
    let batch: string[] = []
    for await (const { columns } of this.streamOf(query)) {
      for (const id of columns[0] as string[]) {
        batch.push(id)
        if (batch.length < size) continue
        await use([batch])
        batch = []
      }
    }
    if (batch.length > 0) await use([batch])
  }
}

/**
 * What a destination that cannot be read holds, as far as was ever agreed with it: every record of `asked` becomes a row of
 * `actual` with the values of `base` (`remote_id` and a column a field). Nothing is proved by it.
 */
export async function assumeActual(duckdb: DuckDb, fields: readonly string[], base: string): Promise<void> {
  const names = fields.map((field) => `, ${fieldColumn(field)}`).join('')
  const values = fields.map((field) => `, b.${fieldColumn(field)}.raw`).join('')
  await duckdb.run(`INSERT INTO actual (requested_id, remote_id, deleted${names}) SELECT asked.remote_id, asked.remote_id, false${values} FROM asked LEFT JOIN (${base}) b USING (remote_id)`)
}

/** Whether what a destination holds can be seen at all. */
export function canBeRead({ profile }: Pick<Connection, 'profile'>): boolean {
  return profile.readBack !== 'none'
}

export interface DriftReading {
  /** Linked rows that need no decision by themselves. */
  settled: number
  /** Read anyhow: changed, unknown or with an open finding. */
  unsettled: number
  /** Until when this activation has already read the destination's changes. */
  mark: string | undefined
  requestBudget: number
  asOf: string
}

/**
 * How drift is looked for in the settled rows (semantics §3 "Read scope"). Reading everything also finds what was deleted,
 * so it wins where it takes no longer than waiting for the change feed to be complete.
 */
export function chooseReadScope(connected: Pick<Connection, 'declaration' | 'profile'>, drift: DriftReading): ReadScope {
  const of = drift.settled + drift.unsettled
  const all: ReadScope = { looked: of, of, asOf: drift.asOf, how: 'full' }
  if (!canBeRead(connected)) return { looked: 0, of, asOf: drift.asOf, how: 'only changed rows' }
  if (drift.settled === 0) return all
  const { profile } = connected
  const requests = Math.ceil(drift.settled / profile.rowsPerRead)
  const affordable = requests <= drift.requestBudget
  if (affordable && requests * leastMsPerRequest(profile) <= profile.changeFeedDelayMs) return all
  if (connected.declaration.changeFeed && drift.mark !== undefined) return { ...all, how: 'changed since' }
  return affordable ? all : { looked: drift.unsettled, of, asOf: drift.asOf, how: 'only changed rows' }
}

/** The pace that the vendor's windows allow, at best. */
function leastMsPerRequest({ limits }: DestinationProfile): number {
  return Math.max(0, ...limits.map((limit) => (limit.kind === 'window' && limit.counts !== 'named' ? limit.perMs / limit.requests : 0)))
}
