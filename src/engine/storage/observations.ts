import type { Raw } from '../../contract/states.ts'
import { rawText } from '../values/json.ts'
import { type DuckDb, quoteText, type TableWriter } from './duckdb.ts'
import { type DataFile, fieldColumn, fieldColumnName, type Snapshots } from './snapshots.ts'

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

/** Files written and not yet published, with what they hold. */
export interface PreparedObservations {
  base?: { file: Pick<DataFile, 'id' | 'path'>; rows: number }
  links?: { file: Pick<DataFile, 'id' | 'path'>; rows: number }
}

/** Collects observations in columnar form and turns them into data files of the log. */
export class ObservationWriter {
  private readonly duckdb: DuckDb
  private readonly connections: DuckDb[]
  private readonly fields: string[]
  private readonly base: TableWriter
  private readonly links: TableWriter

  private constructor(duckdb: DuckDb, connections: DuckDb[], fields: string[], base: TableWriter, links: TableWriter) {
    this.duckdb = duckdb
    this.connections = connections
    this.fields = fields
    this.base = base
    this.links = links
  }

  static async open(duckdb: DuckDb, fields: string[]): Promise<ObservationWriter> {
    const connections = [await duckdb.fork(), await duckdb.fork()] as const
    const columns: Record<string, 'text' | 'true or false'> = { remote_id: 'text', read_at: 'text', assumed: 'true or false' }
    for (const field of fields) columns[fieldColumnName(field)] = 'text'
    const base = await connections[0].createTable('observed_base', columns)
    const links = await connections[1].createTable('observed_links', { key: 'text', remote_id: 'text', fp: 'text', created: 'true or false' })
    return new ObservationWriter(duckdb, [...connections], fields, base, links)
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

  /** The record is gone for good: the key leads nowhere any more. */
  forget(key: string): void {
    this.links.add([key, null, null, false])
  }

  /** Writes the data files. They count only once `publishObservations` ran in a transaction. */
  async prepare(snapshots: Snapshots): Promise<PreparedObservations> {
    this.base.finish()
    this.links.finish()
    for (const connection of this.connections) connection.close()
    const prepared: PreparedObservations = {}
    if (this.base.rowsWritten > 0) {
      const file = snapshots.newFile('base')
      const structs = this.fields.map((field) => `CASE WHEN ${fieldColumn(field)} IS NULL THEN NULL ELSE {'raw': ${fieldColumn(field)}, 'read_at': read_at, 'assumed': assumed} END AS ${fieldColumn(field)}`)
      await this.duckdb.run(`COPY (SELECT remote_id, ${structs.join(', ')} FROM observed_base) TO ${quoteText(file.path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
      prepared.base = { file, rows: this.base.rowsWritten }
    }
    if (this.links.rowsWritten > 0) {
      const file = snapshots.newFile('links')
      await this.duckdb.run(`COPY (SELECT key, remote_id, fp::UBIGINT AS fp, created FROM observed_links) TO ${quoteText(file.path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
      prepared.links = { file, rows: this.links.rowsWritten }
    }
    return prepared
  }
}

/** Makes prepared files part of what is known. Call inside the transaction that records why. */
export function publishObservations(snapshots: Snapshots, prepared: PreparedObservations, scopes: { base: string; links: string }): void {
  if (prepared.base) snapshots.publish('base', scopes.base, prepared.base.file, prepared.base.rows)
  if (prepared.links) snapshots.publish('links', scopes.links, prepared.links.file, prepared.links.rows)
}
