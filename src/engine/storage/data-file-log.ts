import type { Clock, Ids } from '../ports/ports.ts'
import type { StateDatabase } from './database.ts'
import { type DuckDb, fileAsPattern, quoteName, quoteText, readParquet } from './duckdb.ts'

/**
 * What is known of the destinations, as immutable files with pointers in SQLite (architecture §2).
 *
 * - `base`, scope "connection/object": (remote_id, one struct {raw, at, assumed} per field; NULL = unknown).
 *   The last agreed values, shared by all activations of the object.
 * - `links`, scope "connection/object/product": (key, remote_id). Product key → record, shared by all activations
 *   that send this product to this object; a product's keys are a space of their own.
 * - `settled`, scope "connection/object/product/activation": (key, remote_id, fp, created). What one activation knows of
 *   its rows: `fp` is the source fingerprint at which the record was last settled, NULL when it must be looked at again;
 *   `created`: it made the record.
 * - `identity`, scope an identity: a DuckDB file with all its records and entities (identity/graph); only the newest is kept.
 *
 * What a plan or run states about a row is one file that both logs of links name. Effective = the newest statement per
 * remote id and field (or key) over all live files: log plus checkpoint.
 */
export type DataKind = 'base' | 'links' | 'settled' | 'identity'

/** What each log of keys says about a key. */
const statements = {
  links: [['remote_id', 'VARCHAR']],
  settled: [['remote_id', 'VARCHAR'], ['fp', 'UBIGINT'], ['created', 'BOOLEAN']],
} as const

export interface DataFile {
  id: string
  path: string
  sequence: number
  rows: number
}

/** Column of a destination field in a data file; the prefix keeps it apart from our own columns. */
export function fieldColumn(field: string): string {
  return quoteName(fieldColumnName(field))
}

export function fieldColumnName(field: string): string {
  return `f:${field}`
}

/** More live files than this and reading folds too much: write a checkpoint. */
const filesBeforeCheckpoint = 6
/** Below this the first file is cheap to look past, whatever came later. */
const rowsBeforeCheckpoint = 50_000

export class DataFileLog {
  private readonly database: StateDatabase
  private readonly folder: string
  private readonly clock: Clock
  private readonly ids: Ids

  /** `folder` holds the data files; it exists. */
  constructor(options: { database: StateDatabase; folder: string; clock: Clock; ids: Ids }) {
    this.database = options.database
    this.folder = options.folder
    this.clock = options.clock
    this.ids = options.ids
  }

  /** Live files, oldest first. */
  files(kind: DataKind, scope: string): DataFile[] {
    return this.database.sqlite
      .prepare<[string, string], DataFile>('SELECT id, path, sequence, rows FROM data_files WHERE kind = ? AND scope = ? AND retired_at IS NULL ORDER BY sequence')
      .all(kind, scope)
      .map((file) => ({ ...file, path: `${this.folder}/${file.path}` }))
  }

  /** Sequence of the newest live file; 0 when nothing is known. */
  sequence(kind: DataKind, scope: string): number {
    return this.files(kind, scope).at(-1)?.sequence ?? 0
  }

  /** Scopes of a kind that lie within another, such as what each activation settled over one space of links. */
  scopesWithin(kind: DataKind, outer: string): string[] {
    return this.database.all<{ scope: string }>('SELECT DISTINCT scope FROM data_files WHERE kind = ? AND scope >= ? AND scope < ? AND retired_at IS NULL ORDER BY scope', kind, `${outer}/`, `${outer}/\u{10ffff}`).map(({ scope }) => scope)
  }

  /** Path for a new file of this kind; nobody reads it before `publish`. */
  newFile(kind: DataKind): string {
    return `${this.folder}/${kind}-${this.ids.next()}.${kind === 'identity' ? 'duckdb' : 'parquet'}`
  }

