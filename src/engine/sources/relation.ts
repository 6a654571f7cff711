import { join } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import { openDuckDb, fileAsPattern, parquetOptions, quoteName, quoteText, readParquet } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { interruptible } from '../storage/interruptible.ts'
import { removeFolder, scratchFolder } from '../storage/raw-file.ts'
import type { NativeColumn, Sql } from '../storage/sql.ts'
import { cellValue, spellsValue, storedAs } from './cells.ts'
import { lockedDatabase } from './duckdb-kit/locked-database.ts'
import type { OpenedSource } from './open-source.ts'
import type { Asked, DescribedQuery, QueryColumn } from './source.ts'

/**
 * What a query gives, as a relation of a DuckDB. Everything that decides is SQL over it, in one dialect and with the same
 * answers, wherever the rows come from.
 */
export interface Relation {
  db: Sql
  /** One SELECT, safe to stand in parentheses. */
  sql: string
  columns: NativeColumn[]
  /** Of when its rows are, where they were copied; else of when they are read. */
  readAt?: number
  /** Throws where the source was changed while it was read. */
  requireUnchanged(): Promise<void>
  /** Lets go of what is held besides the source. */
  close(): Promise<void>
}

/** A query of an open source as a relation: the query itself where the source is read in place, else a copy of its rows. */
export async function openRelation(source: OpenedSource, asked: Asked): Promise<Relation> {
  const query = await source.describe(asked)
  const { inPlace } = source
  if (inPlace === undefined) return openCopy(source, 'table' in asked ? await withoutUnreadable(source, query) : query)
  const columns = query.columns.map(({ name, nativeType }) => ({ name, nativeType }))
  return { db: inPlace.db, sql: query.sql, columns, requireUnchanged: () => inPlace.requireUnchanged(), close: () => Promise.resolve() }
}

/** Nobody can leave a column out of a table; one that nothing holds is not asked for. */
async function withoutUnreadable(source: OpenedSource, query: DescribedQuery): Promise<DescribedQuery> {
  const readable = query.columns.filter(({ heldAs }) => heldAs !== undefined)
  if (readable.length === query.columns.length || readable.length === 0) return query
  return source.describe({ sql: `SELECT ${readable.map(({ name }) => source.dialect.quoteName(name)).join(', ')} FROM (${query.sql}) AS readable` })
}

async function openCopy(source: OpenedSource, query: DescribedQuery): Promise<Relation> {
  const { context } = source
  const folder = await scratchFolder(context.tempFolder)
  const readAt = context.clock.now()
  const file = join(folder, 'rows.parquet')
  try {
    await writeCopy(source, query, file)
    const db = await lockedDatabase(context, { threads: context.threads ?? 2, attach: (opened) => attachCopy(opened, query.columns, file, context.writable) })
    const close = async (): Promise<void> => {
      db.close()
      await removeFolder(folder)
    }
    return { db, sql: 'SELECT * FROM copied', columns: await db.describe('SELECT * FROM copied'), readAt, requireUnchanged: () => Promise.resolve(), close }
  } catch (cause) {
    await removeFolder(folder)
    throw cause
  }
}

/** The one way in which rows that stream come to rest: into a table that spills, and from there, checked, to a data file. */
async function writeCopy(source: OpenedSource, query: DescribedQuery, file: string): Promise<void> {
  const { context, what } = source
  requireDifferentNames(query.columns, what)
  const signal = context.begin()
  const stream = await source.stream(query, signal)
  const db = await openDuckDb({ tempFolder: context.tempFolder, memoryLimitMb: context.memoryLimitMb ?? COPY_MEMORY_MB })
  await interruptible(db, signal, async () => {
    const writer = await db.createTable('incoming', Object.fromEntries(query.columns.map((_column, at) => [`c${at}`, 'text'])))
    for await (const batch of stream.batches) for (const row of batch) writer.add(row)
    writer.finish()
    await db.run("SET TimeZone = 'UTC'")
    await requireSpelled(db, query.columns, what)
    const stored = query.columns.map((column, at) => `CAST(${cellValue(`c${at}`, held(column))} AS ${storedAs(held(column))}) AS ${quoteName(column.name)}`)
    await db.run(`COPY (SELECT ${stored.join(', ')} FROM incoming) TO ${quoteText(file)} (${parquetOptions})`)
  })
}

const COPY_MEMORY_MB = 256

/** Every cell spells a value of its column, exactly: what was promised of a source is not believed. */
async function requireSpelled(db: DuckDb, columns: readonly QueryColumn[], what: string): Promise<void> {
  const wrong = columns.map((column, at) => `count(*) FILTER (c${at} IS NOT NULL AND NOT ${spellsValue(`c${at}`, held(column))})`)
  const { rows } = await db.table(`SELECT ${wrong.join(', ')} FROM incoming`)
  const at = (rows[0] ?? []).findIndex((count) => Number(count) > 0)
  const column = columns[at]
  if (column === undefined) return
  const count = Number(rows[0]?.[at])
  throw new AppError('source-failed', `${what}: ${count.toLocaleString('en')} ${count === 1 ? 'value' : 'values'} of '${column.name}' ${count === 1 ? 'is' : 'are'} not what the source says the column holds (${column.nativeType}).`, { field: column.name, value: column.nativeType, next: 'Cast the column in the SQL, then try again.' })
}

function requireDifferentNames(columns: readonly QueryColumn[], what: string): void {
  const names = columns.map(({ name }) => name.toLowerCase())
  const twice = columns.find(({ name }, at) => names.indexOf(name.toLowerCase()) !== at)
  if (twice !== undefined) throw new AppError('bad-input', `${what} gives two columns called '${twice.name}'.`, { field: twice.name, next: 'Give one of them another name in the SQL: AS.' })
}

/** The columns in the types that they were described with: a data file has fewer. */
async function attachCopy(db: Sql, columns: readonly QueryColumn[], file: string, writable: readonly string[] = []): Promise<string[]> {
  const typed = columns.map((column) => (storedAs(held(column)) === held(column) ? quoteName(column.name) : `CAST(${quoteName(column.name)} AS ${held(column)}) AS ${quoteName(column.name)}`))
  await db.run(`CREATE VIEW copied AS SELECT ${typed.join(', ')} FROM ${readParquet(file)}`)
  return [file, fileAsPattern(file), ...writable]
}

function held({ name, heldAs }: QueryColumn): string {
  if (heldAs === undefined) throw new Error(`column ${name} cannot be held`)
  return heldAs
}
