import type { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import type { fileOptions, InspectedFile } from '../../contract/shapes.ts'
import type { SourceDefinition } from '../../contract/definitions.ts'
import type { Clock, Files, QueryProcesses } from '../ports.ts'
import { requireRegularFile } from '../regular-file.ts'
import { spelledColumns } from '../sources/column-spelling.ts'
import { openCsvText } from '../sources/csv-text.ts'
import type { CsvText } from '../sources/csv-text.ts'
import { describeQuery, readTable } from '../sources/raw-values.ts'
import { explainFailure } from '../sources/source-errors.ts'
import { openSource } from '../sources/source-session.ts'
import type { SourceSession } from '../sources/source-session.ts'
import { findTable, firstReadable, listTables } from '../sources/tables.ts'
import type { SourceTable } from '../sources/tables.ts'
import { detectEncoding } from '../sources/text-encoding.ts'
import { openDuckDb } from '../storage/duckdb.ts'
import { columnFigures, proposeKeys } from './column-figures.ts'
import { detectFormat } from './file-format.ts'
import type { FileFormat } from './file-format.ts'

export type FileOptions = z.infer<typeof fileOptions>

export interface FileRequest {
  /** Absolute. */
  path: string
  options: FileOptions
  files: Files
  clock: Clock
  queries: QueryProcesses
  tempFolder: string
}

/** A file as it was looked at, with the source definition that reads it the same way again. */
export interface InspectedSource {
  inspected: InspectedFile
  definition: SourceDefinition
  /** The table that was looked at. */
  table: string
}

const PREVIEW_ROWS = 10

/** What a DuckDB, Parquet or CSV file holds, how it would be read, and which column could be its key. */
export async function inspectFile(request: FileRequest): Promise<InspectedFile> {
  return (await inspectSource(request)).inspected
}

/** {@link inspectFile} with what is needed to make a source of the file. */
export async function inspectSource(request: FileRequest): Promise<InspectedSource> {
  const { path, files } = request
  if (!(await files.exists(path))) throw new AppError('source-missing', `There is no file ${path}.`, { file: path, next: 'Check the path.' })
  await requireRegularFile(files, path)
  try {
    const format = await detectFormat(path)
    if (format === 'csv') return await inspectCsv(request)
    return await inspectTables(request, format)
  } catch (cause) {
    throw explainFailure(cause, 'Reading the file', { file: path })
  }
}

async function inspectTables(request: FileRequest, format: Exclude<FileFormat, 'csv'>): Promise<InspectedSource> {
  const definition: SourceDefinition = { type: format, path: request.path }
  const session = await openSource({ ...request, definition, folder: '/' })
  try {
    const tables = await listTables(session.db)
    const table = await chosenTable(request, session, tables)
    const columns = await describeQuery(session.db, `SELECT * FROM ${table.from}`)
    const same = columns.map(({ name, nativeType }) => ({ name, detectedType: nativeType, type: nativeType }))
    const contents = await readContents(session, table.from, same)
    return { inspected: { path: request.path, format, ...(format === 'duckdb' ? { tables: tables.map(({ name }) => name) } : {}), ...contents }, definition, table: table.name }
  } finally {
    session.close()
  }
}

async function chosenTable({ path, options }: FileRequest, session: SourceSession, tables: readonly SourceTable[]): Promise<SourceTable> {
  if (options.table !== undefined) return findTable(session.db, 'The database', options.table, { file: path })
  // The one with the most rows is most likely what a person means; any other can be chosen.
  const first = firstReadable(tables.toSorted((one, other) => (other.rows ?? 0) - (one.rows ?? 0)), 'The database', { file: path })
  if (first === undefined) throw new AppError('file-malformed', 'The database has no tables.', { file: path, next: 'Choose a database that holds data.' })
  return first
}

async function inspectCsv(request: FileRequest): Promise<InspectedSource> {
  const { path, options } = request
  const encoding = options.encoding ?? (await detectEncoding(path))
  const form = { encoding, ...(options.delimiter === undefined ? {} : { delimiter: spelledOut(options.delimiter) }), ...(options.header === undefined ? {} : { header: options.header }) }
  const text = await openCsvText({ file: path, options: form, tempFolder: request.tempFolder })
  const { header, marks: { delimiter } } = text
  const columns = await typedColumns(request, text).finally(() => text.close())
  const csv = { delimiter, encoding, header, types: Object.fromEntries(columns.map(({ name, type }) => [name, type])) }
  const definition: SourceDefinition = { type: 'csv', path, csv }
  const session = await openSource({ ...request, definition, folder: '/' })
  try {
    const [table] = await listTables(session.db)
    const contents = await readContents(session, table?.from ?? '', columns)
    return { inspected: { path, format: 'csv', delimiter, encoding, header, ...contents }, definition, table: table?.name ?? '' }
  } finally {
    session.close()
  }
}

function spelledOut(delimiter: string): string {
  return delimiter === '\\t' || delimiter.toLowerCase() === 'tab' ? '\t' : delimiter
}

/** Types a person may choose for a column of a CSV file. */
const csvColumnTypes = /^(VARCHAR|VARCHAR\[\]|BIGINT|INTEGER|DOUBLE|BOOLEAN|DATE|TIMESTAMP|TIMESTAMP WITH TIME ZONE|DECIMAL\(\d{1,2},\s*\d{1,2}\))$/

interface CsvColumn {
  name: string
  detectedType: string
  /** What it loads as. */
  type: string
  /** Why it loads as text although it looks like something else. */
  textBecause?: string
}

async function typedColumns(request: FileRequest, text: CsvText): Promise<CsvColumn[]> {
  const chosen = checkedTypes(request, text.columns)
  const db = await openDuckDb({ tempFolder: request.tempFolder, keepOrder: true })
  try {
    const spelled = await spelledColumns(db, text.from, text.columns, {})
    return spelled.map(({ name, type, textBecause }) => {
      const given = chosen[name]
      if (given !== undefined) return { name, detectedType: type, type: given }
      return { name, detectedType: type, type, ...(textBecause === undefined ? {} : { textBecause }) }
    })
  } finally {
    db.closeInstance()
  }
}

function checkedTypes({ path, options }: FileRequest, names: readonly string[]): Record<string, string> {
  const types: Record<string, string> = {}
  for (const [column, type] of Object.entries(options.types ?? {})) {
    if (!names.includes(column)) {
      throw new AppError('column-missing', `The file has no column '${column}'.`, { file: path, value: column, next: `It has: ${names.slice(0, 30).join(', ')}.` })
    }
    const known = type.toUpperCase()
    if (!csvColumnTypes.test(known)) {
      throw new AppError('bad-input', `'${type}' is not a type a column can have.`, { file: path, field: column, value: type, next: 'Use VARCHAR, BIGINT, DOUBLE, DECIMAL(18,2), BOOLEAN, DATE or TIMESTAMP.' })
    }
    types[column] = known
  }
  return types
}

async function readContents(session: SourceSession, from: string, columns: CsvColumn[]): Promise<Pick<InspectedFile, 'columns' | 'rows' | 'preview' | 'keyProposal'>> {
  const native = columns.map(({ name, type }) => ({ name, nativeType: type }))
  const { rows, figures } = await columnFigures(session.db, from, native)
  const preview = await readTable(session.db, `SELECT * FROM ${from} LIMIT ${PREVIEW_ROWS}`)
  return {
    columns: columns.map((column, at) => ({ ...column, distinct: figures[at]?.distinct ?? 0, empty: figures[at]?.empty ?? 0 })),
    rows,
    preview: preview.rows,
    keyProposal: proposeKeys(rows, figures, native),
  }
}
