import type { Raw } from '../../contract/states.ts'
import { rawText } from '../values/json.ts'
import { type DuckDb, parquetOptions, quoteText } from './duckdb.ts'
import { createPageTable, type PageColumns, type PageTableWriter } from './page-table.ts'
import { fieldColumn, fieldColumnName, linksScope, objectScope, type ProofPlace, syncStateScope, type DataFileLog } from './data-file-log.ts'

/** What was proved about one record: the values both sides agree on, and the link of the product key. */
export interface SyncEvidence {
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

/** The same, of many records that DuckDB found in sync, as queries over tables of the same database. */
export interface ProvenEvidence {
  /** How many rows `links` gives. */
  rows: number
  /** (key, remote_id, fp, created) */
  links: string
  /** (remote_id, a struct {raw, read_at, assumed} per field; NULL: nothing new) of the records about which there is anything new. */
  base: string
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
  private readonly observed: PageTableWriter
  private readonly forgotten: PageTableWriter
  private rowsAgreed = 0
  private readonly proven: ProvenEvidence[] = []

  private constructor(duckdb: DuckDb, connections: DuckDb[], fields: string[], tables: { observed: PageTableWriter; forgotten: PageTableWriter }) {
    this.duckdb = duckdb
    this.connections = connections
    this.fields = fields
    this.observed = tables.observed
    this.forgotten = tables.forgotten
  }

  static async open(duckdb: DuckDb, fields: string[]): Promise<ObservationWriter> {
    const connections = [await duckdb.fork(), await duckdb.fork()] as const
    const columns: PageColumns = { key: 'text', remote_id: 'text', fp: 'plain text', created: 'true or false', agrees: 'true or false', read_at: 'plain text', assumed: 'true or false' }
    // Raw values are JSON.
    for (const field of fields) columns[fieldColumnName(field)] = 'plain text'
    const observed = await createPageTable(connections[0], 'observed', columns)
    const forgotten = await createPageTable(connections[1], 'forgotten', { key: 'text', remote_id: 'text' })
    return new ObservationWriter(duckdb, [...connections], fields, { observed, forgotten })
  }

  add({ key, remoteId, fp, created, readAt, assumed = false, agreed }: SyncEvidence): void {
    const row: (string | boolean | null)[] = [key, remoteId, fp, created, false, readAt, assumed]
    let agrees = false
    for (const field of this.fields) {
      const value = agreed[field]
      row.push(value === undefined ? null : rawText(value))
      agrees ||= value !== undefined
    }
    row[agreesAt] = agrees
    if (agrees) this.rowsAgreed += 1
    this.observed.add(row)
  }

  /** Evidence about rows that are not among the others. Its queries are run when the files are written. */
  addProven(evidence: ProvenEvidence): void {
    this.proven.push(evidence)
  }

  /**
   * This activation removed the record: for it the key leads nowhere any more. For the other activations a record they
   * know is gone, which is a finding and no reason to make it again.
   */
  forget(key: string, remoteId: string): void {
    this.forgotten.add([key, remoteId])
  }

  /** Writes the data files. They count only once `publishObservations` ran in a transaction. */
  async prepare(dataFiles: DataFileLog): Promise<PreparedObservations> {
    const { observed, forgotten, rowsAgreed } = this
    await observed.finish()
    await forgotten.finish()
    await this.close()
    const prepared: PreparedObservations = {}
    const agreed = rowsAgreed > 0 ? [this.agreedQuery()] : []
    for (const { base } of this.proven) if ((await this.duckdb.row(`SELECT 1 FROM (${base}) LIMIT 1`)) !== undefined) agreed.push(base)
    if (agreed.length > 0) prepared.base = await this.write(agreed.join(' UNION ALL '), dataFiles.newFile('base'))
    const links = observed.rowsWritten + forgotten.rowsWritten + this.proven.reduce((sum, { rows }) => sum + rows, 0)
    const linksQuery = ['SELECT key, remote_id, fp::UBIGINT AS fp, created FROM observed', 'SELECT key, NULL, NULL, false FROM forgotten', ...this.proven.map((evidence) => evidence.links)].join(' UNION ALL ')
    if (links > 0) prepared.links = await this.write(linksQuery, dataFiles.newFile('links'))
    if (forgotten.rowsWritten > 0) prepared.reopened = await this.write('SELECT key, remote_id, NULL::UBIGINT AS fp, false AS created FROM forgotten', dataFiles.newFile('settled'))
    return prepared
  }

  private agreedQuery(): string {
    const structs = this.fields.map((field) => `CASE WHEN ${fieldColumn(field)} IS NULL THEN NULL ELSE {'raw': ${fieldColumn(field)}, 'read_at': read_at, 'assumed': assumed} END AS ${fieldColumn(field)}`)
    return `SELECT remote_id, ${structs.join(', ')} FROM observed WHERE agrees`
  }

  /** Lets go of its connections, once nothing is stored any more. */
  async close(): Promise<void> {
    await this.observed.idle()
    await this.forgotten.idle()
    for (const connection of this.connections.splice(0)) connection.close()
  }

  private async write(query: string, path: string): Promise<PreparedFile> {
    const written = await this.duckdb.row<{ Count: number }>(`COPY (${query}) TO ${quoteText(path)} (${parquetOptions})`)
    return { path, rows: written?.Count ?? 0 }
  }
}

/** Where a row says whether anything is agreed. */
const agreesAt = 4

/** Makes prepared files part of what is known. Call inside the transaction that records why. */
export function publishObservations(dataFiles: DataFileLog, { base, links, reopened }: PreparedObservations, place: ProofPlace): void {
  const shared = linksScope(place)
  const own = syncStateScope(place)
  if (base) dataFiles.publish('base', objectScope(place.connection, place.object), base.path, base.rows)
  if (links) {
    dataFiles.publish('links', shared, links.path, links.rows)
    dataFiles.publish('settled', own, links.path, links.rows)
  }
  if (reopened) for (const other of dataFiles.scopesWithin('settled', shared)) if (other !== own) dataFiles.publish('settled', other, reopened.path, reopened.rows)
}
