import { join } from 'node:path'
import type { CsvText } from '../sources/csv/csv-text.ts'
import { parquetOptions, quoteName, quoteText, readParquet } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { fileVersion, putInPlace, removeOlder } from '../storage/raw-file.ts'
import { sha256Hex } from '../values/hash.ts'

/** The texts of a CSV file as they stand in it, in columns, so that looking once more reads only what is asked. */
export interface TextTable {
  from: string
  columns: readonly string[]
  rows: number
  /** The column, quoted, that numbers the rows from 0. */
  record: string
}

const HOUR = 60 * 60 * 1000

/** Writes the texts into a scratch file of columns, once for each version of the file and each way to read it. */
export async function openTexts(db: DuckDb, text: CsvText, { path, encoding, tempFolder }: { path: string; encoding: string; tempFolder: string }): Promise<TextTable> {
  const { columns, rows, marks, header } = text
  const record = quoteName(freeName('record', columns))
  const beginning = `texts-${sha256Hex(path).slice(0, 16)}-`
  const version = sha256Hex(JSON.stringify([await fileVersion(path), encoding, marks, header]))
  const written = join(tempFolder, `${beginning}${version.slice(0, 32)}.parquet`)
  const isThere = await fileVersion(written).then(() => true, () => false)
  if (!isThere) {
    const part = join(text.folder, 'texts.parquet')
    await db.run(`COPY (SELECT row_number() OVER () - 1 AS ${record}, * FROM ${text.from}) TO ${quoteText(part)} (${parquetOptions})`)
    await putInPlace(part, written)
    await removeOlder(tempFolder, beginning, HOUR)
  }
  return { from: readParquet(written), columns, rows, record }
}

/** DuckDB compares names without case. */
function freeName(name: string, taken: readonly string[]): string {
  const names = new Set(taken.map((column) => column.toLowerCase()))
  let free = name
  while (names.has(free)) free = `${free}_`
  return free
}
