import { basename } from 'node:path'
import { AppError } from '../../contract/errors.ts'
import type { Files } from '../ports/ports.ts'
import { requireRegularFile } from '../ports/regular-file.ts'
import { openCsvText } from '../sources/csv/csv-text.ts'
import { explainFailure } from '../sources/source-errors.ts'
import { detectEncoding } from '../sources/csv/text-encoding.ts'
import { quoteName, quoteText } from '../storage/duckdb.ts'
import type { DuckDb } from '../storage/duckdb.ts'
import { suggestWord } from '../values/nearest-word.ts'

/** A CSV file of records as it can be read. */
export interface RecordFile {
  /** As the person named it. */
  path: string
  /** Its name without the ending: what `sources` of a key part names. */
  source: string
  columns: string[]
  /** `read_csv(…)` over it. */
  from: string
  idColumns: string[]
}

export interface RecordFileOptions {
  /** Column with the record's reference, or several joined by a colon. */
  idColumn: string
  files: Files
  tempFolder: string
}

/** Looks at a file of records and checks its form and its id columns. */
export async function openRecordFile(path: string, options: RecordFileOptions): Promise<RecordFile> {
  if (!(await options.files.exists(path))) throw new AppError('bad-input', `There is no file ${path}.`, { file: path, next: 'Check the path.' })
  await requireRegularFile(options.files, path)
  if ((await options.files.stat(path))?.bytes === 0) throw new AppError('file-malformed', 'The file is empty.', { file: path, line: 1, next: 'Give a file whose first line names the columns.' })
  try {
    // What it writes beside goes with the folder.
    const { columns, from } = await openCsvText({ file: path, options: { header: true, encoding: await detectEncoding(path) }, tempFolder: options.tempFolder })
    return { path, source: basename(path).replace(/\.[^.]+$/, ''), columns, from, idColumns: idColumnsOf(path, columns, options.idColumn) }
  } catch (cause) {
    throw explainFailure(cause, 'Reading the file', { file: path })
  }
}

/** A column may have a colon in its own name; otherwise the colon joins several. */
function idColumnsOf(path: string, columns: readonly string[], idColumn: string): string[] {
  if (columns.includes(idColumn)) return [idColumn]
  const named = idColumn.split(':')
  const absent = named.find((column) => !columns.includes(column))
  if (absent === undefined) return named
  throw new AppError('column-missing', `The file has no column '${absent}' to tell its records apart.`, {
    file: path,
    field: 'id-column',
    value: absent,
    next: `Name the column with --id-column. ${suggestWord(absent, columns) ?? `It has: ${columns.slice(0, 30).join(', ')}.`}`,
  })
}

/**
 * Fills the table `record` with number, reference, source and the named columns of all files. Numbers follow the order
 * of the references, so whatever is decided by the smaller number does not depend on the order of the rows.
 */
export async function loadRecords(db: DuckDb, files: readonly RecordFile[], columns: readonly string[]): Promise<number> {
  const selects = files.map((file) => {
    const reference = file.idColumns.map((column) => `trim(coalesce(${quoteName(column)}, ''))`)
    const values = columns.map((column) => (file.columns.includes(column) ? quoteName(column) : 'NULL::VARCHAR'))
    return `SELECT ${reference.join(` || ':' || `)} AS reference, ${quoteText(file.source)} AS source${values.map((value, at) => `, ${value} AS c${at}`).join('')} FROM ${file.from}`
  })
  await run(db, `CREATE OR REPLACE TABLE unnumbered AS ${selects.join(' UNION ALL ')}`, files)
  await requireReferences(db, files)
  await db.run('CREATE OR REPLACE TABLE record AS SELECT (row_number() OVER (ORDER BY reference) - 1)::INTEGER AS number, * FROM unnumbered')
  await db.run('DROP TABLE unnumbered')
  const counted = await db.row<{ records: number }>('SELECT count(*) AS records FROM record')
  return counted?.records ?? 0
}

async function run(db: DuckDb, sql: string, files: readonly RecordFile[]): Promise<void> {
  try {
    await db.run(sql)
  } catch (cause) {
    throw explainFailure(cause, 'Reading the records', files.length === 1 && files[0] ? { file: files[0].path } : {})
  }
}

async function requireReferences(db: DuckDb, files: readonly RecordFile[]): Promise<void> {
  const [first] = files
  const field = first?.idColumns.join(':') ?? ''
  const nameless = await db.row<{ records: number; source: string }>(`SELECT count(*) AS records, min(source) AS source FROM unnumbered WHERE trim(reference, ':') = ''`)
  if (nameless && nameless.records > 0) {
    const file = files.find(({ source }) => source === nameless.source) ?? first
    throw new AppError('bad-input', `${nameless.records} ${nameless.records === 1 ? 'record has' : 'records have'} no value in '${field}'.`, { ...(file ? { file: file.path } : {}), field, value: '', next: 'Give every record an id, or name another column with --id-column.' })
  }
  const twice = await db.row<{ reference: string; source: string }>('SELECT reference, min(source) AS source FROM unnumbered GROUP BY reference HAVING count(*) > 1 ORDER BY reference LIMIT 1')
  if (!twice) return
  const file = files.find(({ source }) => source === twice.source) ?? first
  throw new AppError('duplicate-keys', `Two records have the id '${twice.reference}'.`, {
    ...(file ? { file: file.path } : {}),
    field,
    value: twice.reference,
    next: 'Name columns that tell records apart, several joined by a colon: --id-column SOURCE:ID.',
  })
}