  /**
   * Makes a written file part of what is known, at once and durably; several logs may name one file. Runs inside the
   * caller's transaction if there is one.
   */
  publish(kind: DataKind, scope: string, path: string, rows: number, replaces: DataFile[] = []): void {
    this.database.transaction(() => {
      // A checkpoint says nothing new: it stands where its newest part stood, before all that came meanwhile.
      const next = replaces.at(-1)?.sequence ?? this.database.next('data')
      this.database.sqlite
        .prepare('INSERT INTO data_files (id, kind, scope, path, sequence, rows, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(this.ids.next(), kind, scope, path.slice(this.folder.length + 1), next, rows, this.clock.now())
      const retire = this.database.sqlite.prepare('UPDATE data_files SET retired_at = ? WHERE id = ? AND retired_at IS NULL')
      for (const old of replaces) retire.run(this.clock.now(), old.id)
    })
  }

  /** Publishes a file that says all there is; the pointers to those before go. Runs inside the caller's transaction if there is one. */
  replace(kind: DataKind, scope: string, path: string, rows: number): void {
    this.database.transaction(() => {
      this.database.run('DELETE FROM data_files WHERE kind = ? AND scope = ?', kind, scope)
      this.publish(kind, scope, path, rows)
    })
  }

  /**
   * A query with (remote_id, one struct per asked field) of the effective base. Fields nobody ever agreed on are NULL.
   * `only`: a table with a remote_id column that narrows what is folded.
   */
  async baseQuery(duckdb: DuckDb, scope: string, fields: string[], only?: string): Promise<string> {
    const files = this.files('base', scope)
    if (files.length === 0) return `SELECT NULL::VARCHAR AS remote_id${fields.map((field) => `, ${emptyStruct} AS ${fieldColumn(field)}`).join('')} WHERE false`
    if (only) return foldBase(duckdb, files, fields, `WHERE remote_id IN (SELECT remote_id FROM ${only})`)
    const [first, ...later] = files
    if (!first || later.length === 0) return foldBase(duckdb, files, fields)
    // Most records stand in the first file alone and pass as they are; only what was said again is folded.
    return `${await foldBase(duckdb, [first], fields, `WHERE remote_id NOT IN (SELECT remote_id FROM ${readFiles(later)})`)}
      UNION ALL ${await foldBase(duckdb, files, fields, `WHERE remote_id IN (SELECT remote_id FROM ${readFiles(later)})`)}`
  }

  /** A query with (key, remote_id) of the effective links of a product and object. */
  linksQuery(scope: string): string {
    return this.statementsQuery('links', scope)
  }

  /** A query with (key, remote_id, fp, created) of what an activation knows of its rows. */
  settledQuery(scope: string): string {
    return this.statementsQuery('settled', scope)
  }

  private statementsQuery(kind: keyof typeof statements, scope: string): string {
    const files = this.files(kind, scope)
    const [first, ...later] = files
    const names = statements[kind].map(([name]) => name)
    if (!first) return `SELECT NULL::VARCHAR AS key, ${statements[kind].map(([name, type]) => `NULL::${type} AS ${name}`).join(', ')} WHERE false`
    if (later.length === 0) return `SELECT key, ${names.join(', ')} FROM ${readFiles(files)} WHERE remote_id IS NOT NULL`
    return `SELECT f.key, ${names.map((name) => `f.${name}`).join(', ')} FROM ${readFiles([first])} f ANTI JOIN ${readFiles(later)} l USING (key) WHERE f.remote_id IS NOT NULL
      UNION ALL SELECT * FROM (${newestStatements(kind, later)}) WHERE remote_id IS NOT NULL`
  }

  /**
   * Folds live files when there are many. The first file is the big one and is only written anew once what came later
   * weighs against it; until then the later ones are folded among themselves.
   */
  async checkpoint(duckdb: DuckDb, kind: Exclude<DataKind, 'identity'>, scope: string): Promise<void> {
    const files = this.files(kind, scope)
    const [first, ...later] = files
    if (!first || later.length === 0) return
    const laterRows = later.reduce((rows, file) => rows + file.rows, 0)
    const many = files.length >= filesBeforeCheckpoint
    const outweighed = laterRows * 2 > first.rows && (many || laterRows > rowsBeforeCheckpoint)
    if (!many && !outweighed) return
    const folded = outweighed ? files : later
    const query = kind === 'base' ? await this.foldedBase(duckdb, scope, folded, outweighed) : outweighed ? this.statementsQuery(kind, scope) : newestStatements(kind, later)
    const path = this.newFile(kind)
    await duckdb.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)`)
    const rows = await duckdb.row<{ rows: number }>(`SELECT count(*) AS rows FROM ${readParquet(path)}`)
    this.publish(kind, scope, path, rows?.rows ?? 0, folded)
  }

  private async foldedBase(duckdb: DuckDb, scope: string, folded: DataFile[], all: boolean): Promise<string> {
    const fields = [...(await columnsOf(duckdb, folded))].filter((name) => name.startsWith('f:')).map((name) => name.slice(2))
    return all ? this.baseQuery(duckdb, scope, fields) : foldBase(duckdb, folded, fields)
  }
}

/** The newest statement per record and field over some files. Fields that none of them has are NULL. */
async function foldBase(duckdb: DuckDb, files: DataFile[], fields: string[], where = ''): Promise<string> {
  const known = await columnsOf(duckdb, files)
  const several = files.length > 1
  const columns = fields.map(fieldColumn).map((column, index) => {
    if (!known.has(fieldColumnName(fields[index] ?? ''))) return `, ${emptyStruct} AS ${column}`
    return several ? `, arg_max(${column}, filename) FILTER (${column} IS NOT NULL) AS ${column}` : `, ${column}`
  })
  return `SELECT remote_id${columns.join('')} FROM ${several ? ordered(files) : readFiles(files)} ${where}${several ? ' GROUP BY remote_id' : ''}`
}

/** The newest statement about each key, also that it leads nowhere any more. */
function newestStatements(kind: keyof typeof statements, files: DataFile[]): string {
  // A struct, because arg_max passes over NULL.
  const members = statements[kind].map(([name]) => `'${name}': ${name}`).join(', ')
  return `SELECT key, unnest(newest) FROM (SELECT key, arg_max({${members}}, filename) AS newest FROM ${ordered(files)} GROUP BY key)`
}

/** What a field of the base looks like. `raw` is JSON text, `at` ISO text, `assumed`: delivered but unreadable. */
export const baseStruct = 'STRUCT(raw VARCHAR, read_at VARCHAR, assumed BOOLEAN)'
const emptyStruct = `NULL::${baseStruct}`

function readFiles(files: DataFile[]): string {
  return `read_parquet([${files.map((file) => quoteText(fileAsPattern(file.path))).join(', ')}], union_by_name = true, hive_partitioning = false)`
}

/** All files with `filename` replaced by the sequence, so that the newest statement wins. */
function ordered(files: DataFile[]): string {
  const cases = files.map((file) => `WHEN ${quoteText(file.path)} THEN ${file.sequence}`).join(' ')
  return `(SELECT * REPLACE (CASE filename ${cases} END AS filename) FROM read_parquet([${files.map((file) => quoteText(fileAsPattern(file.path))).join(', ')}], union_by_name = true, hive_partitioning = false, filename = true))`
}

async function columnsOf(duckdb: DuckDb, files: DataFile[]): Promise<Set<string>> {
  const described = await duckdb.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${readFiles(files)}`)
  return new Set(described.map((column) => column.column_name))
}

/** Scope of a destination object's base. */
export function objectScope(connection: string, object: string): string {
  return `${connection}/${object}`
}

/** Where the proofs of an activation belong. */
export interface ProofPlace {
  connection: string
  object: string
  product: string
  activation: string
}

/** Scope of the links that all activations of a product and object share. */
export function linksScope({ connection, object, product }: Omit<ProofPlace, 'activation'>): string {
  return `${objectScope(connection, object)}/${product}`
}

/** Scope of what one activation settled over those links. */
export function syncStateScope(place: ProofPlace): string {
  return `${linksScope(place)}/${place.activation}`
}
