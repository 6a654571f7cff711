import { AppError } from '../../contract/errors.ts'
import type { InspectedFile, LoadedRow } from '../../contract/shapes.ts'
import type { SourceDefinition } from '../../contract/definitions.ts'
import { requireRegularFile } from '../ports/regular-file.ts'
import { readTable } from '../storage/raw-values.ts'
import { explainFailure } from '../sources/source-errors.ts'
import { openSource } from '../sources/open-source.ts'
import { openRelation } from '../sources/relation.ts'
import type { Relation } from '../sources/relation.ts'
import type { SourceTable } from '../sources/source.ts'
import { findTable, firstReadable } from '../sources/tables.ts'
import { quoteName } from '../storage/duckdb.ts'
import { columnFigures } from './column-figures.ts'
import { requireColumn } from './decide-columns.ts'
import { detectKind } from './file-format.ts'
import type { FileKind } from './file-format.ts'
import { PREVIEW_ROWS } from './file-request.ts'
import type { FileRequest, InspectedSource } from './file-request.ts'
import { inspectText } from './inspect-csv.ts'
import { keyBecause, likeliestKey, proposeKeys } from './propose-key.ts'
import { proposeLabel } from './propose-label.ts'

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
    const kind = await detectKind(path, request.sources)
    return kind.file.form === 'text' ? await inspectText(request, kind) : await inspectTables(request, kind)
  } catch (cause) {
    throw explainFailure(cause, 'Reading the file', { file: path })
  }
}

async function inspectTables(request: FileRequest, { id, label, file }: FileKind): Promise<InspectedSource> {
  const definition: SourceDefinition = { type: id, path: request.path }
  const source = await openSource({ ...request, definition, folder: '/' })
  try {
    const tables = await source.tables()
    const table = chosenTable(request, tables)
    const inspected = await inspectTable(request, await openRelation(source, { table: table.name }))
    const bytes = (await request.files.stat(request.path))?.bytes ?? 0
    return { inspected: { path: request.path, format: id, label, form: file.form, bytes, ...(file.form === 'database' ? { tables: tables.map(({ name }) => name) } : {}), ...inspected }, definition, table: table.name }
  } finally {
    await source.close()
  }
}

function chosenTable({ path, options }: FileRequest, tables: readonly SourceTable[]): SourceTable {
  if (options.table !== undefined) return findTable(tables, 'The database', options.table, { file: path })
  // The one with the most rows is most likely what a person means; any other can be chosen.
  const first = firstReadable(tables.toSorted((one, other) => (other.rows ?? 0) - (one.rows ?? 0)), 'The database', { file: path })
  if (first === undefined) throw new AppError('file-malformed', 'The database has no tables.', { file: path, next: 'Choose a database that holds data.' })
  return first
}

/** A table whose values have types already: everything loads as it is. */
async function inspectTable({ path, options }: FileRequest, { db, sql, columns: described }: Relation): Promise<Omit<InspectedFile, 'path' | 'format' | 'label' | 'form' | 'bytes'>> {
  const from = `(${sql}) AS inspected`
  const columns = described.map(({ name, nativeType }) => ({ name, type: nativeType, value: quoteName(name) }))
  const { rows, figures } = await columnFigures(db, from, columns)
  const names = columns.map(({ name }) => name)
  if (options.key !== undefined) requireColumn(names, options.key, { file: path, field: 'key' })
  const column = options.key ?? likeliestKey(rows, figures)
  const figure = figures.find(({ name }) => name === column)
  const preview = (await readTable(db, `SELECT * FROM ${from} LIMIT ${PREVIEW_ROWS}`)).rows
  const first = preview.map((row): LoadedRow => ({ cells: row.map((after) => ({ after, state: 'same' })) }))
  const samples = (at: number) => first.slice(0, 3).map(({ cells }) => cells[at] ?? { after: null, state: 'same' as const })
  return {
    columns: figures.map(({ name, type, distinct, empty }, at) => ({ name, detectedType: type, type, why: 'as the file has it', distinct, empty, unfit: 0, warnings: [], emptyWords: [], samples: samples(at) })),
    rows,
    load: rows,
    blocked: 0,
    unfit: [],
    ...(column === undefined || figure === undefined ? {} : { key: { column, because: keyBecause(column, rows, figure, options.key !== undefined), distinct: figure.distinct, empty: figure.empty, repeated: rows - figure.empty - figure.distinct, examples: [], choices: [] } }),
    preview,
    first,
    blockedRows: [],
    keyProposal: proposeKeys(rows, figures),
    labelProposal: proposeLabel(columns, column),
  }
}
