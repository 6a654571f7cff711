import { join } from 'node:path'
import { csvColumnType } from '../../../contract/csv.ts'
import type { CsvOptions } from '../../../contract/csv.ts'
import { AppError } from '../../../contract/errors.ts'
import { openDuckDb, parquetOptions, quoteName, quoteText, readParquet } from '../../storage/duckdb.ts'
import type { DuckDb } from '../../storage/duckdb.ts'
import { fileVersion, hashOfFile, putInPlace, removeOlder } from '../../storage/raw-file.ts'
import { sha256Hex } from '../../values/hash.ts'
import { changedMeanwhile } from '../source-errors.ts'
import { spelledTypes } from './column-spelling.ts'
import { convertColumn } from './csv-conversion.ts'
import { findMisfits, misfitError } from './csv-misfits.ts'
import { oneOfRepeated, rowLoads } from './csv-rows.ts'
import { openCsvText } from './csv-text.ts'
import type { CsvText } from './csv-text.ts'
import { readTable, toCount } from '../../storage/raw-values.ts'

export interface CsvValuesRequest {
  /** Absolute. */
  file: string
  /** As its source names it. */
  path: string
  options: CsvOptions
  tempFolder: string
  memoryLimitMb?: number
  threads?: number
  signal?: AbortSignal
}

/** Counted up when the same file and options would give other values. */
const READER = 1

const DAY = 24 * 60 * 60 * 1000

/**
 * A data file with the values of a CSV file, all of them read strictly by the types that its source pins: the only way in which
 * any part of the product reads one. It is written once for each content of the file and each way to read it, and found again
 * by these; a file with one value that does not fit gives none.
 */
export async function csvValues(request: CsvValuesRequest): Promise<string> {
  const { file, options, tempFolder } = request
  const version = await fileVersion(file)
  const content = sha256Hex(JSON.stringify([READER, await hashOfFile(file), options]))
  const beginning = `csv-${sha256Hex(file).slice(0, 16)}-`
  const written = join(tempFolder, `${beginning}${content.slice(0, 32)}.parquet`)
  if (await isThere(written)) return written
  const text = await openCsvText(request)
  try {
    const part = join(text.folder, 'values.parquet')
    await writeValues(request, text, part)
    if ((await fileVersion(file)) !== version) throw changedMeanwhile(request.path)
    await putInPlace(part, written)
  } finally {
    await text.close()
  }
  await removeOlder(tempFolder, beginning, DAY)
  return written
}

async function isThere(path: string): Promise<boolean> {
  return fileVersion(path).then(
    () => true,
    () => false,
  )
}

async function writeValues(request: CsvValuesRequest, text: CsvText, to: string): Promise<void> {
  const { tempFolder, memoryLimitMb, threads } = request
  const db = await openDuckDb({ tempFolder, keepOrder: true, ...(memoryLimitMb === undefined ? {} : { memoryLimitMb }), ...(threads === undefined ? {} : { threads }) })
  const stop = (): void => db.interrupt()
  request.signal?.addEventListener('abort', stop, { once: true })
  try {
    request.signal?.throwIfAborted()
    const types = await columnTypes(db, text, request.options)
    const pairs = text.columns.map((column) => convertColumn(column, types.get(column) ?? 'VARCHAR', request.options))
    const read = pairs.map(({ text: cell, value }, at) => `${cell} AS t${at}, ${value} AS v${at}`)
    const loading = rowsThatLoad(text, types, request.options)
    const checked = text.columns.map((column, at) => `CASE WHEN v${at} IS NULL AND t${at} IS NOT NULL THEN error('misfit') ELSE v${at} END AS ${quoteName(column)}`)
    try {
      await db.run(`COPY (SELECT ${checked.join(', ')} FROM (SELECT row_number() OVER () AS place, ${[...read, `${loading.condition} AS loads`].join(', ')} FROM ${text.from}) WHERE loads${loading.ofOneKey}) TO ${quoteText(to)} (${parquetOptions})`)
    } catch (cause) {
      request.signal?.throwIfAborted()
      const misfits = await findMisfits(db, text, types, request.options)
      throw misfits.length > 0 ? misfitError(request.path, misfits) : cause
    }
    if (request.options.rows === undefined) await requireAllRows(db, text, to)
  } finally {
    request.signal?.removeEventListener('abort', stop)
    db.closeInstance()
  }
}

/** The rows that somebody left out do not load; any other that does not fit is a fault. */
function rowsThatLoad({ columns }: CsvText, types: ReadonlyMap<string, string>, options: CsvOptions): { condition: string; ofOneKey: string } {
  const { key, repeated } = options.rows ?? {}
  const at = key === undefined ? -1 : columns.indexOf(key)
  return { condition: rowLoads(columns, types, options) ?? 'true', ofOneKey: repeated === undefined || at < 0 ? '' : oneOfRepeated(`v${at}`, repeated) }
}

/** Pinned where the source says so; of other columns, what all their texts spell. */
async function columnTypes(db: DuckDb, text: CsvText, options: CsvOptions): Promise<Map<string, string>> {
  const pinned = options.types ?? {}
  const open = text.columns.filter((column) => pinned[column] === undefined)
  const spelled = open.length === 0 ? [] : await spelledTypes(db, text.from, open, options)
  const known = Object.entries(pinned).map(([column, type]): [string, string] => [column, csvColumnType(type) ?? 'VARCHAR'])
  return new Map([...known, ...spelled.map(({ name, type }): [string, string] => [name, type])].filter(([column]) => text.columns.includes(column)))
}

/** Both walks through the file must have seen the same rows. */
async function requireAllRows(db: DuckDb, text: CsvText, parquet: string): Promise<void> {
  const { rows } = await readTable(db, `SELECT count(*) FROM ${readParquet(parquet)}`)
  const found = toCount(rows[0]?.[0])
  if (found === text.rows) return
  throw new AppError('file-malformed', `The file has ${text.rows.toLocaleString('en')} rows, but only ${found.toLocaleString('en')} can be told apart.`, {
    file: text.path,
    next: 'Check its quotes and line ends, or export it again.',
  })
}
