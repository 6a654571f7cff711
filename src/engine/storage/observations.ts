import type { Raw } from '../../contract/states.ts'
import { rawText } from '../values/json.ts'
import { type DuckDb, quoteText, type TableWriter } from './duckdb.ts'
import { fieldColumn, fieldColumnName, linksScope, objectScope, type ProofPlace, settledScope, type Snapshots } from './snapshots.ts'

/** What was proved about one record: the values both sides agree on, and the link of the product key. */
export interface Observation {
  key: string
  remoteId: string
  /** ISO instant of the read that proved it. */
  readAt: string
  /** Delivered, but the destination cannot be read: agreed without proof. */
  assumed?: boolean
  /** Destination field → raw value. */
  agreed: Record<string, Raw>
  /** Source fingerprint when every mapped field is settled; null: look at the record again next time. */
  fp: string | null
  /** This activation made the record. */
  created: boolean
}

interface PreparedFile {
  path: string
  rows: number
}

/** Files written and not yet published, with what they hold. */
export interface PreparedObservations {
  base?: PreparedFile
  links?: PreparedFile
  /** Links that this activation forgot: the others have to look at them again. */
  reopened?: PreparedFile
}

/** Collects observations in columnar form and turns them into data files of the log. */
export class ObservationWriter {
  private readonly duckdb: DuckDb
  private readonly connections: DuckDb[]
  private readonly fields: string[]
  private readonly base: TableWriter
  private readonly links: TableWriter
  private readonly reopened: TableWriter

  private constructor(duckdb: DuckDb, connections: DuckDb[], fields: string[], tables: { base: TableWriter; links: TableWriter; reopened: TableWriter }) {
    this.duckdb = duckdb
    this.connections = connections
    this.fields = fields
    this.base = tables.base
    this.links = tables.links
    this.reopened = tables.reopened
  }

  static async open(duckdb: DuckDb, fields: string[]): Promise<ObservationWriter> {
    const connections = [await duckdb.fork(), await duckdb.fork(), await duckdb.fork()] as const
    const columns: Record<string, 'text' | 'true or false'> = { remote_id: 'text', read_at: 'text', assumed: 'true or false' }
    for (const field of fields) columns[fieldColumnName(field)] = 'text'
    const base = await connections[0].createTable('observed_base', columns)
    const statement = { key: 'text', remote_id: 'text', fp: 'text', created: 'true or false' } as const
    const links = await connections[1].createTable('observed_links', statement)
    const reopened = await connections[2].createTable('reopened_links', statement)
    return new ObservationWriter(duckdb, [...connections], fields, { base, links, reopened })
  }

  add(observation: Observation): void {
    const row: (string | boolean | null)[] = [observation.remoteId, observation.readAt, observation.assumed ?? false]
    let agreed = 0
    for (const field of this.fields) {
      const value = observation.agreed[field]
      row.push(value === undefined ? null : rawText(value))
      if (value !== undefined) agreed++
    }
    if (agreed > 0) this.base.add(row)
    this.links.add([observation.key, observation.remoteId, observation.fp, observation.created])
  }

  /**
   * This activation removed the record: for it the key leads nowhere any more. For the other activations a record they
   * know is gone, which is a finding and no reason to make it again.
   */
  forget(key: string, remoteId: string): void {
    this.links.add([key, null, null, false])
    this.reopened.add([key, remoteId, null, false])
  }

  /** Writes the data files. They count only once `publishObservations` ran in a transaction. */
  async prepare(snapshots: Snapshots): Promise<PreparedObservations> {
    const { base, links, reopened } = this
    for (const table of [base, links, reopened]) table.finish()
    for (const connection of this.connections) connection.close()
    const prepared: PreparedObservations = {}
    if (base.rowsWritten > 0) {
      const structs = this.fields.map((field) => `CASE WHEN ${fieldColumn(field)} IS NULL THEN NULL ELSE {'raw': ${fieldColumn(field)}, 'read_at': read_at, 'assumed': assumed} END AS ${fieldColumn(field)}`)
      prepared.base = await this.write(`SELECT remote_id, ${structs.join(', ')} FROM observed_base`, snapshots.newFile('base'), base.rowsWritten)
    }
    if (links.rowsWritten > 0) prepared.links = await this.write('SELECT key, remote_id, fp::UBIGINT AS fp, created FROM observed_links', snapshots.newFile('links'), links.rowsWritten)
    if (reopened.rowsWritten > 0) prepared.reopened = await this.write('SELECT key, remote_id, fp::UBIGINT AS fp, created FROM reopened_links', snapshots.newFile('settled'), reopened.rowsWritten)
    return prepared
  }

  private async write(query: string, path: string, rows: number): Promise<PreparedFile> {
    await this.duckdb.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
    return { path, rows }
  }
}

/** Makes prepared files part of what is known. Call inside the transaction that records why. */
export function publishObservations(snapshots: Snapshots, { base, links, reopened }: PreparedObservations, place: ProofPlace): void {
  const shared = linksScope(place)
  const own = settledScope(place)
  if (base) snapshots.publish('base', objectScope(place.connection, place.object), base.path, base.rows)
  if (links) {
    snapshots.publish('links', shared, links.path, links.rows)
    snapshots.publish('settled', own, links.path, links.rows)
  }
  if (reopened) for (const other of snapshots.scopesWithin('settled', shared)) if (other !== own) snapshots.publish('settled', other, reopened.path, reopened.rows)
}
